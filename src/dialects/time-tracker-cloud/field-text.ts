import type { WorklogView } from '../../domain/worklog.ts'
import { type Instant, localIn } from '../../domain/zone.ts'
import { parseJiraDate } from '../../jira/date.ts'
import {
  type FieldValue,
  type IssueInfo,
  issueField,
  jsonText,
} from '../../reports/issue-fields.ts'
import { progressPercent } from '../../reports/measures.ts'
import type { Surroundings } from './entries.ts'

/** Where a moreFields column stands: on an issue, and on one of its worklogs where there is one. */
export type FieldPlace = { readonly info: IssueInfo; readonly worklog: WorklogView | undefined }

/** The text of a moreFields column (contract 5.4); '' where there is nothing. */
export function fieldText(id: string, place: FieldPlace, around: Surroundings): string {
  const pseudo = pseudoFields.get(id.toLowerCase())
  if (pseudo) return pseudo(place, around)
  return valueText(issueField(id, place.info), around)
}

/** The header: an id with its first letter raised, a custom field by its name. */
export function fieldHeader(id: string, { fields }: Surroundings): string {
  if (id.startsWith('customfield_')) return fields.find((one) => one.id === id)?.name ?? id
  return id.charAt(0).toUpperCase() + id.slice(1)
}

/** `YYYY-MM-DD HH:mm:ss` on a clock of the zone. */
export function clockText(instant: Instant, zone: string): string {
  const { day, startTime } = localIn(zone, instant)
  return `${day} ${startTime}`
}

function valueText(value: FieldValue, { zone, numbers }: Surroundings): string {
  if (value === null) return ''
  switch (value.kind) {
    case 'text':
      return value.text
    case 'person':
      return value.person.displayName
    case 'issue':
      return `${value.key} ${value.summary}`
    case 'instant':
      return clockText(value.instant, zone)
    case 'day':
      return value.day
    case 'seconds':
      return value.seconds === 0 ? '' : numbers.text(value.seconds)
    case 'texts':
      return value.texts.join(', ')
    case 'json': {
      const text = jsonText(value.value)
      const moment = typeof value.value === 'string' ? parseJiraDate(text) : undefined
      return moment ? clockText(moment.instant, zone) : text
    }
  }
}

type Pseudo = (place: FieldPlace, around: Surroundings) => string

const pseudoFields: ReadonlyMap<string, Pseudo> = new Map(
  Object.entries<Pseudo>({
    workeduser: ({ worklog }) => worklog?.author.displayName ?? '',
    workeddate: ({ worklog }) => worklog?.day ?? '',
    workcreated: ({ worklog }, { zone }) => (worklog ? clockText(worklog.createdAt, zone) : ''),
    commentfirstword: ({ worklog }) => /\S+/.exec(worklog?.comment ?? '')?.[0] ?? '',
    worklabel: ({ worklog }) => hashtagsOf(worklog?.comment ?? '').join(', '),
    timetrackingprogress: ({ info: { issue } }) => {
      const spent = issue.reportedTimeSpentSeconds ?? 0
      const percent = progressPercent(spent, issue.remainingEstimateSeconds ?? 0)
      return percent === null ? '' : `${percent}%`
    },
    timetrackingestimate: ({ info: { issue } }, { numbers }) =>
      issue.originalEstimateSeconds ? numbers.text(issue.originalEstimateSeconds) : '',
    timetrackingvariance: ({ info: { issue } }, { numbers }) => {
      const spent = issue.reportedTimeSpentSeconds ?? 0
      const remaining = issue.remainingEstimateSeconds ?? 0
      return numbers.text((issue.originalEstimateSeconds ?? 0) - (spent + remaining))
    },
  }),
)

function hashtagsOf(comment: string): string[] {
  const found = [...comment.matchAll(/#([\p{L}\p{N}_][\p{L}\p{N}_-]*)/gu)]
  return [...new Set(found.map(([, tag]) => tag!.toLowerCase()))].sort()
}
