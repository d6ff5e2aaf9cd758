import { guardFormula } from './formula-guard.ts'
import type { Cell, CellType } from './table.ts'
import { STYLES } from './xlsx-styles.ts'
import { toXmlText } from './xml-text.ts'

const MAX_TEXT_LENGTH = 32_767
const SECONDS_PER_DAY = 86_400
const MS_PER_DAY = 86_400_000
// serial 0; it holds from 1 March 1900 on, before which Excel counts a leap day that never was
const EPOCH_MS = Date.UTC(1899, 11, 30)
const FIRST_SERIAL = 61

/** What a value needs to be spelt as a cell. */
export type CellContext = {
  readonly guardFormulas: boolean
  readonly styleOfOffset: (offset: string) => number
}

/** Everything of a `c` element after its reference: attributes, then content. */
export type RenderCell = (cell: string | number | boolean, context: CellContext) => string

/** One renderer for each type; what does not fit its type, or Excel's numbers, becomes text. */
export const renderers: Readonly<Record<CellType, RenderCell>> = {
  text: (cell, { guardFormulas }) => {
    const text = `${cell}`
    return renderText(guardFormulas ? guardFormula(text) : text)
  },
  integer: (cell) => renderNumber(toExactNumber(cell), STYLES.integer, cell),
  decimal: (cell) => renderNumber(toExactNumber(cell), STYLES.decimal, cell),
  seconds: (cell) => renderNumber(toDayFraction(cell), STYLES.seconds, cell),
  day: (cell) => renderNumber(toSerial(`${cell}`), STYLES.day, cell),
  instant: (cell, { styleOfOffset }) => renderInstant(`${cell}`, styleOfOffset),
  boolean: (cell) =>
    typeof cell === 'boolean' ? ` t="b"><v>${cell ? 1 : 0}</v>` : renderText(`${cell}`),
}

/** A text cell as an inline string, cut to what a cell can hold. */
export function renderText(text: string, style: number = STYLES.plain): string {
  const styled = style === STYLES.plain ? '' : ` s="${style}"`
  const xml = toXmlText(escapeUnderscores(cut(text)))
  return `${styled} t="inlineStr"><is><t xml:space="preserve">${xml}</t></is>`
}

/** The number of an integer or decimal cell, unless it has more than the 15 digits Excel keeps. */
export function toExactNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  if (typeof cell !== 'string' || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell)) return undefined
  return cell.replace(/\D/g, '').length <= 15 ? Number(cell) : undefined
}

/** Seconds as Excel counts time: a fraction of a day. */
export function toDayFraction(cell: Cell): number | undefined {
  const isTime = typeof cell === 'number' && Number.isFinite(cell)
  return isTime ? cell / SECONDS_PER_DAY : undefined
}

function renderNumber(value: number | undefined, style: number, cell: Cell): string {
  return value === undefined ? renderText(`${cell}`) : ` s="${style}"><v>${value}</v>`
}

// days before March 1900 have no serial that Excel and LibreOffice agree on: they stay text
function toSerial(day: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  const date = new Date(`${day}T00:00:00Z`)
  const serial = (date.getTime() - EPOCH_MS) / MS_PER_DAY
  // 31 February parses, as a day in March
  const isReal = date.getUTCDate() === Number(day.slice(8))
  return isReal && serial >= FIRST_SERIAL ? serial : undefined
}

const INSTANT = /^(.{10})T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:?\d\d)$/

function renderInstant(instant: string, styleOfOffset: CellContext['styleOfOffset']): string {
  const [, day = '', hours, minutes, seconds = 0, offset = ''] = INSTANT.exec(instant) ?? []
  const serial = toSerial(day)
  if (serial === undefined) return renderText(instant)
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return renderNumber(serial + time / SECONDS_PER_DAY, styleOfOffset(offset), instant)
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text
  const kept = text.slice(0, MAX_TEXT_LENGTH - 1)
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

// Excel reads _x0041_ inside a string as the character of that number
function escapeUnderscores(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_') : text
}
