import { Temporal } from 'temporal-polyfill'
import type { JqlFunction, JqlValue } from './ast.ts'

/** Who evaluates: the same facts as the context, in other words, so that no code is shared. */
export type EvaluatorClock = {
  readonly now: number
  readonly zone: string
  readonly firstWeekday: 1 | 7
}

/** The moment an operand means, in epoch milliseconds. */
export function momentOf(operand: JqlValue | JqlFunction, clock: EvaluatorClock): number {
  return operand.kind === 'value' ? literal(operand.text, clock) : called(operand, clock)
}

/** The calendar day of a moment in the caller's zone, or of a literal in none. */
export function dayOfOperand(operand: JqlValue | JqlFunction, clock: EvaluatorClock): string {
  return dayIn(momentOf(operand, clock), clock.zone)
}

export function dayIn(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()
}

/** First and last+1 millisecond of a day in a zone. */
export function edgesOfDay(day: string, zone: string): readonly [number, number] {
  const date = Temporal.PlainDate.from(day)
  const start = (of: Temporal.PlainDate) =>
    of.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds
  return [start(date), start(date.add({ days: 1 }))]
}

function literal(text: string, { now, zone }: EvaluatorClock): number {
  if (/^\d+$/.test(text)) return Number(text)
  const date = /^(\d+)[-/](\d+)[-/](\d+)(?: (\d+):(\d+))?$/.exec(text)
  if (date) {
    const [year, month, day, hour = 0, minute = 0] = date.slice(1).map((part) => Number(part ?? 0))
    return Temporal.PlainDateTime.from({
      year: year!,
      month: month!,
      day: day!,
      hour,
      minute,
    }).toZonedDateTime(zone).epochMilliseconds
  }
  const hours = { w: 168, d: 24, h: 1, m: 1 / 60 }
  let sum = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhm])/g))
    sum += Number(count) * hours[unit as keyof typeof hours]
  return now + (text.startsWith('-') ? -sum : sum) * 3_600_000
}

function called({ name, args }: JqlFunction, { now, zone, firstWeekday }: EvaluatorClock): number {
  if (name === 'now') return now
  const [, edge, period] = /^(startOf|endOf)(.*)$/.exec(name)!
  const own = { Day: 'days', Week: 'weeks', Month: 'months', Year: 'years' }[period!]!
  const units = { y: 'years', M: 'months', w: 'weeks', d: 'days', h: 'hours', m: 'minutes' }
  const [, sign, count, unit] = /^([+-]?)(\d+)(\w?)$/.exec(args[0] ?? '0')!
  const kind = unit ? units[unit as keyof typeof units] : own
  const by = { [kind]: sign === '-' ? -Number(count) : Number(count) }
  const isClock = kind === 'hours' || kind === 'minutes'
  let date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate()
  const isEnd = edge === 'endOf'
  const byCalendar = (of: Temporal.PlainDate) => (isClock ? of : of.add(by))
  // An end of a month is the end of whichever month it comes to.
  const first = isEnd && own === 'months' && (kind === 'months' || kind === 'years')
  if (first) date = byCalendar(date.with({ day: 1 }))
  if (own === 'weeks') {
    const back = firstWeekday === 1 ? date.dayOfWeek - 1 : date.dayOfWeek % 7
    date = date.subtract({ days: back }).add({ days: isEnd ? 6 : 0 })
  }
  if (own === 'months') date = date.with({ day: isEnd ? date.daysInMonth : 1 })
  if (own === 'years') date = date.with(isEnd ? { month: 12, day: 31 } : { month: 1, day: 1 })
  if (!first) date = byCalendar(date)
  const moment = isEnd
    ? date.add({ days: 1 }).toPlainDateTime().toZonedDateTime(zone).epochMilliseconds - 1
    : date.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds
  if (!isClock) return moment
  return moment + (sign === '-' ? -1 : 1) * Number(count) * (kind === 'hours' ? 3_600_000 : 60_000)
}
