import type { OffsetInstant } from '../../domain/zone.ts'
import { parseJiraDate } from '../../jira/date.ts'
import { badRequest } from './errors.ts'

const shape =
  /^(\d{4}-\d{2}-\d{2})[T ]\s*(\d{2}:\d{2}:\d{2})(\.\d{1,9})?\s*(?:(Z)|([+-])(\d{2}):?(\d{2})|\s(\d{2}):?(\d{2}))$/

/**
 * A moment with its offset in every spelling clients use (contract D26): `T` or blanks, an offset
 * with or without a colon, and a `+` that arrived as a blank because nobody encoded it.
 */
export function parseDate(text: string): OffsetInstant {
  const match = shape.exec(text.trim())
  if (!match) throw wrong()
  const [, day, time, fraction = '', zulu, sign, hours, minutes, bareHours, bareMinutes] = match
  const offset = zulu ? '+0000' : `${sign ?? '+'}${hours ?? bareHours}${minutes ?? bareMinutes}`
  const found = parseJiraDate(`${day}T${time}${fraction.slice(0, 4)}${offset}`)
  if (!found) throw wrong()
  return found
}

function wrong(): Error {
  return badRequest("Parameter 'date' must look like 2021-06-30T14:30:00+00:00")
}
