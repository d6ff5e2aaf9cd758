import type { Cell, Column, Row } from './table.ts'

/**
 * Spells a row as a JSON object. Cells keep their kind: digits that came as text stay text,
 * since a 64-bit id would not survive most readers' numbers, and so do decimals.
 */
export function makeObjectRenderer(columns: readonly Column[]): (row: Row) => string {
  const prefixes = columns.map(({ key }, i) => `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`)
  const { length } = columns
  return (row) => {
    let line = ''
    for (let i = 0; i < length; i++) line += prefixes[i] + renderValue(row[i])
    return `${line}}`
  }
}

function renderValue(cell: Cell | undefined): string {
  if (typeof cell === 'string') return JSON.stringify(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? `${cell}` : 'null'
  return cell === undefined ? 'null' : `${cell}`
}
