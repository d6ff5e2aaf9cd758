import { type RawBuilder, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type {
  Worklog,
  WorklogBookmark,
  WorklogId,
  WorklogQuery,
  WorklogStore,
} from '../domain/worklog.ts'
import type { Bookmarks } from './bookmarks.ts'
import type { Engine } from './engine.ts'
import { type Db, idList, insertVersioned, isBigId, updateMany } from './rows.ts'
import { worklogsByIssue } from './worklog-by-issue.ts'
import { findDeleted } from './worklog-deleted.ts'
import { all, visible } from './worklog-filter.ts'
import { matching, seen } from './worklog-matching.ts'
import { findPage } from './worklog-offset-pages.ts'
import { proveReferences } from './worklog-references.ts'
import {
  fromWorklog,
  toView,
  toWorklog,
  viewColumns,
  viewJoins,
  viewPositions,
  type WorklogRow,
  worklogColumns,
} from './worklog-rows.ts'
import { scanWorklogs } from './worklog-scan.ts'
import { sumEstimates, sumWorklogs } from './worklog-sum.ts'

export function makeWorklogStore(engine: Engine, db: Db, bookmarks: Bookmarks): WorklogStore {
  /** Rows as arrays: on the engine itself where no transaction is open, else in that transaction. */
  const viewRows = async (query: RawBuilder<unknown>): Promise<readonly (readonly unknown[])[]> => {
    if (db === engine.db) return engine.rows(query.compile(db))
    const result = await query.execute(db)
    return result.rows.map((row) => Object.values(row as object))
  }
  return {
    async get(siteId, id) {
      const [row] = isBigId(id)
        ? await viewRows(sql`select ${viewColumns} from worklog w ${viewJoins}
            where w.site_id = ${siteId} and w.id = ${id} and w.deleted_at is null`)
        : []
      if (!row) throw new DomainError('not-found', `There is no worklog ${id}`)
      return toView(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      const result = await sql<WorklogRow>`select * from worklog
        where site_id = ${siteId} and id = any(${idList(ids)})`.execute(db)
      return result.rows.map(toWorklog)
    },
    async findByJiraIds(siteId, connectionId, jiraIds) {
      if (jiraIds.length === 0) return []
      const result = await sql<WorklogRow>`select * from worklog
        where site_id = ${siteId} and connection_id = ${connectionId}
          and jira_id = any(${idList(jiraIds)}) order by jira_id, copy`.execute(db)
      return result.rows.map(toWorklog)
    },
    async find(query, page) {
      const offset = page.offset ?? 0
      const name = offset > 0 || page.after === undefined ? JSON.stringify(query) : ''
      if (offset === 0 && page.after === undefined) bookmarks.restart(name)
      const near = page.after ? undefined : bookmarks.nearest(name, offset)
      const after = page.after ?? (near?.bookmark as WorklogBookmark | undefined)
      const rows = await viewRows(sql`select ${viewColumns} from
        (select w.* from worklog w where ${after ? all([seen(query), behind(query, after)]) : seen(query)}
          order by ${orderOf(query)} limit ${page.limit} offset ${offset - (near?.offset ?? 0)}) w
        ${viewJoins} order by ${orderOf(query)}`)
      const last = rows.at(-1)
      if (last && page.after === undefined)
        bookmarks.keep(name, offset + rows.length, {
          day: last[viewPositions.day] as Worklog['day'],
          id: last[viewPositions.id] as WorklogId,
        })
      return rows.map(toView)
    },
    findPage: (query, page) => findPage(viewRows, bookmarks, query, page),
    findDeleted: (siteId, viewer, page) => findDeleted(db, siteId, viewer, page),
    async findByAnyJiraId(siteId, viewer, jiraIds) {
      if (jiraIds.length === 0) return []
      const limits = visible(viewer)
      const rows = await viewRows(sql`select ${viewColumns} from worklog w ${viewJoins}
        join connection c on c.site_id = w.site_id and c.id = w.connection_id
        where w.site_id = ${siteId} and w.jira_id = any(${idList(jiraIds)}) and w.deleted_at is null
          ${limits ? sql`and ${limits}` : sql``} order by w.id`)
      return rows.map(toView)
    },
    async findByIds(siteId, viewer, ids) {
      if (ids.length === 0) return []
      const limits = visible(viewer)
      const rows = await viewRows(sql`select ${viewColumns} from worklog w ${viewJoins}
        where w.site_id = ${siteId} and w.id = any(${idList(ids)}) and w.deleted_at is null
          ${limits ? sql`and ${limits}` : sql``} order by w.id`)
      return rows.map(toView)
    },
    async tally(query) {
      const limits = visible(query.viewer)
      const shown = limits ? sql`filter (where ${limits})` : sql``
      const result = await sql<{ shown: string; seconds: string; total: string }>`
        select count(*) ${shown} as shown,
          coalesce(sum(w.time_spent_seconds) ${shown}, 0) as seconds, count(*) as total
        from worklog w where ${matching(query)}`.execute(db)
      const row = result.rows[0]!
      const hiddenCount = Number(row.total) - Number(row.shown)
      return {
        count: Number(row.shown),
        timeSpentSeconds: Number(row.seconds),
        hiddenCount,
        hiddenAuthorCount:
          limits && hiddenCount > 0 ? await countHiddenAuthors(db, query, limits) : 0,
      }
    },
    byIssue: (query, options = {}) => worklogsByIssue(viewRows, query, options),
    scan: (query, fields) => scanWorklogs(engine, viewRows, query, fields),
    sum: (query, dimensions, limit, firstWeekday) =>
      sumWorklogs(db, query, dimensions, limit, firstWeekday),
    estimates: (query, dimensions, limit, firstWeekday) =>
      sumEstimates(db, query, dimensions, limit, firstWeekday),
    async changedSince(siteId, viewer, version, limit) {
      const limits = visible(viewer)
      const rows = await viewRows(sql`select ${viewColumns} from worklog w ${viewJoins}
        where w.site_id = ${siteId} and w.version > ${version}
          ${limits ? sql`and ${limits}` : sql``}
        order by w.version limit ${limit}`)
      return rows.map((row) => {
        const worklog = toView(row)
        const isNew = worklog.createdVersion > version
        const kind = worklog.deletedAt !== null ? 'deleted' : isNew ? 'created' : 'updated'
        return { kind, worklog }
      })
    },
    async insert(siteId, rows) {
      await proveReferences(db, siteId, rows)
      return insertVersioned<WorklogId>(
        db,
        'worklog',
        worklogColumns,
        rows.map((row) => fromWorklog(siteId, row)),
      )
    },
    async update(siteId, rows) {
      await proveReferences(db, siteId, rows)
      await updateMany(
        db,
        'worklog',
        worklogColumns,
        rows.map((row) => ({ ...fromWorklog(siteId, row), id: row.id })),
      )
    },
  }
}

/** Only where something is hidden: whoever sees everything does not wait for it. */
async function countHiddenAuthors(
  db: Db,
  query: WorklogQuery,
  limits: RawBuilder<unknown>,
): Promise<number> {
  const result = await sql<{ people: string }>`select count(*) as people from
    (select distinct w.author_id from worklog w
      where ${matching(query)} and (${limits}) is not true) hidden`.execute(db)
  return Number(result.rows[0]!.people)
}

function orderOf(query: WorklogQuery) {
  return query.order === 'id' ? sql`w.id` : sql`w.day, w.id`
}

function behind(query: WorklogQuery, after: WorklogBookmark) {
  return query.order === 'id'
    ? sql`w.id > ${after.id}::bigint`
    : sql`(w.day, w.id) > (${after.day}::date, ${after.id}::bigint)`
}
