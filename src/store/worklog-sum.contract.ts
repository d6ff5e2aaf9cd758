import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { type Day, startOfMonth, startOfQuarter, startOfWeek, startOfYear } from '../domain/day.ts'
import type { Viewer } from '../domain/permission.ts'
import {
  type WorklogQuery,
  type WorklogSum,
  type WorklogView,
  worklogDimensions,
} from '../domain/worklog.ts'

type WorklogDimension = (typeof worklogDimensions)[number]

const all: Viewer = { kind: 'all' }

// Around both ends of years whose ISO weeks cross them, a leap day, and the year 16.
const days = [
  '0016-01-11',
  '2020-12-27',
  '2020-12-28',
  '2021-01-01',
  '2021-01-03',
  '2021-01-04',
  '2024-02-29',
  '2024-12-29',
  '2024-12-30',
  '2025-01-05',
  '2026-03-01',
  '2026-03-02',
  '2026-03-31',
  '2026-04-01',
]

const pairs = worklogDimensions.flatMap((a) =>
  worklogDimensions.map((b): [WorklogDimension, WorklogDimension] => [a, b]),
)

export function worklogSumContract(database: () => TestDatabase): void {
  describe.each([
    ['Monday', 1],
    ['Sunday', 7],
  ] as const)('on a site whose week begins on %s', (_, firstWeekday) => {
    it('equal a sum by hand, for every dimension and every pair of them', async () => {
      const { store, engine } = database()
      const { query } = await aMixedSite(database(), firstWeekday)
      const rows = await store.worklogs.find(query, { limit: 1_000 })
      expect(rows.length).toBeGreaterThan(40)
      expect(engine.kind).toMatch(/pglite|postgres/)
      const asked: WorklogDimension[][] = [[], ...worklogDimensions.map((one) => [one]), ...pairs]
      for (const dimensions of asked) {
        const sums = await store.worklogs.sum(query, dimensions, 10_000)
        expect(ordered(sums), dimensions.join(' x ')).toEqual(
          ordered(sumByHand(rows, dimensions, firstWeekday)),
        )
      }
    })
  })

  it.each([
    ['2020-12-28', '2021-01-03'],
    ['2024-02-29', '2024-12-29'],
    ['2024-12-30', '2026-03-02'],
    ['2026-03-02', '2026-04-01'],
    ['2026-03-31', '2026-03-31'],
  ] as const)(
    'equal a sum by hand within %s to %s, for every pair of dimensions',
    async (from, to) => {
      const { store } = database()
      const { query, viewer } = await aMixedSite(database(), 7)
      for (const asked of [query, { ...query, viewer }]) {
        const within = { ...asked, period: { from: from as Day, to: to as Day } }
        const rows = await store.worklogs.find(within, { limit: 1_000 })
        for (const dimensions of pairs)
          expect(
            ordered(await store.worklogs.sum(within, dimensions, 10_000)),
            dimensions.join(' x '),
          ).toEqual(ordered(sumByHand(rows, dimensions, 7)))
        const some = await store.worklogs.sum(within, ['person', 'day'], 2)
        expect(some.length).toBeLessThanOrEqual(2)
      }
    },
  )

  it('answer at most as many groups as asked for', async () => {
    const { store } = database()
    const { query } = await aMixedSite(database(), 1)
    expect(await store.worklogs.sum(query, ['issue', 'day'], 5)).toHaveLength(5)
  })

  it('answer an empty list where nothing matches', async () => {
    const { store } = database()
    const { query } = await aMixedSite(database(), 1)
    const nothing = { ...query, authorIds: [] }
    expect(await store.worklogs.sum(nothing, ['person'], 10)).toEqual([])
    expect(await store.worklogs.sum(nothing, [], 10)).toEqual([])
  })

  it('leave out what the viewer may not see', async () => {
    const { store } = database()
    const { query, viewer } = await aMixedSite(database(), 1)
    const limited = { ...query, viewer }
    const rows = await store.worklogs.find(limited, { limit: 1_000 })
    const everything = await store.worklogs.tally(query)
    expect(rows.length).toBeLessThan(everything.count)
    expect(ordered(await store.worklogs.sum(limited, ['person', 'month'], 1_000))).toEqual(
      ordered(sumByHand(rows, ['person', 'month'], 1)),
    )
  })

  it('do not overflow where seconds add up past 32 bits', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    await site.worklogs(Array.from({ length: 200 }, () => ({ timeSpentSeconds: 36_000_000 })))
    const [sum] = await store.worklogs.sum({ siteId, viewer: all }, [], 1)
    expect(sum).toMatchObject({ timeSpentSeconds: 7_200_000_000, billableSeconds: 7_200_000_000 })
  })
}

async function aMixedSite({ store, engine }: TestDatabase, firstWeekday: 1 | 7) {
  const site = await aSite(store)
  await aSite(store).then((other) => other.worklogs(days.map((day) => ({ day }))))
  await sql`update site set first_weekday = ${firstWeekday} where id = ${site.siteId}`.execute(
    engine.db,
  )
  const people = await site.people([{ displayName: 'Twin' }, { displayName: 'Twin' }, {}])
  const [p, q] = [await site.aProject(), await site.aProject()]
  const issues = [
    await site.anIssue({ project: p }),
    await site.anIssue({ project: p }),
    await site.anIssue({ project: q }),
  ]
  await site.worklogs(
    days.flatMap((day, at) =>
      people.map((author, who) => ({
        day,
        author,
        issue: issues[(at + who) % 3]!,
        timeSpentSeconds: (at * 977 + who * 31) % 30_000,
        billableSeconds: [null, 0, 600][(at + who) % 3]!,
        category: [null, '', 'Reise "x"', '会議'][at % 4]!,
        visibility: at % 5 === 0 ? ({ type: 'role', value: 'r' } as const) : null,
      })),
    ),
  )
  await site.aWorklog({ author: people[0]!, deletedAt: 1 })
  const viewer: Viewer = {
    kind: 'limited',
    personId: people[0]!.id,
    authorIds: [people[0]!.id, people[1]!.id],
    groupNames: [],
  }
  const query: WorklogQuery = { siteId: site.siteId, viewer: all }
  return { query, viewer }
}

function sumByHand(
  rows: readonly WorklogView[],
  dimensions: readonly WorklogDimension[],
  firstWeekday: 1 | 7,
): WorklogSum[] {
  const sums = new Map<string, WorklogSum>()
  for (const row of rows) {
    const named = dimensions.map((dimension) => nameOf(row, dimension, firstWeekday))
    const keys = named.map(([key]) => key)
    const name = JSON.stringify(keys)
    const sum = sums.get(name)
    sums.set(name, {
      groups: named.map(([key, label]) => ({ key, label, hint: null })),
      timeSpentSeconds: (sum?.timeSpentSeconds ?? 0) + row.timeSpentSeconds,
      billableSeconds: (sum?.billableSeconds ?? 0) + (row.billableSeconds ?? row.timeSpentSeconds),
      count: (sum?.count ?? 0) + 1,
    })
  }
  return [...sums.values()]
}

function nameOf(
  row: WorklogView,
  dimension: WorklogDimension,
  firstWeekday: 1 | 7,
): readonly [string, string] {
  const both = (text: string) => [text, text] as const
  switch (dimension) {
    case 'person':
      return [row.authorId, row.author.displayName]
    case 'project':
      return [row.projectId, row.project.key]
    case 'issue':
      return [row.issueId, row.issue.key]
    case 'category':
      return both(row.category ?? '')
    case 'day':
      return both(row.day)
    case 'week':
      return both(startOfWeek(row.day, firstWeekday))
    case 'month':
      return both(startOfMonth(row.day))
    case 'quarter':
      return both(startOfQuarter(row.day))
    case 'year':
      return both(startOfYear(row.day))
  }
}

function ordered(sums: readonly WorklogSum[]): WorklogSum[] {
  const name = (sum: WorklogSum) => JSON.stringify(sum.groups.map(({ key }) => key))
  const plain = sums.map((sum) => ({
    ...sum,
    groups: sum.groups.map((group) => ({ ...group, hint: null })),
  }))
  return plain.sort((a, b) => (name(a) < name(b) ? -1 : 1))
}
