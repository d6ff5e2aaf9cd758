import type { JiraLink } from '../domain/jira-link.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { DryRun } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { withinChoice } from './choice.ts'
import type { JiraDoor } from './jira-door.ts'

const mostSamples = 10

/** Reads one page of each feed behind the cursors and says what a cycle would do with it. */
export async function dryRun(
  {
    store,
    door,
    now,
  }: { readonly store: Store; readonly door: JiraDoor; readonly now: () => Instant },
  siteId: SiteId,
  connectionId: ConnectionId,
  link: JiraLink,
): Promise<DryRun> {
  const api = await door.open(siteId, link, undefined)
  try {
    const [server, me] = await Promise.all([api.serverInfo(), api.myself()])
    const state = await store.sync.get(siteId, connectionId)
    const updated = await api.feedPage('updated', state.updatedCursor)
    const deleted = await api.feedPage('deleted', state.deletedCursor)
    const ids = [...new Set([...updated.entries, ...deleted.entries].map((one) => one.jiraId))]
    const stored = await store.worklogs.findByJiraIds(siteId, connectionId, ids)
    const held = new Map(stored.map((row) => [row.jiraId, row]))
    const gone = new Set(deleted.entries.map(({ jiraId }) => jiraId))
    const counts = { new: 0, changed: 0, unchanged: 0 }
    const moved = new Map<string, 'new' | 'changed'>()
    for (const { jiraId, updatedTime } of updated.entries) {
      if (gone.has(jiraId)) continue
      const row = held.get(jiraId)
      const kind =
        row === undefined || row.deletedAt !== null
          ? 'new'
          : row.updatedAt === updatedTime
            ? 'unchanged'
            : 'changed'
      counts[kind] += 1
      if (kind !== 'unchanged') moved.set(jiraId, kind)
    }
    const asked = [...moved.keys()].slice(0, link.projects === null ? mostSamples : undefined)
    const shown = await api.worklogs(asked)
    const choice = { store, siteId, connection: { id: connectionId }, link, api, now }
    const { batch } = await withinChoice(choice, { worklogs: shown }, false)
    const inside = new Set(batch.worklogs?.map((row) => row.id))
    const samples = shown.filter((row) => inside.has(row.id))
    for (const { id } of shown) if (!inside.has(id)) counts[moved.get(id) ?? 'unchanged'] -= 1
    return {
      user: me.name,
      version: server.version,
      ...counts,
      deleted: [...gone].filter((jiraId) => held.get(jiraId)?.deletedAt === null).length,
      isMore: !updated.isLast || !deleted.isLast,
      samples: samples.slice(0, mostSamples).map((row) => ({
        jiraId: row.id,
        author: row.author?.displayName ?? '',
        startedAt: row.started.instant,
        timeSpentSeconds: row.timeSpentSeconds,
        comment: row.comment,
      })),
    }
  } finally {
    await api.client.close()
  }
}
