import stringWidth from 'string-width'
import { CHUNK_LENGTH } from './chunks.ts'
import type { Cell, CellType, Column, Table } from './table.ts'

/** `maxWidth` is the terminal's width in columns; wide columns shrink until a line fits it. */
export type TextOptions = { readonly maxWidth?: number }

const MAX_ROWS = 10_000
const MAX_CELL_WIDTH = 60
const MIN_CELL_WIDTH = 8
const GAP = '  '

const graphemes = new Intl.Segmenter()

/**
 * A table for a terminal: aligned columns, durations as h:mm, long cells cut with an ellipsis.
 * Widths are known only at the end, so it keeps rows, up to 10,000, and counts the rest.
 */
export async function* writeText(table: Table, options: TextOptions = {}): AsyncGenerator<Buffer> {
  const { columns } = table
  const lines = [columns.map(({ title }) => cut(toOneLine(title), MAX_CELL_WIDTH))]
  let hiddenCount = 0
  for await (const batch of table.batches) {
    const shown = batch.slice(0, MAX_ROWS + 1 - lines.length)
    hiddenCount += batch.length - shown.length
    for (const row of shown) lines.push(columns.map(({ type }, i) => renderCell(row[i], type)))
  }
  if (table.total) lines.push(columns.map(({ type }, i) => renderCell(table.total?.[i], type)))
  const widths = shrink(measure(lines, columns), options.maxWidth)
  let text = ''
  for (const [i, line] of lines.entries()) {
    text += renderLine(line, columns, widths)
    if (i === 0) text += `${widths.map((width) => '-'.repeat(width)).join(GAP)}\n`
    if (text.length >= CHUNK_LENGTH) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (hiddenCount > 0) text += `… and ${hiddenCount} more row${hiddenCount === 1 ? '' : 's'}\n`
  if (text !== '') yield Buffer.from(text)
}

function renderLine(cells: readonly string[], columns: readonly Column[], widths: number[]) {
  const padded = cells.map((cell, i) => {
    const fitting = cut(cell, widths[i]!)
    const padding = ' '.repeat(widths[i]! - widthOf(fitting))
    return isRightAligned(columns[i]!.type) ? padding + fitting : fitting + padding
  })
  return `${padded.join(GAP).trimEnd()}\n`
}

function renderCell(cell: Cell | undefined, type: CellType): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (type === 'seconds' && typeof cell === 'number') return formatDuration(cell)
  return cut(toOneLine(`${cell}`), MAX_CELL_WIDTH)
}

/** `h:mm`, with `:ss` only where there are seconds. */
export function formatDuration(durationSeconds: number): string {
  const whole = Math.abs(durationSeconds)
  const [hours, minutes, seconds] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ]
  const parts = seconds === 0 ? [minutes] : [minutes, seconds]
  const sign = durationSeconds < 0 ? '-' : ''
  return [`${sign}${hours}`, ...parts.map((part) => `${part}`.padStart(2, '0'))].join(':')
}

function isRightAligned(type: CellType): boolean {
  return type === 'integer' || type === 'seconds' || type === 'decimal'
}

// a comment from Jira must neither break the table nor drive the terminal (escape sequences,
// text that turns the direction of what follows)
function toOneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

function cut(text: string, maxWidth: number): string {
  if (widthOf(text) <= maxWidth) return text
  let kept = ''
  let width = 1 // the ellipsis
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment)
    if (width > maxWidth) break
    kept += segment
  }
  return `${kept}…`
}

function measure(lines: readonly string[][], columns: readonly Column[]): number[] {
  const widths = columns.map(() => 0)
  for (const line of lines) {
    for (const [i, cell] of line.entries()) widths[i] = Math.max(widths[i]!, widthOf(cell))
  }
  return widths
}

// takes from the widest column first: short ones (ids, days, hours) are worth most whole
function shrink(widths: number[], maxWidth = Number.POSITIVE_INFINITY): number[] {
  const fitted = [...widths]
  let excess = fitted.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - maxWidth
  while (excess > 0) {
    const widest = fitted.indexOf(Math.max(...fitted))
    if (fitted[widest] === undefined || fitted[widest] <= MIN_CELL_WIDTH) break
    fitted[widest]--
    excess--
  }
  return fitted
}
