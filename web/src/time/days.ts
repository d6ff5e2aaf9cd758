/** A calendar day, `YYYY-MM-DD`. Days are counted in UTC, where every day has 24 hours. */
export type Day = string

const dayMs = 86_400_000

export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

export function addDays(day: Day, count: number): Day {
  return new Date(dateOf(day).getTime() + count * dayMs).toISOString().slice(0, 10)
}

/** Midnight UTC of a day: to be formatted in UTC only. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** ISO weekday: 1 Monday to 7 Sunday. */
export function weekdayOf(day: Day): number {
  return dateOf(day).getUTCDay() || 7
}

/** The first day of the week this day lies in; weeks begin on ISO weekday `first`. */
export function weekStart(day: Day, first: number): Day {
  return addDays(day, -((weekdayOf(day) - first + 7) % 7))
}

/** The seven days from `start`. */
export function weekDays(start: Day): Day[] {
  return Array.from({ length: 7 }, (_, at) => addDays(start, at))
}

/** Today on the clock of a time zone; the browser's own where none is given. */
export function todayIn(timeZone: string | null | undefined, now = Date.now()): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone ? { timeZone } : {}),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return parts.format(now)
}

/** Minutes since midnight of `HH:MM` or `HH:MM:SS`. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/** `HH:MM` of minutes since midnight; the end of the day is 24:00. */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
