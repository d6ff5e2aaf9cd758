import type { Issue } from '../../domain/issue.ts'
import { type Instant, localIn } from '../../domain/zone.ts'
import { renderJiraDuration } from '../../jira/duration.ts'
import type { Look } from './flavour.ts'
import type { FieldChoice } from './issue-fields.ts'
import type { Surroundings } from './issue-surroundings.ts'
import { textOf } from './params.ts'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** What `renderedFields` holds: moments and durations for people, texts as HTML, the rest null. */
export function renderReadable(
  look: Look,
  issue: Issue,
  { has }: FieldChoice,
  around: Surroundings,
): Record<string, unknown> {
  const readable: Readonly<Record<string, () => unknown>> = {
    created: () => readableMoment(look, issue.createdAt),
    updated: () => readableMoment(look, issue.updatedAt),
    resolutiondate: () => readableMoment(look, issue.resolvedAt),
    duedate: () => (issue.dueDay === null ? null : readableDay(issue.dueDay)),
    description: () => toHtml(textOf(issue.fields.description) ?? ''),
    timespent: () =>
      duration(
        look,
        issue.reportedTimeSpentSeconds ?? around.worklogs.get(issue.id)?.timeSpentSeconds ?? null,
      ),
    timeestimate: () => duration(look, issue.remainingEstimateSeconds),
    timeoriginalestimate: () => duration(look, issue.originalEstimateSeconds),
    worklog: () => {
      const { total = 0, worklogs = [] } = around.worklogs.get(issue.id) ?? {}
      return {
        startAt: 0,
        maxResults: worklogs.length,
        total,
        worklogs: worklogs.map((row) => ({
          comment: toHtml(row.comment),
          created: readableMoment(look, row.createdAt),
          updated: readableMoment(look, row.updatedAt),
          started: readableMoment(look, row.startedAt),
          timeSpent: renderJiraDuration(row.timeSpentSeconds, look.duration),
          id: row.jiraId,
        })),
      }
    },
  }
  return Object.fromEntries(
    Object.entries(readable).flatMap(([name, make]) => (has(name) ? [[name, make()]] : [])),
  )
}

/** `02/Mar/26 9:05 AM`, in the site's zone: how Jira writes moments for people unless told otherwise. */
function readableMoment(look: Look, instant: Instant | null): string | null {
  if (instant === null) return null
  const { day, startTime } = localIn(look.zone, instant)
  const hour = Number(startTime.slice(0, 2))
  return `${readableDay(day)} ${hour % 12 || 12}:${startTime.slice(3, 5)} ${hour < 12 ? 'AM' : 'PM'}`
}

function readableDay(day: string): string {
  return `${day.slice(8, 10)}/${months[Number(day.slice(5, 7)) - 1]}/${day.slice(2, 4)}`
}

function duration(look: Look, seconds: number | null): string | null {
  return seconds === null ? null : renderJiraDuration(seconds, look.duration)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function toHtml(text: string): string {
  if (text === '') return ''
  const safe = text.replace(/[&<>"']/g, (one) => entities[one]!)
  return `<p>${safe.replaceAll('\n', '<br/>\n')}</p>`
}
