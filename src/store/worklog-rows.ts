import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { IssueId } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { GoneReason, Worklog, WorklogId, WorklogView } from '../domain/worklog.ts'
import { instantOfText, instantOrNull, textOfInstant, textOrNull } from './rows.ts'
import type { WorklogTable } from './tables.ts'

export type WorklogRow = Selectable<WorklogTable>

export const worklogColumns = {
  site_id: 'integer',
  connection_id: 'integer',
  jira_id: 'bigint',
  copy: 'smallint',
  issue_id: 'bigint',
  project_id: 'bigint',
  author_id: 'bigint',
  update_author_id: 'bigint',
  started_at: 'timestamptz',
  day: 'date',
  start_time: 'time',
  offset_seconds: 'integer',
  time_spent_seconds: 'integer',
  billable_seconds: 'integer',
  comment: 'text',
  category: 'text',
  visibility_type: 'text',
  visibility_value: 'text',
  attributes: 'jsonb',
  properties: 'jsonb',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'bigint',
  created_version: 'bigint',
  deleted_at: 'timestamptz',
  deleted_reason: 'text',
}

/**
 * What a view selects, over the aliases w, i, p and a of `viewJoins`; `toView` reads it by position.
 * Most rows have neither attributes nor properties: what is not sent is not read.
 */
export const viewColumns: RawBuilder<unknown> = sql`w.id, w.connection_id, w.jira_id, w.copy, w.issue_id,
  w.project_id, w.author_id, w.update_author_id, w.started_at, w.day, w.start_time, w.offset_seconds,
  w.time_spent_seconds, w.billable_seconds, w.comment, w.category, w.visibility_type,
  w.visibility_value, nullif(w.attributes, '{}') as attributes,
  nullif(w.properties, '{}') as properties, w.created_at, w.updated_at, w.version,
  w.created_version, w.deleted_at, w.deleted_reason,
  i.jira_id as issue_jira_id, i.key as issue_key, i.summary as issue_summary,
  p.jira_id as project_jira_id, p.key as project_key, p.name as project_name,
  a.account_id, a.username, a.key as author_key, a.display_name, a.email, a.time_zone, a.is_active`

export const viewJoins: RawBuilder<unknown> = sql`
  join issue i on i.site_id = w.site_id and i.id = w.issue_id
  join project p on p.site_id = w.site_id and p.id = w.project_id
  join person a on a.site_id = w.site_id and a.id = w.author_id`

export function fromWorklog(siteId: SiteId, worklog: Omit<Worklog, 'id'>) {
  return {
    site_id: siteId,
    connection_id: worklog.connectionId,
    jira_id: worklog.jiraId,
    copy: worklog.copy,
    issue_id: worklog.issueId,
    project_id: worklog.projectId,
    author_id: worklog.authorId,
    update_author_id: worklog.updateAuthorId,
    started_at: textOfInstant(worklog.startedAt),
    day: worklog.day,
    start_time: worklog.startTime,
    offset_seconds: worklog.offsetSeconds,
    time_spent_seconds: worklog.timeSpentSeconds,
    billable_seconds: worklog.billableSeconds,
    comment: worklog.comment,
    category: worklog.category,
    visibility_type: worklog.visibility?.type ?? null,
    visibility_value: worklog.visibility?.value ?? null,
    attributes: worklog.attributes,
    properties: worklog.properties,
    created_at: textOfInstant(worklog.createdAt),
    updated_at: textOfInstant(worklog.updatedAt),
    version: worklog.version,
    created_version: worklog.createdVersion,
    deleted_at: textOrNull(worklog.deletedAt),
    deleted_reason: worklog.deletedReason,
  }
}

export function toWorklog(row: WorklogRow): Worklog {
  return {
    id: row.id as WorklogId,
    connectionId: row.connection_id as ConnectionId,
    jiraId: row.jira_id,
    copy: row.copy,
    issueId: row.issue_id as IssueId,
    projectId: row.project_id as ProjectId,
    authorId: row.author_id as PersonId,
    updateAuthorId: row.update_author_id as PersonId | null,
    startedAt: instantOfText(row.started_at),
    day: row.day as Day,
    startTime: row.start_time,
    offsetSeconds: row.offset_seconds,
    timeSpentSeconds: row.time_spent_seconds,
    billableSeconds: row.billable_seconds,
    comment: row.comment,
    category: row.category,
    visibility: toVisibility(row.visibility_type, row.visibility_value),
    attributes: row.attributes as Record<string, string>,
    properties: row.properties as Record<string, unknown>,
    createdAt: instantOfText(row.created_at),
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
    createdVersion: Number(row.created_version),
    deletedAt: instantOrNull(row.deleted_at),
    deletedReason: row.deleted_reason as GoneReason | null,
  }
}

/** Where the columns of `viewColumns` that lists need by name stand. */
export const viewPositions = { id: 0, day: 9 } as const

type ViewRow = readonly [
  ...[id: string, connectionId: number, jiraId: string, copy: number, issueId: string],
  ...[projectId: string, authorId: string, updateAuthorId: string | null, startedAt: string],
  ...[day: string, startTime: string, offsetSeconds: number, timeSpentSeconds: number],
  ...[billableSeconds: number | null, comment: string, category: string | null],
  ...[visibilityType: string | null, visibilityValue: string | null, attributes: unknown],
  ...[properties: unknown, createdAt: string, updatedAt: string, version: string],
  ...[createdVersion: string, deletedAt: string | null, deletedReason: Worklog['deletedReason']],
  ...[issueJiraId: string, issueKey: string, issueSummary: string],
  ...[projectJiraId: string, projectKey: string, projectName: string],
  ...[accountId: string, username: string | null, authorKey: string | null, displayName: string],
  ...[email: string | null, timeZone: string | null, isActive: boolean],
]

/** A row of `viewColumns`, an array in their order. */
export function toView(row: readonly unknown[]): WorklogView {
  const r = row as ViewRow
  return {
    id: r[0] as WorklogId,
    connectionId: r[1] as ConnectionId,
    jiraId: r[2],
    copy: r[3],
    issueId: r[4] as IssueId,
    projectId: r[5] as ProjectId,
    authorId: r[6] as PersonId,
    updateAuthorId: r[7] as PersonId | null,
    startedAt: instantOfText(r[8]),
    day: r[9] as Day,
    startTime: r[10],
    offsetSeconds: r[11],
    timeSpentSeconds: r[12],
    billableSeconds: r[13],
    comment: r[14],
    category: r[15],
    visibility: toVisibility(r[16], r[17]),
    attributes: (r[18] ?? {}) as Record<string, string>,
    properties: (r[19] ?? {}) as Record<string, unknown>,
    createdAt: instantOfText(r[20]),
    updatedAt: instantOfText(r[21]),
    version: Number(r[22]),
    createdVersion: Number(r[23]),
    deletedAt: instantOrNull(r[24]),
    deletedReason: r[25],
    issue: { id: r[4] as IssueId, jiraId: r[26], key: r[27], summary: r[28] },
    project: { id: r[5] as ProjectId, jiraId: r[29], key: r[30], name: r[31] },
    author: {
      id: r[6] as PersonId,
      accountId: r[32],
      username: r[33],
      key: r[34],
      displayName: r[35],
      email: r[36],
      timeZone: r[37],
      isActive: r[38],
    },
  }
}

function toVisibility(type: string | null, value: string | null): Worklog['visibility'] {
  return value === null ? null : { type: type === 'role' ? 'role' : 'group', value }
}
