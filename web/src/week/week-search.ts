import { type Day, isDay } from '../time/days.ts'

export const weekViews = ['grid', 'calendar', 'list'] as const

export type WeekView = (typeof weekViews)[number]

/** What the address of the week says. */
export type WeekSearch = {
  /** Any day of the week shown; this week when left out. */
  readonly day?: Day
  readonly view?: WeekView
  /** Whose week, by id; one's own when left out. */
  readonly person?: string
  /** Key of an issue that shall have a row. */
  readonly add?: string
}

/** Reads the address; what makes no sense is left out. */
export function readWeekSearch(search: Record<string, unknown>): WeekSearch {
  const view = weekViews.find((one) => one === search.view && one !== 'grid')
  const { day, person, add } = search
  return {
    ...(isDay(day) ? { day } : {}),
    ...(view ? { view } : {}),
    ...(person !== undefined && /^[1-9]\d{0,17}$/.test(String(person))
      ? { person: String(person) }
      : {}),
    ...(typeof add === 'string' && add !== '' && add.length <= 255 ? { add } : {}),
  }
}
