import { decimalHours, formatHoursMinutes } from '../../../src/domain/duration.ts'
import { localeOf, useLanguage } from '../texts/language.ts'
import { type Day, dateOf } from './days.ts'
import { useHoursFormat } from './hours-format.ts'

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
  /** `4 – 10 March 2024`. */
  readonly range: (from: Day, to: Day) => string
  readonly clock: (text: string) => string
  readonly moment: (text: string) => string
  /** `2 min ago`. */
  readonly ago: (seconds: number) => string
}

const known = new Map<string, Format>()

/** The format for components. */
export function useFormat(): Format {
  const locale = localeOf(useLanguage())
  const style = useHoursFormat()
  const key = `${locale} ${style}`
  const found = known.get(key) ?? makeFormat(locale, style)
  known.set(key, found)
  return found
}

/** A format; made once and kept, because `Intl` objects are dear. */
export function makeFormat(locale: string, style: 'clock' | 'decimal'): Format {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const weekday = date({ weekday: 'short', day: 'numeric' })
  const long = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const short = date({ weekday: 'short', day: 'numeric', month: 'short' })
  const range = date({ day: 'numeric', month: 'long', year: 'numeric' })
  const clock = date({ hour: 'numeric', minute: '2-digit' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const number = new Intl.NumberFormat(locale)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const point = new Intl.NumberFormat(locale).format(1.5).charAt(1)
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
    range: (from, to) => range.formatRange(dateOf(from), dateOf(to)),
    clock: (text) => clock.format(new Date(`1970-01-01T${text.slice(0, 5)}:00Z`)),
    moment: (text) => moment.format(new Date(text)),
    ago(seconds) {
      if (seconds < 60) return relative.format(0, 'minute')
      if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), 'minute')
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3_600), 'hour')
      return relative.format(-Math.floor(seconds / 86_400), 'day')
    },
  }
}
