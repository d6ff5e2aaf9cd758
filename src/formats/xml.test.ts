import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { Row } from './table.ts'
import { anyRows, aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'
import { writeXml } from './xml.ts'

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000 },
  isArray: (name) => name === 'row',
})

// written as XML 1.0 states it, section 2.2
const isChar = (point: number) =>
  point === 0x9 ||
  point === 0xa ||
  point === 0xd ||
  (point >= 0x20 && point <= 0xd7ff) ||
  (point >= 0xe000 && point <= 0xfffd) ||
  point >= 0x10000
const toLegal = (text: string) =>
  [...text].map((point) => (isChar(point.codePointAt(0)!) ? point : '\ufffd')).join('')

describe('xml', () => {
  itKeepsTheWriterContract('xml', writeXml)

  it('names the root after the table, rows `row`, cells by key, and leaves out nothing', async () => {
    const table = aTable(
      ['key', 'time:seconds', 'x'],
      [
        ['A-1', 60, null],
        ['A-2', 0, ''],
      ],
    )
    expect((await readAll(writeXml(table))).toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<worklogs>\n' +
        '<row><key>A-1</key><time>60</time></row>\n' +
        '<row><key>A-2</key><time>0</time><x></x></row>\n</worklogs>\n',
    )
  })

  it.each([
    { name: 'markup', cell: '<a b="c">&amp;', written: '&lt;a b="c"&gt;&amp;amp;' },
    { name: 'the end of a CDATA section', cell: ']]>', written: ']]&gt;' },
    { name: 'a carriage return', cell: 'a\r\nb\tc', written: 'a&#xD;\nb\tc' },
    { name: 'control characters', cell: '\0a\x1b\uffff', written: '\ufffda\ufffd\ufffd' },
    { name: 'half a surrogate pair', cell: 'a\ud83d', written: 'a\ufffd' },
    { name: 'an emoji', cell: '😀', written: '😀' },
  ])('escapes $name', async ({ cell, written }) => {
    const xml = (await readAll(writeXml(aTable(['a'], [[cell]])))).toString()
    expect(xml).toContain(`<row><a>${written}</a></row>`)
  })

  it.each([
    { key: 'Issue key', element: 'Issue_key' },
    { key: '1st', element: '_1st' },
    { key: 'xmlns', element: '_xmlns' },
    { key: 'a:b/<c>', element: 'a_b__c_' },
    { key: '', element: '_' },
  ])('makes an element name of "$key"', async ({ key, element }) => {
    const column = { key, title: key, type: 'text' } as const
    const table = { ...aTable([], [['x']]), columns: [column] }
    expect((await readAll(writeXml(table))).toString()).toContain(`<${element}>x</${element}>`)
  })

  it('reads back equal', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const table = aTable(columns, rows, batchSize)
        const xml = (await readAll(writeXml(table))).toString()
        expect(XMLValidator.validate(xml)).toBe(true)
        const expected = rows.map((row: Row) =>
          table.columns.flatMap(({ key }, i) =>
            row[i] === null ? [] : [[key, toLegal(`${row[i]}`)]],
          ),
        )
        const read = (parser.parse(xml).worklogs?.row ?? []) as Record<string, string>[]
        const cells = read.map((row) => Object.entries(row).filter(([key]) => key !== '#text'))
        expect(cells).toEqual(expected)
      }),
    )
  })
})
