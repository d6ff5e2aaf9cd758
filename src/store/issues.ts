import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { Issue, IssueId, IssueStore, NewIssue } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import {
  containsPattern,
  type Db,
  idList,
  insertMany,
  insertVersioned,
  instantOrNull,
  isBigId,
  numberOrNull,
  recordset,
  textList,
  textOrNull,
  updateMany,
} from './rows.ts'
import type { IssueTable } from './tables.ts'

const columns = {
  site_id: 'integer',
  connection_id: 'integer',
  jira_id: 'bigint',
  project_id: 'bigint',
  key: 'text',
  summary: 'text',
  issue_type: 'text',
  is_subtask: 'boolean',
  status: 'text',
  status_category: 'text',
  priority: 'text',
  resolution: 'text',
  assignee_id: 'bigint',
  reporter_id: 'bigint',
  creator_id: 'bigint',
  parent_jira_id: 'bigint',
  labels: 'text[]',
  components: 'text[]',
  fix_versions: 'text[]',
  affected_versions: 'text[]',
  sprints: 'text[]',
  original_estimate_seconds: 'bigint',
  remaining_estimate_seconds: 'bigint',
  reported_time_spent_seconds: 'bigint',
  reported_worklog_count: 'integer',
  due_day: 'date',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  resolved_at: 'timestamptz',
  fields: 'jsonb',
  is_ghost: 'boolean',
  version: 'bigint',
}

export function makeIssueStore(db: Db): IssueStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('issue').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no issue ${id}`)
      return toIssue(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      return (
        await select(siteId)
          .where(sql<boolean>`id = any(${idList(ids)})`)
          .execute()
      ).map(toIssue)
    },
    async findByNames(siteId, names) {
      const found = new Map<string, Issue[]>()
      if (names.length === 0) return found
      const list = textList(names)
      const ids = idList(names.filter(isBigId))
      const result = await sql<Selectable<IssueTable> & { asked: string; rank: number }>`
        select i.*, n.asked, n.rank from (
          select id, id::text as asked, 0 as rank from issue
            where site_id = ${siteId} and id = any(${ids})
          union all select id, key, 1 from issue where site_id = ${siteId} and key = any(${list})
          union all select issue_id, key, 2 from issue_old_key
            where site_id = ${siteId} and key = any(${list})
        ) n join issue i on i.site_id = ${siteId} and i.id = n.id
        order by n.rank, i.id`.execute(db)
      const bestRank = new Map<string, number>()
      for (const row of result.rows) {
        const best = bestRank.get(row.asked) ?? row.rank
        if (row.rank > best) continue
        bestRank.set(row.asked, best)
        found.set(row.asked, [...(found.get(row.asked) ?? []), toIssue(row)])
      }
      return found
    },
    async findByJiraIds(siteId, connectionId, jiraIds) {
      if (jiraIds.length === 0) return []
      const rows = select(siteId)
        .where('connection_id', '=', connectionId)
        .where(sql<boolean>`jira_id = any(${idList(jiraIds)})`)
      return (await rows.execute()).map(toIssue)
    },
    async list(query) {
      let rows = select(query.siteId).orderBy('id').limit(query.limit)
      if (query.afterId) rows = rows.where('id', '>', query.afterId)
      if (query.projectIds)
        rows = rows.where(sql<boolean>`project_id = any(${idList(query.projectIds)})`)
      if (query.text !== undefined) {
        const pattern = containsPattern(query.text)
        rows = rows.where((eb) =>
          eb.or([eb('key', 'ilike', pattern), eb('summary', 'ilike', pattern)]),
        )
      }
      if (query.isScheduled !== undefined)
        rows = rows.where(
          sql<boolean>`${query.isScheduled}::boolean = exists (select from planned_event e
            where e.site_id = issue.site_id and e.issue_id = issue.id and e.kind = 'issue')`,
        )
      return (await rows.execute()).map(toIssue)
    },
    async insert(siteId, issues) {
      const rows = issues.map((issue) => fromIssue(siteId, issue))
      return insertVersioned<IssueId>(db, 'issue', columns, rows)
    },
    async update(siteId, issues) {
      if (issues.length === 0) return
      await updateMany(
        db,
        'issue',
        columns,
        issues.map((issue) => ({ ...fromIssue(siteId, issue), id: issue.id })),
      )
      // Worklogs carry their project for its index; they follow an issue that moved.
      await sql`update worklog w set project_id = i.project_id from issue i
        where w.site_id = ${siteId} and w.issue_id = any(${idList(issues.map((issue) => issue.id))})
          and i.site_id = w.site_id and i.id = w.issue_id and w.project_id <> i.project_id`.execute(
        db,
      )
    },
    async touch(siteId, touches) {
      if (touches.length === 0) return
      const rows = touches.map((touch) => ({
        id: touch.id,
        updated_at: textOrNull(touch.updatedAt),
        remaining: touch.remainingEstimateSeconds,
        reported: touch.reportedTimeSpentSeconds,
      }))
      await sql`update issue i set remaining_estimate_seconds = r.remaining,
          reported_time_spent_seconds = r.reported,
          updated_at = coalesce(greatest(r.updated_at, i.updated_at), i.updated_at)
        from ${recordset(rows, {
          id: 'bigint',
          updated_at: 'timestamptz',
          remaining: 'bigint',
          reported: 'bigint',
        })} where i.site_id = ${siteId} and i.id = r.id`.execute(db)
    },
    async addOldKeys(siteId, keys) {
      await insertMany(
        db,
        'issue_old_key',
        { site_id: 'integer', key: 'text', issue_id: 'bigint' },
        keys.map(({ key, issueId }) => ({ site_id: siteId, key, issue_id: issueId })),
        'on conflict do nothing',
      )
    },
  }
}

function fromIssue(siteId: SiteId, issue: NewIssue) {
  return {
    site_id: siteId,
    connection_id: issue.connectionId,
    jira_id: issue.jiraId,
    project_id: issue.projectId,
    key: issue.key,
    summary: issue.summary,
    issue_type: issue.issueType,
    is_subtask: issue.isSubtask,
    status: issue.status,
    status_category: issue.statusCategory,
    priority: issue.priority,
    resolution: issue.resolution,
    assignee_id: issue.assigneeId,
    reporter_id: issue.reporterId,
    creator_id: issue.creatorId,
    parent_jira_id: issue.parentJiraId,
    labels: issue.labels,
    components: issue.components,
    fix_versions: issue.fixVersions,
    affected_versions: issue.affectedVersions,
    sprints: issue.sprints,
    original_estimate_seconds: issue.originalEstimateSeconds,
    remaining_estimate_seconds: issue.remainingEstimateSeconds,
    reported_time_spent_seconds: issue.reportedTimeSpentSeconds,
    reported_worklog_count: issue.reportedWorklogCount,
    due_day: issue.dueDay,
    created_at: textOrNull(issue.createdAt),
    updated_at: textOrNull(issue.updatedAt),
    resolved_at: textOrNull(issue.resolvedAt),
    fields: issue.fields,
    is_ghost: issue.isGhost,
    version: issue.version,
  }
}

function toIssue(row: Selectable<IssueTable>): Issue {
  return {
    id: row.id as IssueId,
    connectionId: row.connection_id as ConnectionId,
    jiraId: row.jira_id,
    projectId: row.project_id as ProjectId,
    key: row.key,
    summary: row.summary,
    issueType: row.issue_type,
    isSubtask: row.is_subtask,
    status: row.status,
    statusCategory: row.status_category,
    priority: row.priority,
    resolution: row.resolution,
    assigneeId: row.assignee_id as PersonId | null,
    reporterId: row.reporter_id as PersonId | null,
    creatorId: row.creator_id as PersonId | null,
    parentJiraId: row.parent_jira_id,
    labels: row.labels,
    components: row.components,
    fixVersions: row.fix_versions,
    affectedVersions: row.affected_versions,
    sprints: row.sprints,
    originalEstimateSeconds: numberOrNull(row.original_estimate_seconds),
    remainingEstimateSeconds: numberOrNull(row.remaining_estimate_seconds),
    reportedTimeSpentSeconds: numberOrNull(row.reported_time_spent_seconds),
    reportedWorklogCount: row.reported_worklog_count,
    dueDay: row.due_day as Day | null,
    createdAt: instantOrNull(row.created_at),
    updatedAt: instantOrNull(row.updated_at),
    resolvedAt: instantOrNull(row.resolved_at),
    fields: row.fields as Record<string, unknown>,
    isGhost: row.is_ghost,
    version: Number(row.version),
  }
}
