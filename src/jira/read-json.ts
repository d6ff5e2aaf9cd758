import type { OffsetInstant } from '../domain/zone.ts'
import { parseJiraDate } from './date.ts'

/** An object of somebody else's JSON: anything may be missing or of another type. */
export type JsonRecord = { readonly [key: string]: unknown }

/** The same object type with its `undefined` properties made absent ones. */
export type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

// PostgreSQL refuses NUL in text, and no encoder takes half a surrogate pair. The first expression
// is the cheap question; the second finds only the halves, thanks to its `u`.
const suspect = /[\0\ud800-\udfff]/
const nul = /\0/g
const loneSurrogate = /\p{Surrogate}/gu

// Nesting beyond this is no Jira data, and recursing into it would end the process.
const deepest = 100

/** Whether the value is an object and no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object; an empty one when it is none. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}

/** The value as a list; an empty one when it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The text without NUL, lone surrogates replaced by U+FFFD. */
export function cleanText(text: string): string {
  // A byte order mark at the very front says nothing, and not every reader gives it back.
  if (text.startsWith('\ufeff')) return cleanText(text.slice(1))
  return suspect.test(text) ? text.replace(nul, '').replace(loneSurrogate, '\ufffd') : text
}

/** A text or number as clean text; undefined when empty or anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return cleanText(value) || undefined
  return typeof value === 'number' ? String(value) : undefined
}

/** A Jira id as a string of digits, whether it came as number or text. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return /^\d+$/.test(value) ? value : undefined
  return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : undefined
}

/** Whole seconds, from a number or its digits; undefined for anything else. */
export function secondsOf(value: unknown): number | undefined {
  const isDigits = typeof value === 'string' && /^-?\d+$/.test(value)
  const seconds = typeof value === 'number' ? Math.round(value) : isDigits ? Number(value) : NaN
  return Number.isSafeInteger(seconds) ? seconds : undefined
}

/** A Jira timestamp; undefined when missing or no moment. */
export function dateOf(value: unknown): OffsetInstant | undefined {
  return typeof value === 'string' ? parseJiraDate(value) : undefined
}

/** The `name` of an object such as a priority or a component. */
export function nameOf(value: unknown): string | undefined {
  return textOf(recordOf(value).name)
}

/** The texts of a list, the rest left out. */
export function textsOf(values: Iterable<unknown>): string[] {
  const texts: string[] = []
  for (const value of values) {
    const text = textOf(value)
    if (text !== undefined) texts.push(text)
  }
  return texts
}

/** Where the Jira is that said this: its `self` address up to, not including, `/rest/`. */
export function baseUrlOf(json: JsonRecord): string | undefined {
  const self = json.self
  if (typeof self !== 'string') return undefined
  const end = self.indexOf('/rest/')
  return end > 0 ? cleanText(self.slice(0, end)) : undefined
}

/** A copy of any JSON with every text and key clean; what is nested absurdly deep becomes null. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
  )
}

/** Leaves out the properties that are undefined, as optional properties must be absent. */
export function present<T extends object>(value: T): Present<T> {
  const kept: Record<string, unknown> = {}
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key]
  return kept as Present<T>
}

/** A foreign value for a warning: short and on one line. */
export function quoted(value: unknown): string {
  if (value === undefined || value === null) return 'missing'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object'
  const text = JSON.stringify(value)
  return cleanText(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
