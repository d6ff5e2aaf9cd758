import fc from 'fast-check'
import { expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import {
  anIngest,
  aSourceIssue,
  aSourcePerson,
  aSourceWorklog,
  moment,
} from '../../test/sources.ts'
import type { IngestCounts, SourceBatch, SourceIssue, SourceWorklog } from './ingest-source.ts'
import { parseInstant } from './zone.ts'

const issueIds = ['1', '2', '3']
const people = [
  aSourcePerson('Ann', { timeZone: 'Asia/Tokyo', groups: ['staff'] }),
  aSourcePerson('Bob', { username: 'bob', key: 'bob' }),
  { displayName: 'Ghost', isActive: false, groups: [] },
  undefined,
]
const hourMs = 3_600_000
const start = moment('2026-02-26T20:00:00Z')

/** What the source says of a worklog at one of its versions: always the same for the same two. */
function worklogAt(number: number, version: number): SourceWorklog {
  const author = people[number % people.length]
  const created = start + number * hourMs
  // Even worklogs move between issues and days as they change, into and out of the closed March.
  const moves = number % 2 === 0 ? version : 0
  const started = created + moves * 20 * 24 * hourMs
  const { author: _, ...rest } = aSourceWorklog(String(100 + number), {
    issueId: issueIds[(number + moves) % issueIds.length]!,
    started: parseInstant(new Date(started).toISOString()),
    createdAt: created,
    updatedAt: created + version * 1_000,
    timeSpentSeconds: 60 * (version + 1),
    comment: `worklog ${number} at ${version}`,
    properties: { version },
  })
  return author ? { ...rest, author } : rest
}

/** Two real entries that share an id, on different issues: as an export once showed them. */
function twinAt(number: number, version: number): SourceWorklog {
  return { ...worklogAt(21 + 2 * number, version), id: '900', issueId: issueIds[number]! }
}

function issueAt(id: string, version: number, worklogs: readonly SourceWorklog[]): SourceIssue {
  const project = version % 2 === 0 ? 'ABC' : 'XYZ'
  return aSourceIssue(id, worklogs, {
    key: `${project}-${id}`,
    project: { id: project === 'ABC' ? '1' : '2', key: project, name: project },
    summary: `issue ${id} at ${version}`,
    updatedAt: start + version * 1_000,
    assignee: people[version % 2]!,
    oldKeys: version > 1 ? [`OLD-${id}`] : [],
    fields: { version },
  })
}

const anyVersion = fc.integer({ min: 0, max: 3 })
const shownWorklogs = fc
  .uniqueArray(fc.record({ number: fc.nat(9), version: anyVersion, isAlone: fc.boolean() }), {
    selector: ({ number }) => number,
    maxLength: 6,
  })
  .map((shown) =>
    shown.map(({ number, version, isAlone }) => ({
      isAlone,
      worklog: number < 8 ? worklogAt(number, version) : twinAt(number - 8, version),
    })),
  )

const anyBatch: fc.Arbitrary<SourceBatch> = fc
  .record({
    shown: shownWorklogs,
    issues: fc.uniqueArray(fc.record({ id: fc.constantFrom(...issueIds), version: anyVersion }), {
      selector: ({ id }) => id,
    }),
    listed: fc.subarray([people[0]!, people[1]!]),
  })
  .map(({ shown, issues, listed }) => {
    const isInside = (id: string | undefined) => issues.some((issue) => issue.id === id)
    const alone = shown.filter(({ isAlone, worklog }) => isAlone || !isInside(worklog.issueId))
    const inside = shown.filter((one) => !alone.includes(one))
    return {
      issues: issues.map(({ id, version }) => {
        const own = inside.filter(({ worklog }) => worklog.issueId === id)
        return issueAt(
          id,
          version,
          own.map(({ worklog: { issueId, ...worklog } }) => worklog),
        )
      }),
      worklogs: alone.map(({ worklog }) => worklog),
      people: listed,
      projects: [],
      filters: [],
      fields: [],
    }
  })

withDatabase(openMemoryDatabase, (database) => {
  it('any batches taken again, in any order, change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyBatch, { minLength: 1, maxLength: 6 }),
        fc.nat(6),
        fc.infiniteStream(fc.nat(99)),
        async (batches, closeAfter, picks) => {
          const { take, store, siteId, worklogs } = await anIngest(database())
          for (const [at, batch] of batches.entries()) {
            if (at === closeAfter)
              await store.locks.closePeriod(siteId, day('2026-03-01'), day('2026-03-31'), 0)
            await take(batch)
          }
          const look = async () => ({
            worklogs: await worklogs(),
            drift: await store.locks.listDrift(siteId, 999),
            issues: await store.issues.list({ siteId, limit: 999 }),
            people: await store.people.list({ siteId, limit: 999 }),
            projects: await store.projects.list(siteId, { limit: 999 }),
            site: await store.sites.get(siteId),
            audit: (await store.audit.list(siteId, 1, 999)).length,
          })
          const before = await look()
          const shuffled = batches
            .map((batch) => ({ batch, rank: picks.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
          for (const { batch } of shuffled) expect(changesOf(await take(batch))).toEqual(noChange)
          expect(await look()).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('any batches end, without locks, with the newest of everything shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBatch, { minLength: 1, maxLength: 6 }), async (batches) => {
        const { take, worklogs } = await anIngest(database())
        for (const batch of batches) await take(batch)
        const newest = new Map<string, SourceWorklog>()
        for (const { issues, worklogs: alone } of batches)
          for (const one of [...issues.flatMap((issue) => issue.worklogs), ...alone]) {
            const name = `${one.id} ${one.createdAt}`
            const known = newest.get(name)
            if (!known || known.updatedAt < one.updatedAt) newest.set(name, one)
          }
        const held = (await worklogs()).map((row) => `${row.jiraId} ${row.comment}`)
        expect(held.sort()).toEqual(
          [...newest.values()].map((one) => `${one.id} ${one.comment}`).sort(),
        )
      }),
      { numRuns: 40 },
    )
  })
})

function changesOf({ worklogs, issues, people: persons, projects, catalogue }: IngestCounts) {
  return {
    worklogs: { ...worklogs, unchanged: 0 },
    issues: { ...issues, unchanged: 0 },
    people: persons,
    projects,
    catalogue,
  }
}

const noChange = {
  worklogs: { new: 0, changed: 0, unchanged: 0, drift: 0 },
  issues: { new: 0, changed: 0, unchanged: 0 },
  people: { new: 0, changed: 0 },
  projects: { new: 0, changed: 0 },
  catalogue: 0,
}
