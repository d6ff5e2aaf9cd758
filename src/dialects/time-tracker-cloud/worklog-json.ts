import type { Site } from '../../domain/site.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import { offsetSecondsAt } from '../../domain/zone.ts'
import { renderJiraDate } from '../../jira/date.ts'
import { renderJiraDuration } from '../../jira/duration.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import type { Surroundings } from './entries.ts'
import { issueEnd, renderIssueStart } from './issue-json.ts'

/** Long texts are written in pieces: short ones are forgotten soonest. */
const pieceLength = 65_536

/** The array of `/worklog` (seed 000): issues with all and only the matching worklogs. */
export async function* renderWorklogJson(
  entries: AsyncIterable<readonly IssueEntries[]>,
  moreFields: readonly string[],
  around: Surroundings,
): AsyncGenerator<string> {
  let text = '['
  let hasIssue = false
  let isInside = false
  for await (const batch of entries) {
    for (const { info, worklogs, isLast } of batch) {
      if (!isInside) text += (hasIssue ? ',' : '') + renderIssueStart(info, moreFields, around)
      else if (worklogs.length > 0) text += ','
      text += worklogs.map((worklog) => renderWorklog(worklog, around)).join(',')
      if (isLast) text += issueEnd
      isInside = !isLast
      hasIssue = true
      if (text.length < pieceLength) continue
      yield text
      text = ''
    }
    if (text !== '') yield text
    text = ''
  }
  yield `${text}]`
}

/** Key by key in the seed's order: the author is a text, and only `started` is in UTC. */
function renderWorklog(worklog: WorklogView, { zone, site }: Surroundings): string {
  const moment = (at: number) => renderJiraDate(at, offsetSecondsAt(zone, at))
  const { visibility, timeSpentSeconds } = worklog
  return JSON.stringify({
    author: worklog.author.accountId,
    comment: worklog.comment,
    created: moment(worklog.createdAt),
    updated: moment(worklog.updatedAt),
    ...(visibility ? { visibility: { type: visibility.type, value: visibility.value } } : {}),
    started: new Date(worklog.startedAt).toISOString(),
    timeSpent: renderJiraDuration(timeSpentSeconds, dayAndWeek(site)),
    timeSpentSeconds,
    id: worklog.jiraId,
    issueId: worklog.issue.jiraId,
  })
}

function dayAndWeek({ workingHoursPerDay, workingDaysPerWeek }: Site) {
  return { hoursPerDay: workingHoursPerDay, daysPerWeek: workingDaysPerWeek }
}
