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

export type ViewRow = WorklogRow & {
  issue_jira_id: string
  issue_key: string
  issue_summary: string
  project_jira_id: string
  project_key: string
  project_name: string
  author_account_id: string
  author_username: string | null
  author_key: string | null
  author_display_name: string
  author_email: string | null
  author_time_zone: string | null
  author_is_active: boolean
}

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

/** What a view selects, over the aliases w, i, p and a of `viewJoins`. */
export const viewColumns: RawBuilder<unknown> = sql`w.*,
  i.jira_id as issue_jira_id, i.key as issue_key, i.summary as issue_summary,
  p.jira_id as project_jira_id, p.key as project_key, p.name as project_name,
  a.account_id as author_account_id, a.username as author_username, a.key as author_key,
  a.display_name as author_display_name, a.email as author_email,
  a.time_zone as author_time_zone, a.is_active as author_is_active`

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
    visibility:
      row.visibility_value === null
        ? null
        : {
            type: row.visibility_type === 'role' ? 'role' : 'group',
            value: row.visibility_value,
          },
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

export function toView(row: ViewRow): WorklogView {
  return {
    ...toWorklog(row),
    issue: {
      id: row.issue_id as IssueId,
      jiraId: row.issue_jira_id,
      key: row.issue_key,
      summary: row.issue_summary,
    },
    project: {
      id: row.project_id as ProjectId,
      jiraId: row.project_jira_id,
      key: row.project_key,
      name: row.project_name,
    },
    author: {
      id: row.author_id as PersonId,
      accountId: row.author_account_id,
      username: row.author_username,
      key: row.author_key,
      displayName: row.author_display_name,
      email: row.author_email,
      timeZone: row.author_time_zone,
      isActive: row.author_is_active,
    },
  }
}
