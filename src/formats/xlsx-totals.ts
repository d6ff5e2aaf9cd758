import type { Cell, Column, Row } from './table.ts'
import { renderText, toDayFraction, toExactNumber } from './xlsx-cells.ts'
import { STYLES } from './xlsx-styles.ts'
import { toXmlText } from './xml-text.ts'

/** The sums of a workbook: formulas for Excel, and their values for readers that do not compute. */
export type Totals = {
  readonly isWanted: boolean
  readonly add: (row: Row) => void
  /** The cells of the totals row; `toRanges` says where a column's rows are. */
  readonly renderRow: (
    letters: readonly string[],
    rowNumber: number,
    toRanges: (letter: string) => string,
  ) => string
}

type Sum = {
  readonly style: number
  readonly scale: number
  readonly toNumber: (cell: Cell) => number | undefined
}

// decimals are summed as millionths and durations as seconds: whole numbers add up exactly
const SUMS: Readonly<Partial<Record<Column['type'], Sum>>> = {
  integer: { style: STYLES.boldInteger, scale: 1, toNumber: toExactNumber },
  decimal: { style: STYLES.boldDecimal, scale: 1_000_000, toNumber: toExactNumber },
  seconds: { style: STYLES.boldSeconds, scale: 86_400, toNumber: toDayFraction },
}

/** Adds up the `isSummed` columns that hold numbers; the first text column gets the label. */
export function makeTotals(columns: readonly Column[], total?: Row): Totals {
  const sums = columns.map(({ isSummed, type }) => (isSummed ? SUMS[type] : undefined))
  const summed = [...sums.entries()].flatMap(([i, sum]) => (sum ? [{ i, sum }] : []))
  const values = columns.map(() => 0)
  const labelIndex = columns.findIndex(({ type }) => type === 'text')
  return {
    isWanted: summed.length > 0 || total !== undefined,
    add: (row) => {
      for (const { i, sum } of summed) {
        values[i]! += Math.round((sum.toNumber(row[i] ?? null) ?? 0) * sum.scale)
      }
    },
    renderRow: (letters, rowNumber, toRanges) =>
      letters
        .map((letter, i) => {
          const start = `<c r="${letter}${rowNumber}"`
          const sum = sums[i]
          if (!sum && i === labelIndex) return `${start}${renderText('Total', STYLES.bold)}</c>`
          if (!sum) return renderUnsummed(start, columns[i]!, total?.[i] ?? null)
          const formula = toXmlText(`SUM(${toRanges(letter)})`)
          return `${start} s="${sum.style}"><f>${formula}</f><v>${values[i]! / sum.scale}</v></c>`
        })
        .join(''),
  }
}

/** What does not add up over the rows, such as percents, stands as the value it is. */
function renderUnsummed(start: string, { type }: Column, cell: Cell): string {
  const known = SUMS[type]
  const value = known?.toNumber(cell)
  return known && value !== undefined ? `${start} s="${known.style}"><v>${value}</v></c>` : ''
}
