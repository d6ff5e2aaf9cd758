import { describe, expect, it } from 'vitest'
import type { CellType } from './table.ts'
import { renderers } from './xlsx-cells.ts'

const context = { guardFormulas: true, styleOfOffset: () => 9 }
const inline = (text: string) => ` t="inlineStr"><is><t xml:space="preserve">${text}</t></is>`

type Case = { type: CellType; cell: string | number | boolean; written: string }

describe('xlsx cells', () => {
  it.each<Case>([
    { type: 'integer', cell: 42, written: ' s="2"><v>42</v>' },
    { type: 'integer', cell: '-42', written: ' s="2"><v>-42</v>' },
    { type: 'integer', cell: '999999999999999', written: ' s="2"><v>999999999999999</v>' },
    { type: 'integer', cell: '1000000000000001', written: inline('1000000000000001') },
    { type: 'integer', cell: '007', written: inline('007') },
    { type: 'decimal', cell: '-1.50', written: ' s="3"><v>-1.5</v>' },
    { type: 'seconds', cell: 5400, written: ' s="4"><v>0.0625</v>' },
    { type: 'day', cell: '2026-03-02', written: ' s="5"><v>46083</v>' },
    { type: 'day', cell: '1900-03-01', written: ' s="5"><v>61</v>' },
    { type: 'day', cell: '1900-02-28', written: inline('1900-02-28') },
    { type: 'day', cell: '1899-12-31', written: inline('1899-12-31') },
    { type: 'day', cell: '2026-02-31', written: inline('2026-02-31') },
    { type: 'day', cell: 'soon', written: inline('soon') },
    { type: 'instant', cell: '2026-03-02T12:00:00.000+01:00', written: ' s="9"><v>46083.5</v>' },
    { type: 'instant', cell: '2026-03-02T06:00Z', written: ' s="9"><v>46083.25</v>' },
    { type: 'instant', cell: '2026-03-02', written: inline('2026-03-02') },
    { type: 'boolean', cell: true, written: ' t="b"><v>1</v>' },
    { type: 'text', cell: '_x0041_ _xyz', written: inline('_x005F_x0041_ _xyz') },
    { type: 'text', cell: 'a < b', written: inline('a &lt; b') },
    { type: 'text', cell: '-5', written: inline("'-5") },
  ])('writes $type $cell', ({ type, cell, written }) => {
    expect(renderers[type](cell, context)).toBe(written)
  })

  it('cuts a text to what a cell holds, never inside a character', () => {
    expect(renderers.text('a'.repeat(32_767), context)).toBe(inline('a'.repeat(32_767)))
    expect(renderers.text('a'.repeat(32_768), context)).toBe(inline(`${'a'.repeat(32_766)}…`))
    const split = `${'a'.repeat(32_765)}😀😀`
    expect(renderers.text(split, context)).toBe(inline(`${'a'.repeat(32_765)}…`))
  })
})
