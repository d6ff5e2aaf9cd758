import { type Day, isDay } from '../../domain/day.ts'
import type { Instant } from '../../domain/zone.ts'
import { badRequest } from './errors.ts'

/** A query string as this API reads it: unknown names are ignored, repeated values count once. */
export type Query = {
  /** Values of a parameter, without empty and repeated ones. */
  all(name: string): readonly string[]
  /** The first value of a parameter. */
  one(name: string): string | undefined
}

const mostValues = 1_000

export function readQuery(text: string): Query {
  const parameters = new URLSearchParams(text)
  const all = (name: string) => {
    const values = [...new Set(parameters.getAll(name).filter((value) => value !== ''))]
    if (values.some((value) => value.includes('\0'))) throw badRequest(`'${name}' is not valid`)
    if (values.length > mostValues)
      throw badRequest(`'${name}' can be given at most ${mostValues} times`)
    return values
  }
  return { all, one: (name) => all(name)[0] }
}

/** A day under `name`; its refusal is worded as version 4 documents it [S4]. */
export function dayIn(query: Query, name: string): Day | undefined {
  const text = query.one(name)
  return text === undefined ? undefined : toDay(name, text)
}

/** Text as a day. */
export function toDay(name: string, text: string): Day {
  if (isDay(text)) return text
  throw badRequest(`'${name}' must be valid on the format: 'yyyy-MM-dd'`)
}

const momentShape =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+ -]\d{2}:?\d{2})?$/i

/**
 * A moment: all shapes clients were seen to send (section 3.3 of the contract): with or without
 * seconds, fractions, `Z` or an offset, whose `+` may have become a blank. Undefined for others.
 */
export function parseMoment(text: string): Instant | undefined {
  const match = momentShape.exec(text)
  const [, day = '', hour = '', minute = '', second = '0', fraction = '', zone = 'Z'] = match ?? []
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined
  const milli = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const local = new Date(0)
  local.setUTCFullYear(year, month - 1, dayOfMonth)
  local.setUTCHours(Number(hour), Number(minute), Number(second), milli)
  return local.getTime() - offsetMs(zone)
}

function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const digits = zone.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** `updatedFrom`: a moment, or a day that begins in UTC [S3][S4]. */
export function toUpdatedFrom(text: string): Instant {
  if (isDay(text)) return Date.parse(`${text}T00:00:00Z`)
  const moment = parseMoment(text)
  if (moment === undefined)
    throw badRequest(`'updatedFrom' must be valid on the format: 'yyyy-MM-dd'`)
  return moment
}

/** A parameter that holds a whole number of at least `least`. */
export function wholeIn(query: Query, name: string, least: number): number | undefined {
  const text = query.one(name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (!/^\d{1,15}$/.test(text) || number < least)
    throw badRequest(`'${name}' must be a whole number of at least ${least}`)
  return number
}

/** `true` or `false`, in any capitals. */
export function flagIn(query: Query, name: string): boolean | undefined {
  const text = query.one(name)?.toLowerCase()
  if (text === undefined) return undefined
  if (text !== 'true' && text !== 'false') throw badRequest(`'${name}' must be true or false`)
  return text === 'true'
}
