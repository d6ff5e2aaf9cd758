import { parse } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { aWorld, type World } from '../src/api/world.contract.ts'
import { viewerOf } from '../src/domain/permission.ts'
import { plainDefinition } from '../src/domain/report.ts'
import type { WorklogQuery } from '../src/domain/worklog.ts'
import { formats } from '../src/formats/formats.ts'
import { toTable } from '../src/reports/report-table.ts'
import { runReport } from '../src/reports/run-report.ts'
import { worklogTable } from '../src/reports/worklog-table.ts'
import { anActor } from './builders.ts'
import { openMemoryDatabase, withDatabase } from './database.ts'

type Total = { readonly count: number; readonly seconds: number }

/** 300 worklogs of three people over half a year, some restricted, some deleted, none alike. */
async function fill(world: World): Promise<void> {
  const { site, people, issue, jiraIssue } = world
  const authors = [people.worker, people.mate, people.outsider]
  const made = await site.worklogs(
    Array.from({ length: 300 }, (_, at) => ({
      author: authors[at % 3]!,
      issue: at % 2 === 0 ? issue : jiraIssue,
      day: new Date(Date.UTC(2026, 0, 1 + (at % 180))).toISOString().slice(0, 10),
      timeSpentSeconds: 61 + at * 7,
      comment: `=work ${at}`,
      ...(at % 11 === 0 ? { visibility: { type: 'group', value: 'board' } as const } : {}),
    })),
  )
  for (const worklog of made.filter((_, at) => at % 50 === 0))
    await site.changeWorklog(worklog, { deletedAt: Date.UTC(2026, 5, 1) })
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

const total = (seconds: readonly number[]): Total => ({
  count: seconds.length,
  seconds: seconds.reduce((sum, one) => sum + one, 0),
})

type JsonRow = { readonly timeSpentSeconds: number }

/** How a reader of each format finds the seconds. */
const readers: Readonly<
  Record<'csv' | 'json' | 'ndjson' | 'xml' | 'xlsx', (file: Buffer) => Total>
> = {
  csv: (file) => {
    const rows = parse(file, { columns: true }) as { Seconds: string }[]
    return total(rows.map((row) => Number(row.Seconds)))
  },
  json: (file) => {
    const rows = JSON.parse(file.toString()) as JsonRow[]
    return total(rows.map((row) => row.timeSpentSeconds))
  },
  ndjson: (file) => {
    const lines = file.toString().trim().split('\n')
    return total(lines.map((line) => (JSON.parse(line) as JsonRow).timeSpentSeconds))
  },
  xml: (file) => {
    const document = new XMLParser().parse(file) as { worklogs: { row: JsonRow[] } }
    return total(document.worklogs.row.map((row) => row.timeSpentSeconds))
  },
  xlsx: (file) => {
    const sheet = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml']!)
    const cells = [...sheet.matchAll(/<c r="B\d+" s="\d+">(<f>[^<]*<\/f>)?<v>([^<]*)<\/v>/g)]
    const seconds = cells.map((cell) => Math.round(Number(cell[2]) * 86_400))
    const rows = total(seconds.slice(0, -1))
    // The last row is the workbook's own sum, which must agree with its rows.
    expect(cells.at(-1)?.[1]).toMatch(/SUM/)
    expect(seconds.at(-1)).toBe(rows.seconds)
    return rows
  },
}

/** How a reader of each format finds the grand total of a report, and checks it against the rows. */
const reportReaders: Readonly<
  Record<'csv' | 'json' | 'ndjson' | 'xml' | 'html' | 'text' | 'xlsx', (file: Buffer) => number>
> = {
  csv: (file) => lastOfRows((parse(file) as string[][]).slice(1).map((row) => Number(row.at(-1)))),
  json: (file) => lastOfRows((JSON.parse(file.toString()) as ReportRow[]).map((row) => row.total)),
  ndjson: (file) => {
    const lines = file.toString().trim().split('\n')
    return lastOfRows(lines.map((line) => (JSON.parse(line) as ReportRow).total))
  },
  xml: (file) => {
    const document = new XMLParser().parse(file) as { report: { row: ReportRow[] } }
    return lastOfRows(document.report.row.map((row) => row.total))
  },
  html: (file) => {
    const rows = [...file.toString().matchAll(/<td class="n">([^<]*)<\/td><\/tr>/g)]
    return lastOfRows(rows.map((row) => secondsOf(row[1]!)))
  },
  text: (file) => {
    const lines = file.toString().trim().split('\n').slice(2)
    return lastOfRows(lines.map((line) => secondsOf(line.split(/\s+/).at(-1)!)))
  },
  xlsx: (file) => {
    const sheet = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml']!)
    const rows = [...sheet.matchAll(/<row r="\d+">(.*?)<\/row>/g)].slice(1)
    const cells = rows.map((row) => /(<f>[^<]*<\/f>)?<v>([^<]*)<\/v><\/c>$/.exec(row[1]!)!)
    expect(cells.at(-1)?.[1]).toMatch(/SUM/)
    return lastOfRows(cells.map((cell) => Math.round(Number(cell[2]) * 86_400)))
  },
}

type ReportRow = { readonly total: number }

function lastOfRows(totals: readonly number[]): number {
  const last = totals.at(-1)!
  expect(total(totals.slice(0, -1)).seconds).toBe(last)
  return last
}

function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * 3_600 + minutes * 60 + seconds
}

describe('one total everywhere', () => {
  withDatabase(openMemoryDatabase, (database) => {
    async function listTotal(world: World, who: 'admin' | 'worker', filter: string) {
      const seconds: number[] = []
      let cursor: string | null = null
      do {
        const path: string = `GET /worklogs?limit=70${filter}${cursor ? `&cursor=${cursor}` : ''}`
        const { status, body } = await world.call(who, path)
        expect(status).toBe(200)
        for (const one of body.worklogs) seconds.push(one.timeSpentSeconds)
        cursor = body.next
      } while (cursor !== null)
      return total(seconds)
    }

    it.each([
      ['admin', 'everything', {}, ''],
      [
        'admin',
        'three months',
        { period: { from: '2026-02-01', to: '2026-04-30' } },
        '&from=2026-02-01&to=2026-04-30',
      ],
      ['worker', 'what an employee may see', {}, ''],
    ] as const)('as %s of %s', async (who, _what, condition, filter) => {
      const world = await aWorld(database().store)
      await fill(world)
      const { store, site } = world
      const actor = anActor(
        site,
        world.people[who],
        who === 'admin' ? 'administrator' : 'employee',
        [],
        {
          teammateIds: who === 'admin' ? [] : [world.people.worker.id, world.people.mate.id],
        },
      )
      const query = { siteId: site.siteId, viewer: viewerOf(actor), ...condition } as WorklogQuery
      const { count, timeSpentSeconds } = await store.worklogs.tally(query)
      const expected = { count, seconds: timeSpentSeconds }
      expect(count).toBeGreaterThan(50)

      expect(await listTotal(world, who, filter)).toEqual(expected)
      const overHttp = await world.call(who, `GET /worklogs/export?format=csv${filter}`)
      expect(readers.csv(Buffer.from(overHttp.text))).toEqual(expected)
      for (const [format, read] of Object.entries(readers)) {
        const table = worklogTable(store.worklogs, query, ['comment', 'timeSpentSeconds'])
        const file = await bytesOf(formats[format as keyof typeof readers].write(table))
        expect([format, read(file)]).toEqual([format, expected])
      }
      for (const columns of ['week', 'month', 'project', 'category'] as const) {
        const definition = { ...plainDefinition, rows: ['person', 'label'] as const, columns }
        const report = await runReport(store, query, definition, 1)
        expect([columns, report.total.at(-1)]).toEqual([columns, timeSpentSeconds])
        for (const [format, read] of Object.entries(reportReaders)) {
          const file = await bytesOf(
            formats[format as keyof typeof reportReaders].write(toTable(report, 'report')),
          )
          expect([columns, format, read(file)]).toEqual([columns, format, timeSpentSeconds])
        }
      }
    })
  })
})
