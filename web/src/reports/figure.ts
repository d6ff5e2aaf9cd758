import type { Format } from '../time/format.ts'
import type { ReportColumn } from './reports-query.ts'

type Cell = string | number | boolean | null | undefined

/** A figure of a report as the person wants it; a faint dot where there is nothing. */
export function figureText(
  format: Format,
  { type }: Pick<ReportColumn, 'type'>,
  cell: Cell,
): string {
  if (cell === null || cell === undefined || cell === 0) return '·'
  if (type === 'seconds' && typeof cell === 'number') return format.hours(cell)
  if (typeof cell === 'number') return format.number(Math.round(cell * 10) / 10)
  if (type === 'day' && typeof cell === 'string') return format.shortDay(cell)
  return String(cell)
}
