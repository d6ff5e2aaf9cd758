import type { FastifyRequest } from 'fastify'
import { isDay, type Period, periodLength } from '../../domain/day.ts'
import { type EventColor, eventColors, type PlanKind } from '../../domain/event.ts'
import { badRequest } from './errors.ts'

/** Parameters of a request, wherever they ride. An empty value counts as absent. */
export type Params = {
  find(name: string): string | undefined
  /** Throws where it is absent. */
  need(name: string): string
}

/** The query string: names are case-sensitive, the first of a repeated name wins. */
export function rawQuery(url: string): Map<string, string> {
  const at = url.indexOf('?')
  return at < 0 ? new Map() : readForm(url.slice(at + 1))
}

/** A query string or a form-encoded body. */
export function readForm(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text))
    if (!found.has(name)) found.set(name, value)
  return found
}

/** Query string first, then a form-encoded body, as a servlet merges them. */
export function paramsOf(request: FastifyRequest): Params {
  const query = rawQuery(request.url)
  const body = request.body instanceof Map ? (request.body as Map<string, string>) : undefined
  const find = (name: string) => query.get(name) || body?.get(name) || undefined
  return {
    find,
    need(name) {
      const value = find(name)
      if (value === undefined) throw badRequest(`Parameter '${name}' is required`)
      return value
    },
  }
}

/** `startOffset`, which the seed also writes `startOffSet`. */
export function startOffsetOf(request: FastifyRequest): number {
  for (const [name, value] of rawQuery(request.url))
    if (name.toLowerCase() === 'startoffset' && value !== '')
      return wholeNumber('startOffset', value, 0)
  return 0
}

/** `maxUsers`: above 50 counts as 50. */
export function maxUsersOf(params: Params): number {
  const value = params.find('maxUsers')
  return value === undefined ? 50 : Math.min(50, wholeNumber('maxUsers', value, 1))
}

function wholeNumber(name: string, value: string, least: number): number {
  const number = Number(value)
  if (!/^\d{1,9}$/.test(value) || number < least)
    throw badRequest(`Parameter '${name}' must be a whole number from ${least}`)
  return number
}

/** An id of up to 19 digits that a signed 64-bit number can hold; never a JavaScript number. */
export function idOf(name: string, value: string): string {
  const digits = /^0*(\d{1,19})$/.exec(value)?.[1]
  if (digits === undefined || BigInt(digits) > 9_223_372_036_854_775_807n)
    throw badRequest(`Parameter '${name}' must be an id`)
  return digits
}

const mostDays = 1_100

/** `start` and `end`, both inclusive. The figures of many days are bounded, lists are not. */
export function periodOf(params: Params, isBounded = false): Period {
  const [from, to] = ['start', 'end'].map((name) => {
    const value = params.need(name)
    if (!isDay(value)) throw badRequest(`Parameter '${name}' must be a date as yyyy-MM-dd`)
    return value
  }) as [Period['from'], Period['to']]
  if (to < from) throw badRequest("Parameter 'end' must not be before 'start'")
  if (isBounded && periodLength({ from, to }) > mostDays)
    throw badRequest(`Parameter 'end' must be at most ${mostDays} days after 'start'`)
  return { from, to }
}

/** `hours` or `estimate` in seconds; a plain decimal number. */
export function hoursOf(params: Params, name: 'hours' | 'estimate'): number | undefined {
  const value = params.find(name)
  if (value === undefined) return undefined
  const hours = Number(value)
  const most = name === 'hours' ? 24 : 1_000_000
  if (!/^\d{1,7}(?:\.\d{1,6})?$/.test(value) || hours > most)
    throw badRequest(`Parameter '${name}' must be a number of hours from 0 to ${most}`)
  return Math.round(hours * 3_600)
}

/** One of the twelve names in any capitals, or `None`. */
export function colorOf(value: string): EventColor | 'None' {
  const found = [...eventColors, 'None' as const].find(
    (color) => color.toLowerCase() === value.toLowerCase(),
  )
  if (!found) throw badRequest(`Parameter 'color' must be one of ${eventColors.join(', ')}`)
  return found
}

/** `true` or `false` in any capitals. */
export function flagOf(params: Params, name: string): boolean | undefined {
  const value = params.find(name)?.toLowerCase()
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false')
    throw badRequest(`Parameter '${name}' must be true or false`)
  return value === 'true'
}

/** Kinds by the words of this API, both ways. */
export const kindWords = {
  booking: 'BOOKING',
  'day-off': 'DAY_OFF',
  holiday: 'HOLIDAY',
  note: 'NOTE',
  placeholder: 'PLACEHOLDER',
  'sick-leave': 'SICK_LEAVE',
  vacation: 'VACATION',
  overtime: 'OVERTIME',
  issue: 'JIRA_ISSUE',
} as const satisfies Record<PlanKind, string>

/** `eventType` of a timeline: absent is every kind and no worklogs, and issues are called ISSUE. */
export function filterOf(params: Params): 'everything' | 'worklogs' | PlanKind {
  const value = params.find('eventType')
  if (value === undefined) return 'everything'
  if (value === 'WORKLOG') return 'worklogs'
  if (value === 'ISSUE') return 'issue'
  const found = Object.entries(kindWords).find(([kind, word]) => word === value && kind !== 'issue')
  if (!found) throw badRequest(`Parameter 'eventType' is not known: ${value.slice(0, 100)}`)
  return found[0] as PlanKind
}
