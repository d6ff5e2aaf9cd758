import { describe, expect, it } from 'vitest'
import type { Column } from './column.ts'
import { matchHeaders, parseCsv } from './csv.ts'
import { planImport } from './import-plan.ts'

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\r\n1;2'],
    ['tabs', 'a\tb\r1\t2'],
    ['a mark of UTF-8, and empty lines', '\uFEFFa,b\n\n1,2\n , \n'],
  ])('is read with %s', (_, text) => {
    expect(parseCsv(text)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('keeps separators, line ends and quotes within quotes', () => {
    expect(parseCsv('name,note\n"Doe, Jane","said ""yes""\nand left"')).toEqual([
      ['name', 'note'],
      ['Doe, Jane', 'said "yes"\nand left'],
    ])
  })

  it('finds its columns by id or by label in any language, however written', () => {
    const columns = [
      { id: 'displayName', labels: ['Name'] },
      { id: 'email', labels: ['E-mail', 'E-Mail'] },
      { id: 'staffId', labels: ['Staff number'] },
    ]
    expect(matchHeaders(['E-MAIL', 'display name', 'Other'], columns)).toEqual({
      displayName: 1,
      email: 0,
    })
  })
})

type Thing = { readonly id: string; readonly key: string; readonly name: string; budget: number }

describe('what an import would do', () => {
  const columns: readonly Column<Thing>[] = [
    { id: 'key', label: 'Key', kind: 'text', of: (row) => row.key, isRequired: true },
    { id: 'name', label: 'Name', kind: 'text', of: (row) => row.name, isRequired: true },
    { id: 'budget', label: 'Budget', kind: 'number', of: (row) => row.budget },
  ]
  const rows: readonly Thing[] = [{ id: '1', key: 'A', name: 'Alpha', budget: 5 }]
  const plan = (...lines: string[][]) =>
    planImport(
      lines,
      columns,
      { key: 0, name: 1, budget: 2 },
      rows,
      (row, { key }) => row.key === key,
    )

  it('tells new, changed and unchanged lines apart; an empty cell changes nothing', () => {
    expect(plan(['A', 'Alpha', ''], ['A', 'Alfa', '5'], ['B', 'Beta', '7'])).toEqual([
      { line: 2, name: 'A', kind: 'same' },
      { line: 3, name: 'A', kind: 'changed', row: rows[0], body: { name: 'Alfa' } },
      { line: 4, name: 'B', kind: 'new', body: { key: 'B', name: 'Beta', budget: 7 } },
    ])
  })

  it('leaves out what it cannot read, and says which field of which line', () => {
    expect(plan(['B', '', '7'], ['B', 'Beta', 'much'])).toEqual([
      { line: 2, name: 'B', kind: 'bad', field: 'Name', problem: 'required' },
      { line: 3, name: 'B', kind: 'bad', field: 'Budget', problem: 'number' },
    ])
  })
})
