import { type RawBuilder, type Selectable, sql } from 'kysely'
import type {
  Allocation,
  AllocationException,
  AllocationId,
  AllocationQuery,
  AllocationStatus,
  AllocationStore,
  RecurrenceRule,
} from '../domain/allocation.ts'
import { lastDayOf } from '../domain/allocation-days.ts'
import { canonicalJson } from '../domain/audit.ts'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { GenericResourceId } from '../domain/generic-resource.ts'
import type { IssueId } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { SiteId } from '../domain/site.ts'
import type { Bookmarks } from './bookmarks.ts'
import { type Db, idList, instantOfText, isBigId, textOfInstant } from './rows.ts'
import type { AllocationTable } from './tables-teams.ts'

export function makeAllocationStore(db: Db, bookmarks: Bookmarks): AllocationStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('allocation').selectAll().where('site_id', '=', siteId)
  const read = async (
    query: AllocationQuery,
    { limit, offset = 0, afterId }: { limit: number; offset?: number; afterId?: string },
  ): Promise<Allocation[]> => {
    let rows = select(query.siteId).orderBy('id').limit(limit).offset(offset)
    for (const condition of conditionsOf(query)) rows = rows.where(condition)
    if (afterId !== undefined) rows = rows.where('id', '>', afterId)
    return (await rows.execute()).map(toAllocation)
  }
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no allocation ${id}`)
      return toAllocation(row)
    },
    list: (query, page) => read(query, page),
    async findPage(query, { limit, offset, reader }) {
      const key = `allocations ${reader} ${canonicalJson(query)}`
      if (offset === 0) bookmarks.restart(key)
      const near = bookmarks.nearest(key, offset)
      const rows = await read(query, {
        limit: limit + 1,
        offset: offset - (near?.offset ?? 0),
        ...(near ? { afterId: near.bookmark.id } : {}),
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      if (last) bookmarks.keep(key, offset + page.length, { id: last.id })
      return { rows: page, hasMore: rows.length > limit }
    },
    async insert(siteId, allocation) {
      const row = await db
        .insertInto('allocation')
        .values({
          ...fromAllocation(allocation),
          site_id: siteId,
          created_at: textOfInstant(allocation.createdAt),
          created_by: allocation.createdBy,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as AllocationId
    },
    async update(siteId, allocation) {
      await db
        .updateTable('allocation')
        .set(fromAllocation(allocation))
        .where('site_id', '=', siteId)
        .where('id', '=', allocation.id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('allocation').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function conditionsOf(query: AllocationQuery): RawBuilder<boolean>[] {
  const { period, ids, assigneeKinds, itemKinds, updatedFrom, visiblePersonIds } = query
  const conditions: RawBuilder<boolean>[] = []
  const add = (condition: RawBuilder<boolean>) => void conditions.push(condition)
  if (period) add(touches(period.from, period.to))
  if (ids) add(sql`id = any(${idList(ids)})`)
  if (assigneeKinds)
    add(sql`(person_id is not null and ${assigneeKinds.includes('person')}::boolean
      or resource_id is not null and ${assigneeKinds.includes('resource')}::boolean)`)
  if (itemKinds)
    add(sql`(issue_id is not null and ${itemKinds.includes('issue')}::boolean
      or project_id is not null and ${itemKinds.includes('project')}::boolean)`)
  const { personIds, resourceIds, issueIds, projectIds } = query
  // People and resources asked for together are those of either; so are issues and projects.
  if (personIds || resourceIds)
    add(sql`(person_id = any(${idList(personIds ?? [])})
      or resource_id = any(${idList(resourceIds ?? [])}))`)
  if (issueIds || projectIds)
    add(sql`(issue_id = any(${idList(issueIds ?? [])})
      or project_id = any(${idList(projectIds ?? [])}))`)
  if (updatedFrom !== undefined) add(sql`updated_at >= ${textOfInstant(updatedFrom)}::timestamptz`)
  if (visiblePersonIds)
    add(sql`(person_id is null or person_id = any(${idList(visiblePersonIds)}))`)
  return conditions
}

/**
 * Some occurrence shares a day with the period. Of what is repeated only the turns near the period
 * are looked at: none begins more than two steps before it, and a month has 28 days or more.
 */
function touches(from: Day, to: Day): RawBuilder<boolean> {
  return sql`last_day >= ${from}::date and from_day <= ${to}::date and (
    rule = 'never' or exists (
      select 1
      from generate_series(
        greatest(0, (${from}::date - to_day)
          / case rule when 'weekly' then 7 when 'bi-weekly' then 14 else 31 end - 2),
        (least(${to}::date, last_day) - from_day)
          / case rule when 'weekly' then 7 when 'bi-weekly' then 14 else 28 end) turn,
        lateral (select case rule
          when 'weekly' then from_day + turn * 7
          when 'bi-weekly' then from_day + turn * 14
          else (from_day + turn * interval '1 month')::date end as begins) t
      where t.begins <= least(${to}::date, last_day)
        and t.begins + (to_day - from_day) >= ${from}::date))`
}

function fromAllocation(allocation: Omit<Allocation, 'id'>) {
  const { assignee, item, approval } = allocation
  return {
    person_id: assignee.kind === 'person' ? assignee.personId : null,
    resource_id: assignee.kind === 'resource' ? assignee.resourceId : null,
    issue_id: item.kind === 'issue' ? item.issueId : null,
    project_id: item.kind === 'project' ? item.projectId : null,
    from_day: allocation.from,
    to_day: allocation.to,
    effort: allocation.effort,
    seconds: allocation.seconds,
    start_time: allocation.startTime,
    includes_non_working_days: allocation.includesNonWorkingDays,
    rule: allocation.rule,
    recurs_until: allocation.recursUntil,
    last_day: lastDayOf(allocation),
    exceptions: JSON.stringify(allocation.exceptions),
    description: allocation.description,
    approval_status: approval?.status ?? null,
    requester_id: approval?.requesterId ?? null,
    reviewer_id: approval?.reviewerId ?? null,
    approver_id: approval?.actorId ?? null,
    updated_at: textOfInstant(allocation.updatedAt),
    version: allocation.version,
  }
}

function toAllocation(row: Selectable<AllocationTable>): Allocation {
  return {
    id: row.id as AllocationId,
    assignee:
      row.person_id === null
        ? { kind: 'resource', resourceId: row.resource_id as GenericResourceId }
        : { kind: 'person', personId: row.person_id as PersonId },
    item:
      row.issue_id === null
        ? { kind: 'project', projectId: row.project_id as ProjectId }
        : { kind: 'issue', issueId: row.issue_id as IssueId },
    from: row.from_day as Day,
    to: row.to_day as Day,
    effort: row.effort as Allocation['effort'],
    seconds: Number(row.seconds),
    startTime: row.start_time,
    includesNonWorkingDays: row.includes_non_working_days,
    rule: row.rule as RecurrenceRule,
    recursUntil: row.recurs_until as Day | null,
    exceptions: row.exceptions as AllocationException[],
    description: row.description,
    approval:
      row.approval_status === null
        ? null
        : {
            status: row.approval_status as AllocationStatus,
            requesterId: row.requester_id as PersonId,
            reviewerId: row.reviewer_id as PersonId | null,
            actorId: row.approver_id as PersonId | null,
          },
    createdAt: instantOfText(row.created_at),
    createdBy: row.created_by as PersonId,
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
  }
}
