import { addDays, type Day, isoWeek, type Period, type Weekday, weekday } from '../../domain/day.ts'
import { spansOf } from '../../domain/time-spans.ts'
import type { WorklogSum, WorklogView } from '../../domain/worklog.ts'

/** The columns of a view: spans of time, or the people who worked. */
export type Axis = {
  readonly dimension: 'day' | 'week' | 'month' | 'person'
  readonly columns: readonly { readonly key: string; readonly caption: string }[]
  /** Which column a worklog stands in. */
  readonly keyOf: (worklog: WorklogView) => string
}

const mostColumns = 1_000

export type AxisWish = {
  readonly dimension: Axis['dimension']
  readonly period: Period
  readonly firstWeekday: Weekday
  readonly showsWeekends: boolean
  /** What months are called, January first. */
  readonly months: readonly string[]
}

/** Columns for the whole period, without weekend days that nobody worked on (contract 6.2). */
export function makeAxis(
  { dimension, period, firstWeekday, showsWeekends, months }: AxisWish,
  sums: readonly WorklogSum[],
): Axis | undefined {
  if (dimension === 'person') {
    const people = sums.map(({ groups: [person] }) => ({
      key: person!.key,
      caption: person!.label,
    }))
    const { compare } = new Intl.Collator('en', { numeric: true })
    people.sort((a, b) => compare(a.caption, b.caption) || compare(a.key, b.key))
    if (people.length > mostColumns) return undefined
    return { dimension, columns: people, keyOf: ({ authorId }) => authorId }
  }
  const worked = new Set(sums.map(({ groups }) => groups[0]?.key))
  const isShown = (day: Day) =>
    dimension !== 'day' || showsWeekends || weekday(day) < 6 || worked.has(day)
  const days = spansOf(dimension, period, firstWeekday, mostColumns).filter(isShown)
  if (days.length > mostColumns) return undefined
  return {
    dimension,
    columns: days.map((day) => ({ key: day, caption: captionOf(dimension, day, months) })),
    keyOf: ({ day }) => spansOf(dimension, { from: day, to: day }, firstWeekday, 1)[0]!,
  }
}

function captionOf(
  dimension: 'day' | 'week' | 'month',
  day: Day,
  months: readonly string[],
): string {
  const month = months[Number(day.slice(5, 7)) - 1]!
  if (dimension === 'month') return month
  if (dimension === 'day') return `${day.slice(8, 10)}/${month}`
  // the week that holds the most of these days, whatever it begins with
  return String(isoWeek(addDays(day, 3)).week).padStart(2, '0')
}
