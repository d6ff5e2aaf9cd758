import { writeRows } from './chunks.ts'
import { type GuardOptions, guardFormula } from './formula-guard.ts'
import type { Cell, Row, Table } from './table.ts'

/** `bom` puts a byte order mark in front, without which Excel takes UTF-8 for a local encoding. */
export type CsvOptions = GuardOptions & { readonly bom?: boolean }

/** CSV as in RFC 4180: a header of titles, CRLF, quotes only where they are needed. */
export function writeCsv(table: Table, options: CsvOptions = {}): AsyncGenerator<Buffer> {
  const { guardFormulas = true, bom = false } = options
  const isGuarded = table.columns.map(({ type }) => guardFormulas && type === 'text')
  const renderRow = makeRowRenderer(isGuarded)
  const renderHeader = makeRowRenderer(table.columns.map(() => guardFormulas))
  const header = renderHeader(table.columns.map(({ title }) => title))
  return writeRows(table, { head: (bom ? '\ufeff' : '') + header, tail: '', renderRow })
}

function makeRowRenderer(isGuarded: readonly boolean[]): (row: Row) => string {
  const { length } = isGuarded
  // an empty line is no record to most readers, so a lone empty cell needs its quotes
  if (length === 1) return ([cell]) => `${renderCell(cell, isGuarded[0]) || '""'}\r\n`
  return (row) => {
    let line = renderCell(row[0], isGuarded[0])
    for (let i = 1; i < length; i++) line += `,${renderCell(row[i], isGuarded[i])}`
    return `${line}\r\n`
  }
}

function renderCell(cell: Cell | undefined, isGuarded: boolean | undefined): string {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : `${cell}`
  const text = isGuarded ? guardFormula(cell) : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
