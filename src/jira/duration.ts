import { DomainError } from '../domain/errors.ts'

/** Weeks, days, hours, minutes; Jira knows no seconds here. */
export type JiraDurationUnit = 'w' | 'd' | 'h' | 'm'

/** How a Jira counts: its working day and week, and what a bare number means (minutes if absent). */
export type JiraDurationSettings = {
  readonly hoursPerDay: number
  readonly daysPerWeek: number
  readonly defaultUnit?: JiraDurationUnit
}

/** The three ways a Jira can be set to write durations. */
export type JiraDurationFormat = 'pretty' | 'hours' | 'days'

const token = /(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?(?:([wdhm])|(?=\s|$))\s*/iy
// en-US as in Jira's own English texts: `1,008h`.
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/**
 * Seconds of a Jira duration such as `1w 2d 3h 4m`, `1.5h` or `90`. Always whole minutes: a decimal
 * that ends between two minutes is refused, as are signs and unknown units.
 */
export function parseJiraDuration(text: string, settings: JiraDurationSettings): number {
  const typed = text.trim()
  let minutes = 0
  let at = 0
  while (at < typed.length) {
    token.lastIndex = at
    const [all = '', whole = '', decimals = '', unit] = token.exec(typed) ?? []
    if (whole === '' && decimals === '') throw notUnderstood(text)
    const name = (unit?.toLowerCase() || settings.defaultUnit || 'm') as JiraDurationUnit
    const scale = 10 ** decimals.length
    const scaled = Number(whole.replaceAll(',', '')) * scale + Number(decimals)
    minutes += (scaled * minutesIn(name, settings)) / scale
    at += all.length
    if (!Number.isSafeInteger(minutes) || !Number.isSafeInteger(scaled)) throw notUnderstood(text)
  }
  if (typed === '') throw notUnderstood(text)
  return minutes * 60
}

/**
 * A duration as Jira writes it: pretty `1w 1d 7h 30m`, hours `1,008h`, days `4d 4.5h`; zero is `0m`,
 * `0h`, `0d`. Seconds below a minute are cut, except where a decimal hour holds them exactly.
 */
export function renderJiraDuration(
  seconds: number,
  settings: JiraDurationSettings,
  format: JiraDurationFormat = 'pretty',
): string {
  if (seconds < 0) return `-${renderJiraDuration(-seconds, settings, format)}`
  if (format === 'hours') return hoursText(seconds) || '0h'
  if (format === 'days') return daysText(seconds, settings) || '0d'
  return prettyText(seconds, settings) || '0m'
}

function prettyText(seconds: number, settings: JiraDurationSettings): string {
  let rest = Math.floor(seconds / 60)
  const parts: string[] = []
  for (const unit of ['w', 'd', 'h', 'm'] as const) {
    const size = minutesIn(unit, settings)
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count}${unit}`)
    rest -= count * size
  }
  return parts.join(' ')
}

function daysText(seconds: number, settings: JiraDurationSettings): string {
  const daySeconds = minutesIn('d', settings) * 60
  const days = Math.floor(seconds / daySeconds)
  const parts = [days > 0 ? `${grouped.format(days)}d` : '', hoursText(seconds - days * daySeconds)]
  return parts.filter((part) => part !== '').join(' ')
}

// Real Apache data: 1800 is `0.5h`, but 7800 is `2h 10m`, as 2.1666… would not end. Two digits are
// where every whole minute that ends at all has ended.
function hoursText(seconds: number): string {
  if (seconds === 0) return ''
  if (seconds % 36 === 0) return `${grouped.format(seconds / 3600)}h`
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = [
    hours > 0 ? `${grouped.format(hours)}h` : '',
    minutes % 60 > 0 ? `${minutes % 60}m` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

// Days of 7.6 hours exist; what falls between two minutes is rounded once, here, so that what we
// write reads back the same.
function minutesIn(unit: JiraDurationUnit, settings: JiraDurationSettings): number {
  if (unit === 'm') return 1
  if (unit === 'h') return 60
  const days = unit === 'w' ? settings.daysPerWeek : 1
  return Math.max(1, Math.round(days * settings.hoursPerDay * 60))
}

function notUnderstood(text: string): DomainError {
  return new DomainError('invalid', 'Invalid time duration entered.', { text })
}
