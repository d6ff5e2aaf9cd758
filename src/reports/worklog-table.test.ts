import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aSite, type WorklogWish } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import type { SiteId } from '../domain/site.ts'
import { type WorklogField, type WorklogQuery, worklogFields } from '../domain/worklog.ts'
import { formats } from '../formats/formats.ts'
import { usualWorklogFields, worklogTable } from './worklog-table.ts'

const nasty = [
  '',
  '=1+1',
  "'quoted'",
  '"',
  'a,b',
  'a\r\nb',
  '\n',
  ' lead',
  'in\ufeffside',
  '-',
  '+1',
]

const nobodysQuery: WorklogQuery = { siteId: 0 as SiteId, viewer: { kind: 'all' } }

const someText = fc.oneof(
  fc.constantFrom(...nasty),
  fc
    .string({ unit: 'binary', maxLength: 60 })
    // A mark at the very beginning is lost on the way out of PGlite, so it cannot be compared.
    .map((text) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, ''))
    .map((text) => text.replace(/^\ufeff+/u, '')),
)

const someInstant = fc
  .date({
    noInvalidDate: true,
    min: new Date('0016-01-01T00:00:00Z'),
    max: new Date('9990-01-01T00:00:00Z'),
  })
  .map((date) => date.getTime())

const someDay = fc
  .date({
    noInvalidDate: true,
    min: new Date('0016-01-01T00:00:00Z'),
    max: new Date('2199-12-31T00:00:00Z'),
  })
  .filter((date) => !Number.isNaN(date.getTime()))
  .map((date) => date.toISOString().slice(0, 10))

const someWorklog = fc.record({
  day: someDay,
  startTime: fc.constantFrom('00:00:00', '09:30:00', '23:59:59'),
  timeSpentSeconds: fc.integer({ min: 0, max: 36_000_000 }),
  billableSeconds: fc.option(fc.integer({ min: 0, max: 36_000_000 })),
  comment: someText,
  category: fc.option(someText),
  startedAt: someInstant,
  createdAt: someInstant,
  updatedAt: someInstant,
})

const someNames = fc.record({
  displayName: someText,
  username: fc.option(someText),
  email: fc.option(someText),
  summary: someText,
  issueType: fc.option(someText),
})

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all).toString()
}

type Value = string | number | null
type Values = Record<WorklogField, Value>

describe('worklogTable', () => {
  withDatabase(openMemoryDatabase, (database) => {
    /** A site with these worklogs, and for each of them what an export must say. */
    async function stored(
      names: { displayName: string; username: string | null; email: string | null } & {
        summary: string
        issueType: string | null
      },
      wishes: readonly WorklogWish[],
    ) {
      const { store } = database()
      const site = await aSite(store)
      const { displayName, username, email, summary, issueType } = names
      const author = await site.aPerson({ displayName, username, email })
      const issue = await site.anIssue({ summary, issueType })
      await site.worklogs(wishes.map((wish) => ({ ...wish, author, issue })))
      const query = { siteId: site.siteId, viewer: { kind: 'all' } } as const
      const views = await store.worklogs.find(query, { limit: 1_000 })
      const iso = (instant: number) => new Date(instant).toISOString()
      const expected = views.map(
        (one): Values => ({
          ...{ id: one.id, jiraId: one.jiraId, issueId: issue.id, issueKey: issue.key },
          ...{ issueSummary: summary, issueType, projectKey: one.project.key },
          ...{ projectName: one.project.name, authorId: author.id, accountId: author.accountId },
          ...{ username, author: displayName, email, day: one.day, startTime: one.startTime },
          startedAt: iso(one.startedAt),
          timeSpentSeconds: one.timeSpentSeconds,
          billableSeconds: one.billableSeconds ?? one.timeSpentSeconds,
          comment: one.comment,
          category: one.category,
          createdAt: iso(one.createdAt),
          updatedAt: iso(one.updatedAt),
          version: one.version,
        }),
      )
      return { expected, table: () => worklogTable(store.worklogs, query, worklogFields) }
    }

    const asText = (value: Value) => (value === null ? '' : String(value))

    it('reads back from NDJSON as it was stored', async () => {
      await fc.assert(
        fc.asyncProperty(
          someNames,
          fc.array(someWorklog, { minLength: 1, maxLength: 20 }),
          async (names, wishes) => {
            const { expected, table } = await stored(names, wishes)
            const text = await textOf(formats.ndjson.write(table()))
            const rows = text.split('\n').slice(0, -1)
            // Ids and versions may come as digits: they are 64-bit.
            const read = rows.map((row) => JSON.parse(row) as Values)
            expect(read.map(({ version, ...row }) => [row, Number(version)])).toEqual(
              expected.map(({ version, ...row }) => [row, version]),
            )
          },
        ),
        { numRuns: 40 },
      )
    }, 60_000)

    it('reads back from CSV as it was stored, nothing and empty being one', async () => {
      await fc.assert(
        fc.asyncProperty(
          someNames,
          fc.array(someWorklog, { minLength: 1, maxLength: 20 }),
          fc.boolean(),
          async (names, wishes, guardFormulas) => {
            const { expected, table } = await stored(names, wishes)
            const text = await textOf(formats.csv.write(table(), { guardFormulas }))
            const [header, ...rows] = parse(text, { record_delimiter: '\r\n' })
            expect(header?.length).toBe(worklogFields.length)
            const types = table().columns.map((column) => column.type)
            const unguarded = (cell: string, at: number) =>
              guardFormulas && types[at] === 'text' ? cell.replace(/^'(?=[=+\-@\t\r])/, '') : cell
            expect(rows.map((row) => row.map(unguarded))).toEqual(
              expected.map((row) => worklogFields.map((field) => asText(row[field]))),
            )
          },
        ),
        { numRuns: 40 },
      )
    }, 60_000)

    it('has the fields asked for, in that order, and sums what is seconds', () => {
      const fields = ['comment', 'timeSpentSeconds', 'id'] as const
      const table = worklogTable(database().store.worklogs, nobodysQuery, fields)
      expect(table.columns.map((column) => [column.key, column.isSummed ?? false])).toEqual([
        ['comment', false],
        ['timeSpentSeconds', true],
        ['id', false],
      ])
    })

    it('knows a title for every field, no two alike', () => {
      const { columns } = worklogTable(database().store.worklogs, nobodysQuery, worklogFields)
      expect(new Set(columns.map((column) => column.title)).size).toBe(worklogFields.length)
      expect(worklogFields).toEqual(expect.arrayContaining([...usualWorklogFields]))
    })
  })
})
