import type { Group } from '../../domain/group.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Visibility, WorklogView } from '../../domain/worklog.ts'
import { offsetSecondsAt } from '../../domain/zone.ts'
import { renderJiraDate } from '../../jira/date.ts'
import { renderJiraDuration } from '../../jira/duration.ts'
import { toDocument } from './adf.ts'
import type { Look } from './flavour.ts'
import { renderUser } from './render-user.ts'
import type { WireVisibility, WireWorklog } from './wire.ts'

/** What worklogs name beside themselves, read for a whole page at once. */
export type Beside = {
  /** Those who changed a worklog of somebody else last. */
  readonly people: ReadonlyMap<PersonId, Person>
  /** Groups that worklogs are restricted to, by name; needed by Cloud's looks alone. */
  readonly groups: ReadonlyMap<string, Group>
}

/** A moment as Jira writes it, in the site's zone. */
export function renderMoment(look: Look, instant: number): string {
  return renderJiraDate(instant, offsetSecondsAt(look.zone, instant))
}

/** A worklog as the flavour shows it, in the order of seed 001 and contract B4. */
export function renderWorklog(
  look: Look,
  worklog: WorklogView,
  beside: Beside,
  withProperties = false,
): WireWorklog {
  const { issue, author, visibility, comment } = worklog
  const changer = beside.people.get(worklog.updateAuthorId ?? worklog.authorId)
  return {
    self: `${look.api}/issue/${issue.jiraId}/worklog/${worklog.jiraId}`,
    author: renderUser(look, author),
    updateAuthor: renderUser(look, changer ?? author),
    ...(look.version === 3
      ? comment === ''
        ? {}
        : { comment: toDocument(comment) }
      : { comment }),
    created: renderMoment(look, worklog.createdAt),
    updated: renderMoment(look, worklog.updatedAt),
    ...(visibility === null ? {} : { visibility: renderVisibility(look, visibility, beside) }),
    started: renderMoment(look, worklog.startedAt),
    timeSpent: renderJiraDuration(worklog.timeSpentSeconds, look.duration),
    timeSpentSeconds: worklog.timeSpentSeconds,
    id: worklog.jiraId,
    issueId: issue.jiraId,
    ...(withProperties ? { properties: renderProperties(worklog) } : {}),
  }
}

function renderVisibility(look: Look, { type, value }: Visibility, beside: Beside): WireVisibility {
  if (look.version === 2) return { type, value }
  const identifier = type === 'group' ? (beside.groups.get(value)?.id ?? value) : value
  return { type, value, identifier }
}

function renderProperties({ properties }: WorklogView) {
  return Object.entries(properties).map(([key, value]) => ({ key, value }))
}
