import { describe, expect, it } from 'vitest'
import type { Day } from '../time/days.ts'
import { burnOf, chartOf, daysOf, mostSeries } from './chart-model.ts'
import type { ReportBody } from './reports-query.ts'

type Column = ReportBody['columns'][number]

const person: Column = {
  key: 'person',
  title: 'Person',
  type: 'text',
  role: 'dimension',
  dimension: 'person',
  isSummed: false,
}
const value = (columnKey: string | null): Column => ({
  key: columnKey ?? 'total',
  title: columnKey ?? 'Total',
  type: 'seconds',
  role: 'value',
  measure: 'timeSpentSeconds',
  columnKey,
  isSummed: true,
})
const months = ['2026-01-01', '2026-02-01']

function aReport(columns: Column[], rows: [string, ...(number | null)[]][]): ReportBody {
  return {
    columns,
    rows: rows.map(([name, ...cells]) => ({
      keys: [name],
      hints: [null],
      cells: [name, ...cells],
    })),
    total: [
      null,
      ...columns
        .slice(1)
        .map((_, at) => rows.reduce((sum, row) => sum + Number(row[at + 1] ?? 0), 0)),
    ],
    period: { from: '2026-01-01', to: '2026-02-28' },
    weekStart: 1,
    completeness: { total: 1, seconds: 1, hidden: 0, connections: [] },
  } as unknown as ReportBody
}

const labels = {
  row: (_key: string, label: string) => label.toUpperCase(),
  column: (key: string) => key.slice(0, 7),
  rest: 'Others',
}

describe('chartOf', () => {
  const across = [person, ...months.map(value), value(null)]

  it('stacks rows over columns, the largest first, and loses nothing', () => {
    const chart = chartOf(
      aReport(across, [
        ['ann', 1, 2, 3],
        ['bob', null, 9, 9],
      ]),
      labels,
    )
    expect(chart.categories.map(({ label }) => label)).toEqual(['2026-01', '2026-02'])
    expect(chart.series.map(({ label, total }) => [label, total])).toEqual([
      ['BOB', 9],
      ['ANN', 3],
    ])
    expect(chart.series[1]!.segments).toEqual([
      { value: 1, columnKey: '2026-01-01' },
      { value: 2, columnKey: '2026-02-01' },
    ])
  })

  it('shows what comes after the colours together', () => {
    const rows = Array.from(
      { length: mostSeries + 5 },
      (_, at): [string, number, number, number] => [`p${at}`, at, 1, at + 1],
    )
    const { series } = chartOf(aReport(across, rows), labels)
    expect(series).toHaveLength(mostSeries + 1)
    expect(series.at(-1)).toMatchObject({ key: undefined, label: 'Others' })
    const sum = series.reduce((total, one) => total + one.total, 0)
    expect(sum).toBe(rows.reduce((total, row) => total + row[3], 0))
  })

  it('ranks rows where there are no columns', () => {
    const chart = chartOf(
      aReport(
        [person, value(null)],
        [
          ['ann', 1],
          ['bob', 5],
          ['eve', 0],
        ],
      ),
      labels,
    )
    expect(chart.categories.map(({ label }) => label)).toEqual(['BOB', 'ANN'])
    expect(chart.series[0]!.segments.map((one) => one.value)).toEqual([5, 1])
  })
})

describe('daysOf', () => {
  it('gives the days that somebody worked on', () => {
    const report = aReport(
      [person, value('2026-01-05'), value('2026-01-06'), value(null)],
      [
        ['ann', 3600, null, 3600],
        ['bob', 7200, 60, 7260],
      ],
    )
    expect(daysOf(report, labels.row)).toEqual([
      {
        key: 'bob',
        label: 'BOB',
        total: 7260,
        days: [
          ['2026-01-05', 7200],
          ['2026-01-06', 60],
        ],
      },
      { key: 'ann', label: 'ANN', total: 3600, days: [['2026-01-05', 3600]] },
    ])
  })
})

describe('burnOf', () => {
  it('adds up month by month against the budget', () => {
    const report = aReport([person, ...months.map(value), value(null)], [['ACME', 10, 5, 15]])
    expect(burnOf(report, 'ACME', 8, '2026-02-03' as Day)).toEqual({
      months,
      worked: [10, 15],
      budget: [8, 16],
    })
    expect(burnOf(report, 'ACME', 8, '2026-01-31' as Day).worked).toEqual([10, null])
  })
})
