import { decimalHours, formatHoursMinutes } from '../../../src/domain/duration.ts'
import { type Preferences, usePreferences } from '../preferences/preferences.ts'
import { localeOf, useLanguage } from '../texts/language.ts'
import { type Day, dateOf } from './days.ts'

/** How a person wants dates, numbers and durations written. */
export type Format = {
  readonly locale: string
  /** Whole seconds as `7:30` or `7.50`, as the person has chosen. */
  readonly hours: (seconds: number) => string
  /** The same with its sign, `+0:30`, a true minus, and `0:00` without. */
  readonly difference: (seconds: number) => string
  readonly number: (value: number) => string
  /** `Mo 4`. */
  readonly weekday: (day: Day) => string
  /** `Monday, 4 March 2024`. */
  readonly longDay: (day: Day) => string
  readonly shortDay: (day: Day) => string
  /** `Mon`. */
  readonly dayName: (day: Day) => string
  /** `Monday`. */
  readonly longDayName: (day: Day) => string
  /** `4 Mar 2024`. */
  readonly shortDate: (day: Day) => string
  /** `4 – 10 March 2024`. */
  readonly range: (from: Day, to: Day) => string
  /** The same with short months, where there is little room. */
  readonly shortRange: (from: Day, to: Day) => string
  readonly clock: (text: string) => string
  readonly moment: (text: string) => string
  /** The day of a moment, as the clock on the wall here has it: `4 Mar 2024`. */
  readonly date: (text: string) => string
  /** `2 min ago`. */
  readonly ago: (seconds: number) => string
  /** `5 min`, of a time that is left or goes by. */
  readonly span: (seconds: number) => string
  /** `12.5 MB`. */
  readonly bytes: (count: number) => string
}

const known = new Map<string, Format>()

/** The format for components. */
export function useFormat(): Format {
  const locale = localeOf(useLanguage())
  const { hours, clock } = usePreferences()
  const key = `${locale} ${hours} ${clock}`
  const found = known.get(key) ?? makeFormat(locale, hours, clock)
  known.set(key, found)
  return found
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A format; made once and kept, because `Intl` objects are dear. */
export function makeFormat(
  locale: string,
  style: Preferences['hours'],
  dayClock: Preferences['clock'] = null,
): Format {
  const cycle = dayClock === null ? {} : ({ hourCycle: dayClock === '24' ? 'h23' : 'h12' } as const)
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const weekday = date({ weekday: 'short', day: 'numeric' })
  const long = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const short = date({ weekday: 'short', day: 'numeric', month: 'short' })
  const dayName = date({ weekday: 'short' })
  const longDayName = date({ weekday: 'long' })
  const dated = date({ day: 'numeric', month: 'short', year: 'numeric' })
  const range = date({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortRange = date({ day: 'numeric', month: 'short', year: 'numeric' })
  const clock = date({ hour: 'numeric', minute: '2-digit', ...cycle })
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...cycle,
  })
  const dateHere = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const number = new Intl.NumberFormat(locale)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const point = new Intl.NumberFormat(locale).format(1.5).charAt(1)
  const unit = (name: string, value: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  const hours = (seconds: number) =>
    style === 'clock'
      ? formatHoursMinutes(seconds).replace('-', '−')
      : decimalHours(seconds).replace('.', point).replace('-', '−')
  return {
    locale,
    hours,
    difference: (seconds) => (seconds > 0 ? `+${hours(seconds)}` : hours(seconds)),
    number: (value) => number.format(value),
    weekday: (day) => weekday.format(dateOf(day)),
    longDay: (day) => long.format(dateOf(day)),
    shortDay: (day) => short.format(dateOf(day)),
    dayName: (day) => dayName.format(dateOf(day)),
    longDayName: (day) => longDayName.format(dateOf(day)),
    shortDate: (day) => dated.format(dateOf(day)),
    range: (from, to) => range.formatRange(dateOf(from), dateOf(to)),
    shortRange: (from, to) => shortRange.formatRange(dateOf(from), dateOf(to)),
    clock: (text) => clock.format(new Date(`1970-01-01T${text.slice(0, 5)}:00Z`)),
    moment: (text) => moment.format(new Date(text)),
    date: (text) => dateHere.format(new Date(text)),
    ago(seconds) {
      if (seconds < 60) return relative.format(0, 'minute')
      if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), 'minute')
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3_600), 'hour')
      return relative.format(-Math.floor(seconds / 86_400), 'day')
    },
    span(seconds) {
      if (seconds < 60) return unit('second', Math.ceil(seconds))
      if (seconds < 5_400) return unit('minute', Math.round(seconds / 60))
      if (seconds < 172_800) return unit('hour', Math.round(seconds / 3_600))
      return unit('day', Math.round(seconds / 86_400))
    },
    bytes(count) {
      const at = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
      return unit(sizes[at]!, Math.round((count / 1_000 ** at) * 10) / 10)
    },
  }
}
