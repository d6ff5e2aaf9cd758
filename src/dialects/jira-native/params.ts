import { refusal } from './errors.ts'

/** A query or a body as it came: nothing about it is known. */
export type Loose = Readonly<Record<string, unknown>>

/** The body as an object; anything else says nothing. */
export function objectOf(json: unknown): Loose {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Loose) : {}
}

/** A value as one text: of a repeated parameter the last counts, numbers and flags are texts too. */
export function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value
  if (typeof one === 'string') return one
  return typeof one === 'number' || typeof one === 'boolean' ? String(one) : undefined
}

/** A list however it is sent: repeated, with commas, or as an array; blanks and empty parts go. */
export function listOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const parts = Array.isArray(value) ? value : [value]
  return parts
    .flatMap((part) => (textOf(part) ?? '').split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A whole number, also written as text; undefined where nothing was said, refused where none. */
export function numberOf(value: unknown, name: string, status = 400): number | undefined {
  const text = textOf(value)?.trim()
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  if (!/^[+-]?\d{1,16}$/.test(text) || !Number.isSafeInteger(number))
    throw refusal(status, `The value '${text.slice(0, 100)}' of '${name}' is not a number.`)
  return number
}

/** Where a page begins and how long it may be; below zero is refused, too much is cut. */
export function pageOf(
  from: Loose,
  { size, most, status = 400 }: { size: number; most: number; status?: number },
): { readonly startAt: number; readonly maxResults: number } {
  const startAt = numberOf(from.startAt, 'startAt', status) ?? 0
  const maxResults = numberOf(from.maxResults, 'maxResults', status) ?? size
  if (startAt < 0) throw refusal(status, "The value of 'startAt' must not be negative.")
  if (maxResults < 0) throw refusal(status, "The value of 'maxResults' must not be negative.")
  return { startAt, maxResults: Math.min(maxResults, most) }
}

/** A switch that is on only where it says so, in any case. */
export function isOn(value: unknown): boolean {
  return textOf(value)?.toLowerCase() === 'true'
}
