import type { SourceIssue, SourceWorklog } from '../domain/ingest-source.ts'
import type { Suspect } from '../domain/sync-state.ts'
import { describedMarks, projectsOf, wantStale } from './describe.ts'
import type { FeedEntry } from './jira-api.ts'
import type { Reading } from './reading.ts'

/** Read again from this far before the cursor: rows commit in Jira out of their order. */
const overlapMs = 300_000

type Page = {
  readonly rows: readonly SourceWorklog[]
  readonly issues: readonly SourceIssue[]
  readonly missing: readonly string[]
  readonly last: number
  readonly isHot: boolean
  readonly sinceVersion: number
}

/** Follows the feed of created and changed rows to its end, a page and its cursor at a time. */
export async function pullUpdated(reading: Reading): Promise<void> {
  const { updatedCursor, phase } = reading.state()
  const overlap = phase === 'backfill' ? 0 : overlapMs
  for await (const page of readAhead(updatedPages(reading, Math.max(0, updatedCursor - overlap)))) {
    const cursor = Math.max(reading.state().updatedCursor, page.last)
    reading.tally.suspects += page.missing.length
    if (phase === 'ready') await wantStale(reading, knownIssues(page))
    await reading.commit({
      step: 'worklogs',
      batch: { worklogs: page.rows, issues: page.issues, projects: projectsOf(page.issues) },
      sinceVersion: page.sinceVersion,
      state: { updatedCursor: cursor, ...(page.isHot ? { needsSweep: true } : {}) },
      async alongside(tx) {
        const { siteId, connection, now } = reading
        const suspects = page.missing.map((jiraId): Suspect => ({ jiraId, cycles: 0 }))
        await tx.sync.putSuspects(siteId, connection.id, suspects)
        await tx.sync.putMarks(siteId, connection.id, describedMarks(page.issues, now()))
        if (page.isHot)
          await tx.sync.noteIncident(siteId, {
            connectionId: connection.id,
            kind: 'hot-millisecond',
            message: 'More rows were changed in one millisecond than a page holds; sweeping',
            details: { millisecond: page.last },
            at: now(),
          })
      },
    })
  }
}

function knownIssues({ rows, issues }: Page): string[] {
  const described = new Set(issues.map((issue) => issue.id))
  const ids = new Set(rows.flatMap((row) => row.issueId ?? []))
  return [...ids].filter((id) => !described.has(id))
}

/** Feed pages read for one commit of a backfill: their issues are described in full hundreds. */
const backfillPages = 4

async function* updatedPages(reading: Reading, from: number): AsyncGenerator<Page> {
  const { api } = reading
  const mostPages = reading.state().phase === 'backfill' ? backfillPages : 1
  const askedIssues = new Set<string>()
  let taken = new Set<string>()
  for (let since = from, isEnd = false; !isEnd; ) {
    const sinceVersion = await reading.version()
    const rows: SourceWorklog[] = []
    const missing: string[] = []
    let [last, isHot] = [since, false]
    for (let pages = 0; pages < mostPages && !isEnd && !isHot; pages += 1) {
      const { entries, isLast } = await api.feedPage('updated', since)
      const fresh = await unknownOf(reading, entries, taken)
      taken = new Set(entries.map(nameOf))
      const shown = await api.worklogs(fresh.map((entry) => entry.jiraId))
      const ids = new Set(shown.map((row) => row.id))
      rows.push(...shown)
      missing.push(...fresh.flatMap(({ jiraId }) => (ids.has(jiraId) ? [] : [jiraId])))
      last = entries.reduce((most, entry) => Math.max(most, entry.updatedTime), since)
      isEnd = isLast
      isHot = !isLast && last <= since
      since = isHot ? since + 1 : last
    }
    const issues = await describeNew(reading, rows, askedIssues)
    yield { rows, issues, missing, last, isHot, sinceVersion }
  }
}

/** Issues nobody described yet come with their first rows: no row waits for its project. */
async function describeNew(
  { api, store, siteId, connection, link }: Reading,
  rows: readonly SourceWorklog[],
  asked: Set<string>,
): Promise<readonly SourceIssue[]> {
  const ids = [...new Set(rows.flatMap((row) => row.issueId ?? []))].filter((id) => !asked.has(id))
  for (const id of ids) asked.add(id)
  // Known to lie outside the chosen projects: whether one has come in is seen by its own change.
  const outside =
    link.projects === null
      ? new Set<string>()
      : await store.sync.findOutside(siteId, connection.id, ids)
  const known = await store.issues.findByJiraIds(siteId, connection.id, ids)
  const described = new Set(known.filter((one) => !one.isGhost).map((one) => one.jiraId))
  return api.describe(ids.filter((id) => !described.has(id) && !outside.has(id)))
}

/** Entries that are not stored as they are announced: same id, same time, alive. */
async function unknownOf(
  { store, siteId, connection }: Reading,
  entries: readonly FeedEntry[],
  taken: ReadonlySet<string>,
): Promise<FeedEntry[]> {
  const news = entries.filter((entry) => !taken.has(nameOf(entry)))
  const stored = await store.worklogs.findByJiraIds(
    siteId,
    connection.id,
    news.map((entry) => entry.jiraId),
  )
  const known = new Set(
    stored
      .filter((row) => row.deletedAt === null)
      .map((row) => nameOf({ jiraId: row.jiraId, updatedTime: row.updatedAt })),
  )
  return news.filter((entry) => !known.has(nameOf(entry)))
}

/** Follows the feed of deletions. What a row's Jira still shows when asked is not taken for deleted. */
export async function pullDeleted(reading: Reading): Promise<void> {
  const { api, store, siteId, connection } = reading
  const { deletedCursor, phase } = reading.state()
  const overlap = phase === 'backfill' ? 0 : overlapMs
  for (let since = Math.max(0, deletedCursor - overlap); ; ) {
    const { entries, isLast } = await api.feedPage('deleted', since)
    const sinceVersion = await reading.version()
    const ids = entries.map((entry) => entry.jiraId)
    const held = await store.worklogs.findByJiraIds(siteId, connection.id, ids)
    const live = new Set(held.filter((row) => row.deletedAt === null).map((row) => row.jiraId))
    // Restored rows stand in both feeds; to ask by id settles it, whatever the two times say.
    const restored = live.size > 0 ? await api.worklogs([...live]) : []
    const alive = new Set(restored.map((row) => row.id))
    const last = entries.reduce((most, entry) => Math.max(most, entry.updatedTime), since)
    await reading.commit({
      step: 'deletions',
      batch: { worklogs: restored },
      sinceVersion,
      gone: entries
        .filter((entry) => live.has(entry.jiraId) && !alive.has(entry.jiraId))
        .map((entry) => ({ jiraId: entry.jiraId, at: entry.updatedTime, reason: null })),
      state: { deletedCursor: Math.max(reading.state().deletedCursor, last) },
      alongside: (tx) =>
        tx.sync.removeSuspects(
          siteId,
          connection.id,
          ids.filter((id) => !alive.has(id)),
        ),
    })
    if (isLast) return
    since = last > since ? last : since + 1
  }
}

function nameOf({ jiraId, updatedTime }: FeedEntry): string {
  return `${jiraId} ${updatedTime}`
}

/** Begins to read the next page while the one before is being written. */
async function* readAhead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pages.next()
  for (;;) {
    const page = await next
    if (page.done) return
    next = pages.next()
    // Whoever writes may fail first; this must not fail unheard then.
    next.catch(() => {})
    yield page.value
  }
}
