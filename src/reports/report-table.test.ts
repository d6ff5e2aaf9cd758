import { describe, expect, it } from 'vitest'
import { parseDay } from '../domain/day.ts'
import type { WorklogDimension } from '../domain/dimension.ts'
import { plainDefinition, reportLimits } from '../domain/report.ts'
import type { WorklogSum } from '../domain/worklog.ts'
import type { Cell, Table } from '../formats/table.ts'
import { type ReportShape, reportTable, toTable } from './report-table.ts'

type Wish = Partial<Omit<ReportShape, 'rows'>> & { readonly rows?: WorklogDimension }

function pivotTable({ rows = 'person', ...wish }: Wish, sums: readonly WorklogSum[]): Table {
  const shape = { ...plainDefinition, firstWeekday: 1 as const, ...wish, rows: [rows] }
  return toTable(reportTable(shape, { sums }), 'report')
}

const plain: Wish = {}

/** Sums as a store gives them: `key=label` per dimension, then seconds. */
function sums(...rows: readonly (readonly [...string[], number])[]): WorklogSum[] {
  return rows.map((row) => {
    const parts = (row.slice(0, -1) as string[]).map((part) => part.split('='))
    const seconds = row.at(-1) as number
    return {
      groups: parts.map(([key = '', label = key]) => ({ key, label, hint: null })),
      timeSpentSeconds: seconds,
      billableSeconds: seconds,
      count: 1,
    }
  })
}

async function rowsOf(table: Table): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for await (const batch of table.batches) rows.push(...batch.map((row) => [...row]))
  return table.total ? [...rows, [...table.total]] : rows
}

const titles = (table: Table) => table.columns.map((column) => column.title)
const period = (from: string, to: string) => ({ from: parseDay(from), to: parseDay(to) })

describe('reportTable', () => {
  it('is one column of sums without a second dimension', async () => {
    const table = pivotTable(plain, sums(['1=Bob', 60], ['2=Ann', 40]))
    expect(titles(table)).toEqual(['Person', 'Total'])
    expect(await rowsOf(table)).toEqual([
      ['Ann', 40],
      ['Bob', 60],
      ['Total', 100],
    ])
  })

  it('sums rows, columns and both together', async () => {
    const table = pivotTable(
      { ...plain, columns: 'project' },
      sums(['1=Ann', '7=ABC', 60], ['2=Bob', '8=XYZ', 5], ['1=Ann', '8=XYZ', 30]),
    )
    expect(titles(table)).toEqual(['Person', 'ABC', 'XYZ', 'Total'])
    expect(await rowsOf(table)).toEqual([
      ['Ann', 60, 30, 90],
      ['Bob', null, 5, 5],
      ['Total', 60, 35, 95],
    ])
  })

  it('keeps two people of one name apart, with a row each', async () => {
    const table = pivotTable(plain, sums(['1=Ann', 1], ['2=Ann', 2]))
    expect(await rowsOf(table)).toEqual([
      ['Ann', 1],
      ['Ann', 2],
      ['Total', 3],
    ])
  })

  it('keeps the total apart from the rows, for formats that write formulas', async () => {
    const table = pivotTable(plain, sums(['1=Ann', 1]))
    expect(table.total).toEqual(['Total', 1])
    expect(table.columns.map((column) => column.isSummed ?? false)).toEqual([false, true])
  })

  it('has only a total of nothing when nothing matched', async () => {
    expect(await rowsOf(pivotTable(plain, []))).toEqual([['Total', 0]])
  })

  it('names a missing category and sorts by number, not by digit', async () => {
    const table = pivotTable(
      { ...plain, rows: 'category' },
      sums(['Step 10', 1], ['', 2], ['Step 9', 3]),
    )
    expect((await rowsOf(table)).map(([label]) => label)).toEqual([
      '(none)',
      'Step 9',
      'Step 10',
      'Total',
    ])
  })

  it('keeps the columns of programs apart when a category is called total', () => {
    const table = pivotTable(
      { ...plain, columns: 'category' },
      sums(['1=Ann', 'total', 1], ['1=Ann', 'person', 1]),
    )
    const keys = table.columns.map((column) => column.key)
    expect(keys).toEqual(['person', 'category person', 'category total', 'total'])
    expect(titles(table)).toEqual(['Person', 'person', 'total', 'Total'])
  })
})

describe('spans of time across a pivot', () => {
  it.each([
    ['day', '2024-02-28', '2024-03-01', ['2024-02-28', '2024-02-29', '2024-03-01']],
    ['month', '2023-12-31', '2024-02-01', ['2023-12', '2024-01', '2024-02']],
    ['quarter', '2023-12-31', '2024-04-01', ['2023-Q4', '2024-Q1', '2024-Q2']],
    ['year', '2023-12-31', '2025-01-01', ['2023', '2024', '2025']],
    ['week', '2020-12-28', '2021-01-10', ['2020-W53', '2021-W01']],
    ['week', '2024-12-29', '2025-01-05', ['2024-W52', '2025-W01']],
    ['week', '2026-12-28', '2027-01-04', ['2026-W53', '2027-W01']],
  ] as const)('fills every %s from %s to %s', (columns, from, to, expected) => {
    const table = pivotTable({ ...plain, columns, period: period(from, to) }, [])
    expect(titles(table)).toEqual(['Person', ...expected, 'Total'])
  })

  it('names weeks that begin on Sunday by their first day', () => {
    const table = pivotTable(
      {
        ...plain,
        columns: 'week',
        firstWeekday: 7,
        period: period('2024-12-28', '2025-01-05'),
      },
      sums(['1=Ann', '2024-12-29', 60]),
    )
    expect(titles(table)).toEqual(['Person', '2024-12-22', '2024-12-29', '2025-01-05', 'Total'])
  })

  it('keeps weeks of the same number in different years apart', async () => {
    const table = pivotTable(
      { ...plain, columns: 'week' },
      sums(['1=Ann', '2024-12-30', 1], ['1=Ann', '2023-12-25', 2], ['1=Ann', '2024-01-01', 4]),
    )
    expect(titles(table)).toEqual(['Person', '2023-W52', '2024-W01', '2025-W01', 'Total'])
    expect((await rowsOf(table))[0]).toEqual(['Ann', 2, 4, 1, 7])
  })

  it('puts hours into the span they were filled with', async () => {
    const table = pivotTable(
      { ...plain, columns: 'month', period: period('2024-01-15', '2024-03-15') },
      sums(['1=Ann', '2024-02-01', 60]),
    )
    expect(await rowsOf(table)).toEqual([
      ['Ann', null, 60, null, 60],
      ['Total', 0, 60, 0, 60],
    ])
  })

  it('shows only what has hours without a period', () => {
    const table = pivotTable(
      { ...plain, columns: 'month' },
      sums(['1=Ann', '2024-01-01', 1], ['1=Ann', '2024-03-01', 1]),
    )
    expect(titles(table)).toEqual(['Person', '2024-01', '2024-03', 'Total'])
  })

  it('fills no rows, so that a year with three days is three rows', async () => {
    const table = pivotTable(
      { ...plain, rows: 'day', period: period('2024-01-01', '2024-12-31') },
      sums(['2024-05-02', 1], ['2024-01-03', 2], ['2024-12-31', 3]),
    )
    expect((await rowsOf(table)).map(([label]) => label)).toEqual([
      '2024-01-03',
      '2024-05-02',
      '2024-12-31',
      'Total',
    ])
  })

  it('takes as many columns as are allowed, and refuses one more', () => {
    const days = Array.from(
      { length: reportLimits.columns + 1 },
      (_, at): [string, string, number] => ['1=Ann', `${at}`, 1],
    )
    const definition = { ...plain, columns: 'issue' } as const
    const table = pivotTable(definition, sums(...days.slice(1)))
    expect(table.columns.length).toBe(reportLimits.columns + 2)
    expect(() => pivotTable(definition, sums(...days))).toThrow(/would have 1001 columns/)
  })

  it('refuses a period of too many days without listing them all', () => {
    const definition: Wish = { columns: 'day', period: period('0001-01-01', '9999-12-31') }
    expect(() => pivotTable(definition, [])).toThrow(/columns; narrow it/)
  })
})
