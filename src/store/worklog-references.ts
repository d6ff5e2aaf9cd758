import { sql } from 'kysely'
import type { SiteId } from '../domain/site.ts'
import type { Worklog } from '../domain/worklog.ts'
import { type Db, idList } from './rows.ts'

type References = Pick<Worklog, 'issueId' | 'projectId' | 'authorId'>

/**
 * Throws unless the issues, projects and people that worklogs name are there: what foreign keys
 * would look up for each row, asked once for all of them. None of the three is ever deleted.
 */
export async function proveReferences(
  db: Db,
  siteId: SiteId,
  worklogs: readonly References[],
): Promise<void> {
  if (worklogs.length === 0) return
  const named = {
    issue: new Set(worklogs.map(({ issueId }) => issueId)),
    project: new Set(worklogs.map(({ projectId }) => projectId)),
    person: new Set(worklogs.map(({ authorId }) => authorId)),
  }
  const counts = Object.entries(named).map(
    ([table, ids]) => sql`(select count(*)::integer from ${sql.table(table)}
      where site_id = ${siteId} and id = any(${idList([...ids])})) as ${sql.ref(table)}`,
  )
  const result = await sql<Record<keyof typeof named, number>>`select ${sql.join(counts)}`.execute(
    db,
  )
  for (const [table, ids] of Object.entries(named))
    if (result.rows[0]?.[table as keyof typeof named] !== ids.size)
      throw new Error(`A worklog is of some ${table} that site ${siteId} does not have`)
}
