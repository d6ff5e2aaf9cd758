import { type Drift, lockOver } from './lock.ts'
import type { Connection, SiteId } from './site.ts'
import type { Writing } from './store.ts'
import type { GoneReason, Worklog } from './worklog.ts'
import { approvedLocks } from './worklog-approval.ts'
import type { Instant } from './zone.ts'

/** A row its Jira no longer has: since when, and why nobody shows it; no reason is a deletion. */
export type Gone = {
  readonly jiraId: string
  readonly at: Instant
  readonly reason: GoneReason | null
}

export type GoneCounts = { deleted: number; gone: number; drift: number }

/**
 * Takes rows out of the totals that a Jira deleted or no longer shows. They stay for the audit and
 * come back when they are shown again. Rows of locked days stay as they are and become drift, but
 * not where they only lie outside the chosen projects.
 */
export async function markGone(
  { tx, siteId, connection, at }: GoneContext,
  gone: readonly Gone[],
): Promise<GoneCounts> {
  const counts = { deleted: 0, gone: 0, drift: 0 }
  if (gone.length === 0) return counts
  const byJiraId = new Map(gone.map((one) => [one.jiraId, one]))
  const rows = await tx.worklogs.findByJiraIds(siteId, connection.id, [...byJiraId.keys()])
  const live = rows.filter((row) => row.deletedAt === null)
  if (live.length === 0) return counts
  const days = live.map((row) => row.day).sort()
  const locks = [
    ...(await tx.locks.find(siteId, days[0]!, days.at(-1)!)),
    ...(await approvedLocks(tx, siteId, live)),
  ]
  const drift: Drift[] = []
  const changed: Worklog[] = []
  for (const row of live) {
    const { at: goneAt, reason } = byJiraId.get(row.jiraId)!
    if (lockOver(locks, row.authorId, row.day, row.id)) {
      // Nothing happened to the row in its Jira: what was closed or approved simply stays.
      if (reason === 'not-chosen') continue
      drift.push({
        connectionId: connection.id,
        jiraId: row.jiraId,
        copy: row.copy,
        worklogId: row.id,
        personId: row.authorId,
        day: row.day,
        incoming: null,
        seenAt: at,
      })
      continue
    }
    counts[reason === null ? 'deleted' : 'gone'] += 1
    const version = tx.takeVersions(1)
    changed.push({ ...row, deletedAt: goneAt, deletedReason: reason, version })
    tx.note({
      at,
      actorId: null,
      via: `connection ${connection.name}`,
      action: reason === null ? 'worklog.delete' : 'worklog.gone',
      objectType: 'worklog',
      objectId: row.id,
      before: row,
      after: reason === null ? null : { reason },
    })
  }
  await tx.worklogs.update(siteId, changed)
  counts.drift = await tx.locks.keepDrift(siteId, drift)
  return counts
}

type GoneContext = {
  readonly tx: Writing
  readonly siteId: SiteId
  readonly connection: Connection
  readonly at: Instant
}
