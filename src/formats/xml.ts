import { writeRows } from './chunks.ts'
import type { Row, Table } from './table.ts'
import { toXmlName, toXmlText } from './xml-text.ts'

/**
 * XML with the table's name as root, a `row` element for each row and in it an element for each
 * cell, named by column key. A null cell has no element; an empty text has an empty one.
 */
export function writeXml(table: Table): AsyncGenerator<Buffer> {
  const root = toXmlName(table.name)
  return writeRows(table, {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n`,
    tail: `</${root}>\n`,
    renderRow: makeRowRenderer(table),
  })
}

function makeRowRenderer({ columns }: Table): (row: Row) => string {
  const starts = columns.map(({ key }) => `<${toXmlName(key)}>`)
  const ends = columns.map(({ key }) => `</${toXmlName(key)}>`)
  const { length } = columns
  return (row) => {
    let line = '<row>'
    for (let i = 0; i < length; i++) {
      const cell = row[i]
      if (cell === null || cell === undefined) continue
      line += starts[i] + (typeof cell === 'string' ? toXmlText(cell) : `${cell}`) + ends[i]
    }
    return `${line}</row>\n`
  }
}
