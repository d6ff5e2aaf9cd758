import { addDays, type Day, dateOf, weekStart } from '../time/days.ts'

export const zooms = ['day', 'week', 'month', 'quarter'] as const

export type Zoom = (typeof zooms)[number]

/** How wide a day is drawn, how many are loaded, how far a step goes, and how many a figure covers. */
export type Scale = {
  readonly zoom: Zoom
  readonly dayWidth: number
  readonly days: number
  readonly step: number
  /** Days of one figure of the load strip. */
  readonly group: 1 | 7
}

const scales: Readonly<Record<Zoom, Scale>> = {
  day: { zoom: 'day', dayWidth: 104, days: 28, step: 7, group: 1 },
  week: { zoom: 'week', dayWidth: 44, days: 91, step: 14, group: 1 },
  month: { zoom: 'month', dayWidth: 16, days: 182, step: 28, group: 7 },
  quarter: { zoom: 'quarter', dayWidth: 8, days: 364, step: 91, group: 7 },
}

export function scaleOf(zoom: Zoom): Scale {
  return scales[zoom]
}

/** The days drawn, the first of them the first of a week. */
export type Span = { readonly from: Day; readonly to: Day; readonly days: readonly Day[] }

export function spanOf(from: Day, scale: Scale, firstWeekday: number): Span {
  const start = weekStart(from, firstWeekday)
  const days = Array.from({ length: scale.days }, (_, at) => addDays(start, at))
  return { from: start, to: days[days.length - 1]!, days }
}

const dayMs = 86_400_000

/** How many days `day` lies after `from`. */
export function daysBetween(from: Day, day: Day): number {
  return Math.round((dateOf(day).getTime() - dateOf(from).getTime()) / dayMs)
}
