import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oneLine } from './columns.ts'
import { csvCell } from './csv.ts'

describe('cells of exportData.csv', () => {
  it.each([
    ['', 'text', ''],
    ['', 'bare', ''],
    ['Say "hi"', 'text', '"Say ""hi"""'],
    ['Bug', 'bare', 'Bug'],
    ['Task, big', 'bare', '"Task, big"'],
    ['1,234.5', 'hours', '"1,234.5"'],
    ['=1+1', 'text', '"=1+1"'],
  ] as const)('%j as %s is %s', (value, kind, expected) => {
    expect(csvCell(value, kind)).toBe(expected)
  })

  it('guards what looks like a formula only where it is asked to', () => {
    expect(csvCell('=1+1', 'text', true)).toBe('"\'=1+1"')
  })

  it('puts a comment on one line and makes only whole tags harmless', () => {
    expect(oneLine('line1\nline2 <b>bold</b>, "q"')).toBe(
      'line1 line2 &lt;b&gt;bold&lt;/b&gt;, "q"',
    )
    expect(oneLine('a\r\nb < c')).toBe('a b < c')
  })

  it('is read back by another parser, whatever the texts are', () => {
    const row = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const texts = rows.map((cells) => cells.map(oneLine))
        const file = texts
          .map(
            (cells, at) =>
              `${cells.map((cell) => csvCell(cell, at % 2 ? 'bare' : 'text')).join(',')}\n`,
          )
          .join('')
        expect(parse(file, { relax_column_count: true, record_delimiter: '\n' })).toEqual(texts)
      }),
    )
  })
})
