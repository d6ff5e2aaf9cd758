import { epochOfDate } from '../domain/day.ts'
import { localOf, type OffsetInstant } from '../domain/zone.ts'

const dash = 45
const point = 46
const colon = 58
const plus = 43
const upperT = 84
const upperZ = 90

/**
 * Jira's timestamps: `2017-08-21T22:02:27.140+0200`, also with `Z`, `+02:00`, without a fraction,
 * or with the offset twice as old python-jira releases send. Undefined for what is no moment, such
 * as day 0, which real data holds. Runs once or thrice per worklog, hence no regular expression.
 */
export function parseJiraDate(text: string): OffsetInstant | undefined {
  const hasShape =
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    text.charCodeAt(10) === upperT &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon
  const century = twoDigits(text, 0)
  const yearOfCentury = twoDigits(text, 2)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (!hasShape || century < 0 || yearOfCentury < 0) return undefined
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return undefined
  }
  const epochDay = epochOfDate(
    century * 100 + yearOfCentury,
    twoDigits(text, 5),
    twoDigits(text, 8),
  )
  const offsetAt = endOfFraction(text)
  const offsetSeconds = parseOffset(text, offsetAt)
  if (epochDay === undefined || offsetSeconds === undefined) return undefined
  const clock = hour * 3600 + minute * 60 + second - offsetSeconds
  return { instant: (epochDay * 86_400 + clock) * 1000 + milliOf(text, offsetAt), offsetSeconds }
}

/** The instant as Jira writes it: `2017-08-21T22:02:27.140+0200`; never `Z`, whole minutes. */
export function renderJiraDate(instant: number, offsetSeconds = 0): string {
  const offsetMinutes = Math.trunc(offsetSeconds / 60)
  const { day, startTime } = localOf(instant, offsetMinutes * 60)
  const milli = String(((instant % 1000) + 1000) % 1000).padStart(3, '0')
  const size = Math.abs(offsetMinutes)
  const offset = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0')
  return `${day}T${startTime}.${milli}${offsetMinutes < 0 ? '-' : '+'}${offset}`
}

function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== point) return 19
  let at = 20
  while (isDigit(text.charCodeAt(at))) at += 1
  return at > 20 ? at : -1
}

// Digits past the third are below a millisecond and cut.
function milliOf(text: string, end: number): number {
  let milli = 0
  for (let at = 20; at < 23; at += 1) {
    milli = milli * 10 + (at < end ? text.charCodeAt(at) - 48 : 0)
  }
  return milli
}

function parseOffset(text: string, at: number): number | undefined {
  const sign = text.charCodeAt(at)
  if (sign === upperZ) return text.length === at + 1 ? 0 : undefined
  if (sign !== plus && sign !== dash) return undefined
  const minutesAt = text.charCodeAt(at + 3) === colon ? at + 4 : at + 3
  const hours = twoDigits(text, at + 1)
  const minutes = twoDigits(text, minutesAt)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined
  const end = minutesAt + 2
  if (text.length !== end && text.slice(end) !== text.slice(at, end)) return undefined
  const seconds = hours * 3600 + minutes * 60
  return sign === dash && seconds > 0 ? -seconds : seconds
}

// Negative when one of the two is no digit: cheaper than NaN, as the number stays an integer.
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : -1
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
