import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Cell, Column } from './table.ts'
import { anyRows, aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'
import { writeXlsx } from './xlsx.ts'

type XmlCell = { r: string; s?: string; t?: string; v?: string; f?: string; is?: { t: unknown } }

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 1_000_000 },
  isArray: (name) => ['row', 'c', 'sheet', 'definedName', 'xf', 'numFmt'].includes(name),
})

async function open(chunks: AsyncIterable<Buffer>) {
  const entries = Object.entries(unzipSync(await readAll(chunks)))
  const parts = Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)]))
  for (const xml of Object.values(parts)) expect(XMLValidator.validate(xml)).toBe(true)
  const book = parser.parse(parts['xl/workbook.xml']!).workbook
  const sheets = Object.keys(parts)
    .filter((path) => path.startsWith('xl/worksheets/'))
    .map((path) => parser.parse(parts[path]!).worksheet)
  const names = (book.sheets.sheet as { name: string }[]).map(({ name }) => name)
  return { parts, sheets, names, styles: readStyles(parts['xl/styles.xml']!) }
}

function readStyles(xml: string): (style: string | undefined) => string {
  const { numFmts, cellXfs } = parser.parse(xml).styleSheet
  const codes = new Map<string, string>(
    numFmts.numFmt.map((format: { numFmtId: string; formatCode: string }) => [
      format.numFmtId,
      format.formatCode,
    ]),
  )
  return (style = '0') => codes.get(cellXfs.xf[Number(style)].numFmtId) ?? ''
}

const rowsOf = (sheet: { sheetData: { row: { c?: XmlCell[] }[] } }) =>
  sheet.sheetData.row.map(
    ({ c = [] }) => new Map(c.map((cell) => [cell.r.replace(/\d/g, ''), cell])),
  )

const textOf = (cell: XmlCell | undefined) => {
  const t = cell?.is?.t
  const text = typeof t === 'object' ? ((t as { '#text'?: string })['#text'] ?? '') : `${t}`
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

const toIso = (serial: number) =>
  new Date(Math.round((serial - 25_569) * 86_400) * 1000).toISOString()

/** What a cell says once it is read by its type, spelt as the table had it. */
function readCell(cell: XmlCell | undefined, { type }: Column, style: string): unknown {
  if (!cell) return null
  if (cell.t === 'inlineStr') return textOf(cell)
  if (cell.t === 'b') return cell.v === '1'
  const value = Number(cell.v)
  if (type === 'seconds') return Math.round(value * 86_400)
  if (type === 'decimal') return value.toFixed(2)
  if (type === 'day') return toIso(value).slice(0, 10)
  if (type === 'instant') return toIso(value).slice(0, 19) + offsetOf(style)
  return `${value}`
}

const offsetOf = (style: string) => /" (.*)"/.exec(style)?.[1]?.replace('UTC', 'Z')

const toLegal = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')

const toExpected = (cell: Cell, { type }: Column) => {
  if (cell === null || typeof cell === 'boolean' || type === 'seconds') return cell
  return type === 'text' ? toLegal(`${cell}`) : `${cell}`
}

describe('xlsx', () => {
  itKeepsTheWriterContract('xlsx', writeXlsx)

  it('is the same bytes for the same table', async () => {
    const write = () => readAll(writeXlsx(aTable(['a', 'b:day'], [['x', '2026-03-02']])))
    expect((await write()).equals(await write())).toBe(true)
  })

  it('has a bold frozen header, a filter, and widths', async () => {
    const { parts } = await open(writeXlsx(aTable(['a', 'b:day'], [['x', '2026-03-02']])))
    const sheet = parts['xl/worksheets/sheet1.xml']!
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2"')
    expect(sheet).toContain('<autoFilter ref="A1:B2"/>')
    expect(sheet).toContain('<col min="2" max="2" width="12" customWidth="1"/>')
    expect(sheet).toContain('<c r="A1" s="1" t="inlineStr">')
    expect(parts['xl/workbook.xml']).toContain(`hidden="1">'worklogs'!$A$1:$B$2<`)
  })

  it('sums with formulas that carry their value', async () => {
    const columns = ['key', 'time:seconds', 'hours:decimal', 'id:integer'].map((name) => {
      const column = aTable([name], []).columns[0]!
      return column.key === 'key' ? column : { ...column, isSummed: true }
    })
    const rows = [
      ['A-1', 3600, '0.10', 3],
      ['A-2', 1800, '0.20', '9223372036854775807'],
    ]
    const { sheets, styles } = await open(writeXlsx({ ...aTable([], rows), columns }))
    const total = rowsOf(sheets[0])[3]!
    expect(textOf(total.get('A'))).toBe('Total')
    expect(total.get('B')).toMatchObject({ f: 'SUM(B2:B3)', v: '0.0625' })
    expect(total.get('C')).toMatchObject({ f: 'SUM(C2:C3)', v: '0.3' })
    // the second id is beyond Excel's numbers: it is text there and no part of the sum
    expect(total.get('D')).toMatchObject({ f: 'SUM(D2:D3)', v: '3' })
    expect(styles(total.get('B')?.s)).toBe('[h]:mm:ss')
  })

  it('has no totals when there is nothing to add', async () => {
    const columns = [{ key: 't', title: 'T', type: 'seconds', isSummed: true }] as const
    const { sheets } = await open(writeXlsx({ ...aTable([], []), columns }))
    expect(rowsOf(sheets[0])).toHaveLength(1)
  })

  it('continues on a next sheet, and sums over all of them', async () => {
    const columns = [{ key: 'n', title: 'N', type: 'integer', isSummed: true }] as const
    const rows = [[1], [2], [3], [4], [5]]
    const table = { ...aTable([], rows, 3), name: "Ann's/log", columns }
    const { sheets, names, parts } = await open(writeXlsx(table, { rowsPerSheet: 2 }))
    expect(names).toEqual(["Ann's log", "Ann's log (2)", "Ann's log (3)"])
    const values = sheets.map((sheet) => rowsOf(sheet).map((row) => row.get('A')?.v ?? 'N'))
    expect(values).toEqual([
      ['N', '1', '2'],
      ['N', '3', '4'],
      ['N', '5', '15'],
    ])
    const formula = rowsOf(sheets[2])[2]!.get('A')!.f
    expect(formula).toBe("SUM('Ann''s log'!A2:A3,'Ann''s log (2)'!A2:A3,A2:A2)")
    expect(parts['[Content_Types].xml']).toContain('/xl/worksheets/sheet3.xml')
  })

  it('stops at a full sheet when the rows end there', async () => {
    const table = aTable(['n:integer'], [[1], [2]])
    const { names } = await open(writeXlsx(table, { rowsPerSheet: 2 }))
    expect(names).toEqual(['worklogs'])
  })

  it('names columns beyond Z', async () => {
    const keys = Array.from({ length: 703 }, (_, i) => `c${i}`)
    const { parts } = await open(writeXlsx(aTable(keys, [])))
    const sheet = parts['xl/worksheets/sheet1.xml']!
    for (const cell of ['Z1', 'AA1', 'AZ1', 'BA1', 'ZZ1', 'AAA1'])
      expect(sheet).toContain(`r="${cell}"`)
  })

  it('reads back equal when nothing is guarded', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const table = aTable(columns, rows, batchSize)
        const { sheets, styles } = await open(writeXlsx(table, { guardFormulas: false }))
        const read = rowsOf(sheets[0]).slice(1)
        expect(read).toHaveLength(rows.length)
        for (const [i, row] of rows.entries()) {
          for (const [j, column] of table.columns.entries()) {
            const cell = read[i]!.get('ABCDEF'[j]!)
            expect(readCell(cell, column, styles(cell?.s))).toEqual(toExpected(row[j]!, column))
          }
        }
      }),
    )
  })

  it('lets no text cell begin like a formula', async () => {
    const cells = ['=1+1', '+1', '-1', '@a', '\tx', '\rx', 'a=1']
    const { sheets } = await open(
      writeXlsx(
        aTable(
          ['a'],
          cells.map((cell) => [cell]),
        ),
      ),
    )
    const read = rowsOf(sheets[0])
      .slice(1)
      .map((row) => textOf(row.get('A')))
    expect(read).toEqual(["'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", 'a=1'])
  })
})
