import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Viewer } from '../domain/permission.ts'
import {
  type ScanCell,
  type WorklogQuery,
  type WorklogView,
  worklogFields,
} from '../domain/worklog.ts'
import { openPostgres } from './postgres.ts'
import { makeStore } from './store.ts'

const all: Viewer = { kind: 'all' }

export function worklogScanContract(database: () => TestDatabase): void {
  it('gives every field of every row, in the order and with the values of find', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const author = await site.aPerson({ displayName: '山田 "x"', email: null, username: null })
    const issue = await site.anIssue({ issueType: 'Bug', summary: '\u200b"a",\n{}' })
    await site.worklogs([
      {
        day: '2026-03-02',
        author,
        issue,
        startedAt: 1_772_409_600_500,
        comment: 'a\0'.slice(0, 1),
      },
      { day: '0016-01-11', author, issue, jiraId: '9007199254740993', timeSpentSeconds: 7_561_800 },
      { day: '2026-03-01', billableSeconds: 0, category: 'c', createdAt: -1, updatedAt: 10 },
      { day: '2026-03-01', deletedAt: 1 },
    ])
    const query: WorklogQuery = { siteId, viewer: all }
    const found = await store.worklogs.find(query, { limit: 99 })
    expect(found).toHaveLength(3)
    expect(await collect(store.worklogs.scan(query, worklogFields))).toEqual(found.map(cellsOf))
    const few = ['day', 'timeSpentSeconds', 'day'] as const
    expect(await collect(store.worklogs.scan(query, few))).toEqual(
      found.map((row) => [row.day, row.timeSpentSeconds, row.day]),
    )
  })

  it('crosses batches without losing or repeating a row', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const rows = await site.worklogs(
      Array.from({ length: 9_000 }, (_, at) => ({ day: `2026-03-0${1 + (at % 3)}` })),
    )
    const query: WorklogQuery = { siteId, viewer: all }
    const batches: number[] = []
    const ids: string[] = []
    for await (const batch of store.worklogs.scan(query, ['id'])) {
      batches.push(batch.length)
      ids.push(...batch.map(([id]) => id as string))
    }
    expect(batches.length).toBeGreaterThan(1)
    expect(new Set(ids)).toEqual(new Set(rows.map((row) => row.id)))
    expect(ids).toHaveLength(rows.length)
    const exact = { ...query, period: { to: rows[0]!.day } }
    expect(await collect(store.worklogs.scan(exact, ['id']))).toHaveLength(3_000)
  })

  it('gives nothing where nothing matches, and only what the viewer sees', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [ann, bob] = [await site.aPerson(), await site.aPerson()]
    await site.worklogs([
      { author: ann },
      { author: bob, visibility: { type: 'group', value: 'staff' } },
    ])
    const query: WorklogQuery = { siteId, viewer: all }
    expect(await collect(store.worklogs.scan({ ...query, authorIds: [] }, ['id']))).toEqual([])
    const viewer: Viewer = {
      kind: 'limited',
      personId: ann.id,
      authorIds: 'everybody',
      groupNames: [],
    }
    expect(await collect(store.worklogs.scan({ ...query, viewer }, ['authorId']))).toEqual([
      [ann.id],
    ])
  })

  it('reads one snapshot on a server', async ({ skip }) => {
    const { store, engine } = database()
    if (engine.kind === 'pglite') skip('PGlite reads in keyset batches: one connection, no cursor')
    const { siteId, ...site } = await aSite(store)
    const rows = await site.worklogs(Array.from({ length: 8_500 }, () => ({})))
    let count = 0
    for await (const batch of store.worklogs.scan({ siteId, viewer: all }, ['comment'])) {
      if (count === 0) {
        await site.worklogs([{ day: '2026-12-31' }, { day: '2026-03-02' }])
        await site.changeWorklog(rows.at(-1)!, { deletedAt: 1 })
      }
      count += batch.length
    }
    expect(count).toBe(8_500)
  })

  it('gives its connection back when the reader stops early or fails', async () => {
    const { engine } = database()
    // One connection only: a second scan could not even begin if the first kept it.
    const own = engine.kind === 'postgres' ? await anEngineOfOne(database()) : undefined
    const store = own ? makeStore(own) : database().store
    try {
      const { siteId, ...site } = await aSite(store)
      await site.worklogs(Array.from({ length: 8_500 }, () => ({})))
      const query: WorklogQuery = { siteId, viewer: all }
      for (let round = 0; round < 3; round += 1) {
        for await (const batch of store.worklogs.scan(query, ['id'])) {
          expect(batch.length).toBeGreaterThan(0)
          break
        }
        const failing = (async () => {
          for await (const _ of store.worklogs.scan(query, ['id'])) throw new Error('reader')
        })()
        await expect(failing).rejects.toThrow('reader')
      }
      expect((await store.worklogs.tally(query)).count).toBe(8_500)
      await site.aWorklog()
    } finally {
      await own?.close()
    }
  })
}

async function anEngineOfOne({ engine }: TestDatabase) {
  const { rows } = await engine.db.executeQuery<{ name: string }>({
    ...engine.db.selectNoFrom((eb) => eb.fn<string>('current_database').as('name')).compile(),
  })
  const url = new URL(process.env.TEST_DATABASE_URL!)
  url.pathname = `/${rows[0]!.name}`
  return openPostgres({ url: url.href, poolSize: 1 })
}

async function collect(
  batches: AsyncIterable<readonly (readonly ScanCell[])[]>,
): Promise<(readonly ScanCell[])[]> {
  const rows: (readonly ScanCell[])[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

function cellsOf(row: WorklogView): ScanCell[] {
  const iso = (instant: number) => new Date(instant).toISOString()
  const values: Record<(typeof worklogFields)[number], ScanCell> = {
    id: row.id,
    jiraId: row.jiraId,
    issueId: row.issueId,
    issueKey: row.issue.key,
    issueSummary: row.issue.summary,
    issueType: row.issue.summary === '\u200b"a",\n{}' ? 'Bug' : null,
    projectKey: row.project.key,
    projectName: row.project.name,
    authorId: row.authorId,
    accountId: row.author.accountId,
    username: row.author.username,
    author: row.author.displayName,
    email: row.author.email,
    day: row.day,
    startTime: row.startTime,
    startedAt: iso(row.startedAt),
    timeSpentSeconds: row.timeSpentSeconds,
    billableSeconds: row.billableSeconds ?? row.timeSpentSeconds,
    comment: row.comment,
    category: row.category,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    version: String(row.version),
  }
  return worklogFields.map((field) => values[field])
}
