import { type Actor, seesTimeOf, seesWorklog, type Viewer, viewerOf } from '../domain/permission.ts'
import type { Store } from '../domain/store.ts'
import type { WorklogChange } from '../domain/worklog.ts'
import { formatInstant } from '../domain/zone.ts'
import type { ChangesBody } from './contract.ts'
import { renderWorklog } from './render.ts'

type Change = ChangesBody['changes'][number]

export type FeedPage = {
  readonly changes: readonly Change[]
  /** Everything up to here has been told. */
  readonly next: number
  readonly isCaughtUp: boolean
  /** The site's version before anything was read. */
  readonly head: number
}

/** Rows read at once, and how often, before a page of hidden rows is cut short. */
const batchSize = 1_000
const mostBatches = 10

/**
 * Changes behind `from`, as told to somebody who knows everything up to `since`. The store is asked
 * for all of them: a row that just became hidden must be told too, or whoever keeps a copy would
 * keep it for ever.
 */
export async function readFeed(
  store: Store,
  actor: Actor,
  { since, from, limit }: { since: number; from: number; limit: number },
): Promise<FeedPage> {
  const viewer = viewerOf(actor)
  const head = (await store.sites.get(actor.siteId)).version
  const changes: Change[] = []
  let next = from
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const asked = viewer.kind === 'all' ? limit - changes.length : batchSize
    const rows = await store.worklogs.changedSince(actor.siteId, { kind: 'all' }, next, asked)
    for (const row of rows) {
      next = row.worklog.version
      const change = toChange(viewer, row, since)
      if (change) changes.push(change)
      if (changes.length === limit) return { changes, next, isCaughtUp: false, head }
    }
    // Nothing was cut off, so everything up to the version read before the rows has been told.
    if (rows.length < asked) return { changes, next: Math.max(next, head), isCaughtUp: true, head }
  }
  return { changes, next, isCaughtUp: false, head }
}

function toChange(viewer: Viewer, { worklog }: WorklogChange, since: number): Change | undefined {
  const { id, version, deletedAt } = worklog
  const isNew = worklog.createdVersion > since
  // Of people they never see nobody is told anything, not even that a row changed.
  if (!seesWorklog(viewer, worklog))
    return isNew || !seesTimeOf(viewer, worklog.authorId)
      ? undefined
      : { kind: 'hidden', id, version }
  if (deletedAt !== null)
    return {
      kind: 'deleted',
      id,
      version,
      worklog: renderWorklog(worklog),
      deletedAt: formatInstant(deletedAt),
    }
  return { kind: isNew ? 'created' : 'updated', id, version, worklog: renderWorklog(worklog) }
}
