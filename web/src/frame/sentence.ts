import { parseWorked } from '../../../src/domain/duration.ts'
import { addDays, type Day, isDay, weekdayOf } from '../time/days.ts'

/** What a typed sentence asks for: time on an issue, on a day. */
export type Sentence = {
  readonly issue: string
  readonly day: Day
  readonly seconds: number
  readonly startTime?: string | undefined
  readonly comment: string
}

const fillers = /^(log|book|on|to|for|auf|für|buche|logge|am|an)$/i
const issueKey = /^[a-z][a-z0-9_]*-\d+$/i
const offsets: Readonly<Record<string, number>> = {
  today: 0,
  heute: 0,
  yesterday: -1,
  gestern: -1,
  vorgestern: -2,
}
const weekdays = [
  ['monday', 'mon', 'montag', 'mo'],
  ['tuesday', 'tue', 'dienstag', 'di'],
  ['wednesday', 'wed', 'mittwoch', 'mi'],
  ['thursday', 'thu', 'donnerstag', 'do'],
  ['friday', 'fri', 'freitag', 'fr'],
  ['saturday', 'sat', 'samstag', 'sa'],
  ['sunday', 'sun', 'sonntag', 'so'],
]

/**
 * Reads `log 1h30 on ABC-12 yesterday: what was done`, in English or German, the parts in any
 * order; undefined where a time or an issue is missing. A weekday is the last one that was.
 */
export function parseSentence(text: string, today: Day): Sentence | undefined {
  const [head = '', ...rest] = text.split(/:\s+|\s+[-–]\s+/)
  let issue: string | undefined
  let day: Day | undefined
  const times: string[] = []
  for (const word of head.trim().split(/\s+/)) {
    if (fillers.test(word)) continue
    const meant = dayOf(word, today)
    if (issueKey.test(word) && issue === undefined) issue = word.toUpperCase()
    else if (meant !== undefined && day === undefined) day = meant
    else times.push(word)
  }
  if (issue === undefined || times.length === 0) return undefined
  try {
    const { kind, seconds, start } = parseWorked(times.join(' '))
    if (kind === 'add' || seconds === 0) return undefined
    const comment = rest.join(': ').trim()
    return { issue, day: day ?? today, seconds, startTime: start, comment }
  } catch {
    return undefined
  }
}

function dayOf(word: string, today: Day): Day | undefined {
  const plain = word.toLowerCase()
  if (isDay(word)) return word
  const offset = offsets[plain]
  if (offset !== undefined) return addDays(today, offset)
  const weekday = weekdays.findIndex((names) => names.includes(plain)) + 1
  return weekday === 0 ? undefined : addDays(today, -((weekdayOf(today) - weekday + 7) % 7))
}
