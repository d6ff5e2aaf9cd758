import { addDays, type Day } from '../../domain/day.ts'
import type { Span } from '../../domain/issue-query.ts'
import { type Instant, instantOf } from '../../domain/zone.ts'
import type { JqlOperator } from './ast.ts'

const minuteMs = 60_000

/** Values that are exact: numbers and days. Of `!=` and lists it is the span of the value itself. */
export function exactSpan<T>(operator: JqlOperator, value: T): Span<T> {
  switch (operator) {
    case '<':
      return { before: value }
    case '<=':
      return { to: value }
    case '>':
      return { after: value }
    case '>=':
      return { from: value }
    default:
      return { from: value, to: value }
  }
}

/** A minute, which is as exact as JQL compares instants: `=` means all of it. */
export function minuteSpan(operator: JqlOperator, minute: Instant): Span<Instant> {
  return wideSpan(operator, minute, minute + minuteMs)
}

/** A day of a zone as instants; 23 or 25 hours where its clocks change. */
export function daySpan(operator: JqlOperator, day: Day, zone: string): Span<Instant> {
  const start = (of: Day) => instantOf(of, '00:00', zone).instant
  return wideSpan(operator, start(day), start(addDays(day, 1)))
}

function wideSpan(operator: JqlOperator, start: Instant, end: Instant): Span<Instant> {
  switch (operator) {
    case '<':
      return { before: start }
    case '<=':
      return { before: end }
    case '>':
      return { from: end }
    case '>=':
      return { from: start }
    default:
      return { from: start, before: end }
  }
}
