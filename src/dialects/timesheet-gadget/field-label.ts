import { offsetSecondsAt } from '../../domain/zone.ts'
import { parseJiraDate, renderJiraDate } from '../../jira/date.ts'
import { type IssueInfo, issueField, jsonText } from '../../reports/issue-fields.ts'

/** Whom a person is to this API: the user name, or what stands for it. */
export function userName(person: {
  readonly username: string | null
  readonly key: string | null
  readonly accountId: string
}): string {
  return person.username ?? person.key ?? person.accountId
}

/** A field's value as a label (contract 2.3): dates with a numeric zone, users by name, '' for nothing. */
export function fieldLabel(id: string, info: IssueInfo, zone: string): string {
  // time tracking is an object in Jira; here it is the time spent
  const value = issueField(id.toLowerCase() === 'timetracking' ? 'timespent' : id, info)
  if (value === null) return ''
  switch (value.kind) {
    case 'text':
      return value.text
    case 'person':
      return userName(value.person)
    case 'issue':
      return value.key
    case 'instant':
      return dateTime(value.instant, zone)
    case 'day':
      return value.day
    case 'seconds':
      return String(value.seconds)
    case 'texts':
      return value.texts.join(', ')
    case 'json': {
      const moment = typeof value.value === 'string' ? parseJiraDate(value.value) : undefined
      return moment ? dateTime(moment.instant, zone) : jsonText(value.value)
    }
  }
}

/** `2013-03-12T09:45:35+0100`: Jira's form without the milliseconds. */
function dateTime(instant: number, zone: string): string {
  return renderJiraDate(instant, offsetSecondsAt(zone, instant)).replace(/\.\d{3}/, '')
}
