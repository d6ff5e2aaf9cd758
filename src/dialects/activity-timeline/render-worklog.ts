import type { Worklog, WorklogView } from '../../domain/worklog.ts'
import type { WorklogApproval } from '../../domain/worklog-approval.ts'
import { categoryOf, type WorklogCategory } from '../../domain/worklog-category.ts'
import { renderJiraDate } from '../../jira/date.ts'
import { usernameOf } from './find.ts'
import { idNumber } from './wire-json.ts'

/** What is known of worklogs beside themselves. */
export type BesideWorklogs = {
  readonly categories: readonly WorklogCategory[]
  readonly approvals: ReadonlyMap<string, WorklogApproval>
  /** Usernames of approvers, by the id of the person. */
  readonly approvers: ReadonlyMap<string, string>
}

/** A worklog; keys in alphabetical order, as everywhere in this API's worklogs. */
export function renderWorklog(worklog: WorklogView, beside: BesideWorklogs) {
  const approval = beside.approvals.get(worklog.id)
  return {
    approved: approval !== undefined,
    approvedBy: beside.approvers.get(approval?.approvedById ?? '') ?? '',
    category: categoryOf(beside.categories, worklog)?.id ?? 0,
    comment: worklog.comment,
    date: dateOf(worklog),
    issueId: idNumber(worklog.issue.jiraId),
    issueKey: worklog.issue.key,
    projectKey: worklog.project.key,
    timeSpent: worklog.timeSpentSeconds,
    username: usernameOf(worklog.author),
    worklogId: idNumber(worklog.jiraId),
  }
}

/** The wall clock the log was made with; always milliseconds and a colon in the offset. */
function dateOf({
  startedAt,
  offsetSeconds,
}: Pick<Worklog, 'startedAt' | 'offsetSeconds'>): string {
  const text = renderJiraDate(startedAt, offsetSeconds)
  return `${text.slice(0, -2)}:${text.slice(-2)}`
}
