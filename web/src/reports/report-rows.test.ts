import { describe, expect, it } from 'vitest'
import { curlLine, moveChip, searchOf, shelvesOf } from './report-definition.ts'
import { heatScale, readSort, rowId, shownRows } from './report-rows.ts'
import { readReportSearch } from './reports-search.ts'
import { shiftPeriod } from './shift-period.ts'

const column = (key: string, role: 'dimension' | 'value', columnKey: string | null = null) => ({
  key,
  title: key,
  type: 'seconds' as const,
  role,
  columnKey,
  isSummed: true,
})
const report = {
  columns: [
    column('project', 'dimension'),
    column('person', 'dimension'),
    column('a', 'value', 'a'),
    column('total', 'value'),
  ],
  rows: [
    { keys: ['1'], hints: [null], cells: ['A', null, 5, 9] },
    { keys: ['1', '1'], hints: [null, null], cells: ['A', 'x', null, 4] },
    { keys: ['1', '2'], hints: [null, null], cells: ['A', 'y', 5, 5] },
    { keys: ['2'], hints: [null], cells: ['B', null, 20, 20] },
    { keys: ['2', '1'], hints: [null, null], cells: ['B', 'x', 20, 20] },
  ],
}
const names = (rows: ReturnType<typeof shownRows>) => rows.map(({ row }) => row.keys.join('.'))

describe('rows of a report', () => {
  it('are sorted within their groups, nothing last', () => {
    expect(names(shownRows(report, new Set(), { key: 'total', falls: true }))).toEqual([
      '2',
      '2.1',
      '1',
      '1.2',
      '1.1',
    ])
    expect(names(shownRows(report, new Set(), { key: 'a', falls: false }))).toEqual([
      '1',
      '1.2',
      '1.1',
      '2',
      '2.1',
    ])
    expect(names(shownRows(report, new Set(), { key: 'project', falls: true }))).toEqual([
      '2',
      '2.1',
      '1',
      '1.1',
      '1.2',
    ])
  })

  it('of folded groups are left out', () => {
    expect(names(shownRows(report, new Set([rowId(['1'])])))).toEqual(['1', '2', '2.1'])
  })

  it('are shaded by the largest figure that is no sum', () => {
    expect(heatScale(report)).toBe(20)
  })
})

describe('the address of a report', () => {
  it('keeps what makes sense', () => {
    expect(
      readReportSearch({
        rows: 'person',
        columns: '',
        sort: '-total',
        from: '2026-02-30',
        view: 'x',
      }),
    ).toEqual({ rows: 'person', columns: '', sort: '-total' })
    expect(readSort('-total')).toEqual({ key: 'total', falls: true })
  })

  it('says what stands on the shelves', () => {
    const shelves = { rows: ['project', 'person'], columns: null, values: ['billableSeconds'] }
    expect(shelvesOf(searchOf(shelves))).toEqual(shelves)
    expect(moveChip(shelves, 'person', { shelf: 'columns' })).toEqual({
      ...shelves,
      rows: ['project'],
      columns: 'person',
    })
    expect(moveChip(shelves, 'person', { shelf: 'rows', at: 0 }).rows).toEqual([
      'person',
      'project',
    ])
  })

  it('is a line for a shell, whatever it quotes', () => {
    expect(curlLine('http://x', { filters: { jql: "summary ~ 'a'" } })).toContain(
      `"summary ~ '\\''a'\\''"`,
    )
  })
})

it.each([
  ['2026-11-01', '2026-11-30', '2026-10-01', '2026-10-31'],
  ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
  ['2026-11-23', '2026-11-29', '2026-11-16', '2026-11-22'],
])('%s to %s has %s to %s before it', (from, to, earlier, until) => {
  expect(shiftPeriod({ from, to }, -1)).toEqual({ from: earlier, to: until })
  expect(shiftPeriod({ from: earlier, to: until }, 1)).toEqual({ from, to })
})
