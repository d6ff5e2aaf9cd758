import type { ReactNode } from 'react'
import { formatHoursMinutes, parseWorked } from '../../../../src/domain/duration.ts'
import { isDay } from '../../time/days.ts'
import type { Chosen } from '../person-field.tsx'

export type Value = string | number | boolean | null | Chosen

/** What every row of a table has. */
export type Row = { readonly id: string; readonly version?: number | undefined }

export type Option = { readonly value: string; readonly label: string }

/** A field of rows: how it is shown, typed, read from a file and sent. */
export type Column<R> = {
  /** The field of the request it becomes, where `body` says nothing else. */
  readonly id: string
  readonly label: string
  readonly kind: 'text' | 'choice' | 'flag' | 'number' | 'hours' | 'day' | 'person' | 'shown'
  readonly of: (row: R) => Value
  readonly show?: (row: R) => ReactNode
  readonly options?: readonly Option[]
  /** May not be empty. */
  readonly isRequired?: boolean
  /** Said once, when the row is made. */
  readonly isFixed?: boolean
  /** A figure, though it is only shown. */
  readonly isFigure?: boolean
  /** Not in the table: said when a row is made, and read from files. */
  readonly isAside?: boolean
  /** Not asked for when a row is made. */
  readonly isLater?: boolean
  readonly least?: number
  readonly most?: number
  /** What it becomes in a request, where that is not `{ [id]: value }`. */
  readonly body?: (value: Value, row: R | undefined) => object
  /** What a new row has when nothing is said. */
  readonly usual?: Value
  readonly hint?: string
  /** Any one row where this does not hold cannot be changed. */
  readonly isOpen?: (row: R) => boolean
}

export type Parsed =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: Problem }

export type Problem = 'required' | 'number' | 'hours' | 'day' | 'choice' | 'flag'

/** What was typed, or stood in a file, as a value of the column. */
export function parseValue(
  column: Pick<Column<never>, 'kind' | 'isRequired' | 'options' | 'least' | 'most'>,
  typed: string,
): Parsed {
  const text = typed.trim()
  if (text === '' && column.kind !== 'flag')
    return column.isRequired ? { problem: 'required' } : { value: null }
  switch (column.kind) {
    case 'number': {
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = column
      const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return number >= least && number <= most ? { value: number } : { problem: 'number' }
    }
    case 'hours':
      return parseHours(text, column.most ?? 86_400, column.least ?? 0)
    case 'day':
      return isDay(text) ? { value: text } : { problem: 'day' }
    case 'choice': {
      const wanted = text.toLowerCase()
      const option =
        column.options?.find(({ value }) => value === text) ??
        column.options?.find(({ value, label }) =>
          [value.toLowerCase(), label.toLowerCase()].includes(wanted),
        )
      return option ? { value: option.value } : { problem: 'choice' }
    }
    case 'flag': {
      const wanted = text.toLowerCase()
      if (yes.includes(wanted)) return { value: true }
      return no.includes(wanted) ? { value: false } : { problem: 'flag' }
    }
    default:
      return { value: text }
  }
}

const yes = ['true', 'yes', 'y', '1', 'x', 'ja', 'j', 'wahr']
const no = ['', 'false', 'no', 'n', '0', 'nein', 'falsch', '-']

function parseHours(text: string, most: number, least: number): Parsed {
  try {
    const { kind, seconds } = parseWorked(text)
    return kind === 'set' && seconds >= least && seconds <= most
      ? { value: seconds }
      : { problem: 'hours' }
  } catch {
    return { problem: 'hours' }
  }
}

/** A value as it stands in the field where it is typed. */
export function textOf(column: Pick<Column<never>, 'kind'>, value: Value): string {
  if (value === null) return ''
  if (typeof value === 'object') return value.displayName
  if (column.kind === 'hours' && typeof value === 'number') return formatHoursMinutes(value)
  return String(value)
}

/** What a value becomes in a request. */
export function bodyOf<R>(column: Column<R>, value: Value, row: R | undefined): object {
  if (column.body) return column.body(value, row)
  const plain = typeof value === 'object' && value !== null ? value.id : value
  return { [column.id]: plain }
}

/** Whether what a column holds stands at the right. */
export function isFigure({ kind, isFigure: isShown }: Pick<Column<never>, 'kind' | 'isFigure'>) {
  return kind === 'number' || kind === 'hours' || isShown === true
}

/** Whether two values mean the same. */
export function isSame(one: Value, other: Value): boolean {
  const idOf = (value: Value) =>
    typeof value === 'object' && value !== null ? value.id : (value ?? '')
  return idOf(one) === idOf(other)
}
