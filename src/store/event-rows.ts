import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type {
  EventColor,
  EventId,
  EventPerson,
  EventView,
  PlanKind,
  PlannedEvent,
} from '../domain/event.ts'
import type { EventTypeId } from '../domain/event-type.ts'
import type { IssueId } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import { instantOfText, instantOrNull, numberOrNull, textOfInstant, textOrNull } from './rows.ts'

export const eventColumns = {
  site_id: 'integer',
  kind: 'text',
  type_id: 'bigint',
  person_id: 'bigint',
  team_id: 'bigint',
  issue_id: 'bigint',
  project_id: 'bigint',
  title: 'text',
  from_day: 'date',
  to_day: 'date',
  seconds_per_day: 'integer',
  original_seconds: 'bigint',
  remaining_seconds: 'bigint',
  color: 'text',
  uid: 'uuid',
  link: 'text',
  approved_by: 'bigint',
  approved_at: 'timestamptz',
  created_by: 'bigint',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'bigint',
}

/** An event as it lies in its table. */
export type EventRow = {
  id: string
  kind: string
  type_id: string | null
  person_id: string | null
  team_id: string | null
  issue_id: string | null
  project_id: string | null
  title: string
  from_day: string
  to_day: string
  seconds_per_day: number | null
  original_seconds: string | null
  remaining_seconds: string | null
  color: string | null
  uid: string
  link: string
  approved_by: string | null
  approved_at: string | null
  created_by: string | null
  created_at: string
  updated_at: string
  version: string
}

/** An event with the names of what it points at, as `viewColumns` selects it. */
export type EventViewRow = EventRow & {
  type_name: string | null
  account_id: string | null
  username: string | null
  display_name: string | null
  team_name: string | null
  project_key: string | null
  project_name: string | null
  issue_jira_id: string | null
  issue_key: string | null
  issue_summary: string | null
  issue_due_day: string | null
  issue_status: string | null
  issue_original: string | null
  issue_remaining: string | null
  approver_account_id: string | null
  approver_username: string | null
  approver_display_name: string | null
}

/** Over the aliases of `viewJoins`. */
export const viewColumns: RawBuilder<unknown> = sql`e.id, e.kind, e.type_id, e.person_id, e.team_id,
  e.issue_id, e.project_id, e.title, e.from_day, e.to_day, e.seconds_per_day, e.original_seconds,
  e.remaining_seconds, e.color, e.uid, e.link, e.approved_by, e.approved_at, e.created_by,
  e.created_at, e.updated_at, e.version, t.name as type_name,
  a.account_id, a.username, a.display_name, m.name as team_name,
  p.key as project_key, p.name as project_name,
  i.jira_id as issue_jira_id, i.key as issue_key, i.summary as issue_summary,
  i.due_day as issue_due_day, i.status as issue_status,
  i.original_estimate_seconds as issue_original, i.remaining_estimate_seconds as issue_remaining,
  b.account_id as approver_account_id, b.username as approver_username,
  b.display_name as approver_display_name`

export const viewJoins: RawBuilder<unknown> = sql`
  left join event_type t on t.site_id = e.site_id and t.id = e.type_id
  left join person a on a.site_id = e.site_id and a.id = e.person_id
  left join team m on m.site_id = e.site_id and m.id = e.team_id
  left join issue i on i.site_id = e.site_id and i.id = e.issue_id
  left join project p on p.site_id = e.site_id
    and p.id = case when e.kind = 'issue' then i.project_id else e.project_id end
  left join person b on b.site_id = e.site_id and b.id = e.approved_by`

export function fromEvent(siteId: SiteId, event: PlannedEvent) {
  return {
    site_id: siteId,
    id: event.id,
    kind: event.kind,
    type_id: event.typeId,
    person_id: event.personId,
    team_id: event.teamId,
    issue_id: event.issueId,
    project_id: event.projectId,
    title: event.title,
    from_day: event.from,
    to_day: event.to,
    seconds_per_day: event.secondsPerDay,
    original_seconds: event.originalSeconds,
    remaining_seconds: event.remainingSeconds,
    color: event.color,
    uid: event.uid,
    link: event.link,
    approved_by: event.approvedById,
    approved_at: textOrNull(event.approvedAt),
    created_by: event.createdById,
    created_at: textOfInstant(event.createdAt),
    updated_at: textOfInstant(event.updatedAt),
    version: event.version,
  }
}

export function toEvent(row: EventRow): PlannedEvent {
  return {
    id: row.id as EventId,
    kind: row.kind as PlanKind,
    typeId: row.type_id as EventTypeId | null,
    personId: row.person_id as PersonId | null,
    teamId: row.team_id as TeamId | null,
    issueId: row.issue_id as IssueId | null,
    projectId: row.project_id as ProjectId | null,
    title: row.title,
    from: row.from_day as Day,
    to: row.to_day as Day,
    secondsPerDay: row.seconds_per_day,
    originalSeconds: numberOrNull(row.original_seconds),
    remainingSeconds: numberOrNull(row.remaining_seconds),
    color: row.color as EventColor | 'None' | null,
    uid: row.uid,
    link: row.link,
    approvedById: row.approved_by as PersonId | null,
    approvedAt: instantOrNull(row.approved_at),
    createdById: row.created_by as PersonId | null,
    createdAt: instantOfText(row.created_at),
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
  }
}

/** Every field by name: spreading an event first made long lists five times as slow. */
export function toView(row: EventViewRow): EventView {
  const isIssue = row.kind === 'issue'
  const originalSeconds = numberOrNull(row.original_seconds)
  const remainingSeconds = numberOrNull(row.remaining_seconds)
  const ofIssue = (value: string | null) => (isIssue ? Number(value ?? 0) : 0)
  return {
    id: row.id as EventId,
    kind: row.kind as PlanKind,
    typeId: row.type_id as EventTypeId | null,
    personId: row.person_id as PersonId | null,
    teamId: row.team_id as TeamId | null,
    issueId: row.issue_id as IssueId | null,
    projectId: row.project_id as ProjectId | null,
    title: row.title,
    from: row.from_day as Day,
    to: row.to_day as Day,
    secondsPerDay: row.seconds_per_day,
    originalSeconds,
    remainingSeconds,
    color: row.color as EventColor | 'None' | null,
    uid: row.uid,
    link: row.link,
    approvedById: row.approved_by as PersonId | null,
    approvedAt: instantOrNull(row.approved_at),
    createdById: row.created_by as PersonId | null,
    createdAt: instantOfText(row.created_at),
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
    typeName: row.type_name ?? 'Issue',
    person: personOf(row.person_id, row.account_id, row.username, row.display_name),
    team: row.team_id === null ? null : { id: row.team_id as TeamId, name: row.team_name ?? '' },
    project:
      row.project_key === null
        ? null
        : {
            id: (row.project_id ?? '') as ProjectId,
            key: row.project_key,
            name: row.project_name ?? '',
          },
    issue:
      row.issue_key === null
        ? null
        : {
            id: row.issue_id as IssueId,
            jiraId: row.issue_jira_id ?? '',
            key: row.issue_key,
            summary: row.issue_summary ?? '',
            dueDay: row.issue_due_day as Day | null,
            status: row.issue_status,
          },
    approvedBy: personOf(
      row.approved_by,
      row.approver_account_id,
      row.approver_username,
      row.approver_display_name,
    ),
    effectiveRemainingSeconds: remainingSeconds ?? ofIssue(row.issue_remaining),
    effectiveOriginalSeconds: originalSeconds ?? ofIssue(row.issue_original),
  }
}

function personOf(
  id: string | null,
  accountId: string | null,
  username: string | null,
  displayName: string | null,
): EventPerson | null {
  if (id === null) return null
  return {
    id: id as PersonId,
    accountId: accountId ?? '',
    username,
    displayName: displayName ?? '',
  }
}
