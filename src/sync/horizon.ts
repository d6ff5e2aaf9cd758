import type { Day } from '../domain/day.ts'
import type { SourceBatch, SourceWorklog } from '../domain/ingest-source.ts'
import { isTimeZone, localIn, localOf } from '../domain/zone.ts'
import type { ReadingNeeds } from './reading.ts'

/**
 * Leaves out worklogs of days before the connection's horizon. The feeds go by the time of the
 * change and know no days, so this is where it is decided; what is held already is kept current.
 */
export async function withinHorizon(
  {
    store,
    siteId,
    connection,
    link,
  }: Pick<ReadingNeeds, 'store' | 'siteId' | 'connection' | 'link'>,
  batch: Partial<SourceBatch>,
): Promise<Partial<SourceBatch>> {
  const { horizon } = link
  if (horizon === null) return batch
  const { worklogs = [], issues = [] } = batch
  const early = [...worklogs, ...issues.flatMap((issue) => issue.worklogs)].filter(
    (row) => dayOf(row) < horizon,
  )
  if (early.length === 0) return batch
  const held = await store.worklogs.findByJiraIds(
    siteId,
    connection.id,
    early.map((row) => row.id),
  )
  const known = new Set(held.map((row) => row.jiraId))
  const out = new Set(early.filter((row) => !known.has(row.id)).map((row) => row.id))
  const inside = (rows: readonly SourceWorklog[]) => rows.filter((row) => !out.has(row.id))
  return {
    ...batch,
    worklogs: inside(worklogs),
    issues: issues.map((issue) => ({ ...issue, worklogs: inside(issue.worklogs) })),
  }
}

/** The author's own day where their zone is known, else the day Jira wrote. */
export function dayOf({ author, started }: Pick<SourceWorklog, 'author' | 'started'>): Day {
  const zone = author?.timeZone
  return zone !== undefined && isTimeZone(zone)
    ? localIn(zone, started.instant).day
    : localOf(started.instant, started.offsetSeconds).day
}
