import { invalidField } from './errors.ts'

/**
 * What a person typed into a time cell: the new total, or an addition to it; `start` and `end` as
 * `HH:MM` when a span of the day was given.
 */
export type Worked = {
  readonly kind: 'set' | 'add'
  readonly seconds: number
  readonly start?: string
  readonly end?: string
}

/** How to speak of the text in a refusal. */
export type ParseWorkedOptions = {
  /** Named in the refusal; `time` when absent. */
  readonly field?: string
}

const understood =
  'write 1h30, 1:30, 1.5 (hours), 90m, 9:30-11:00 or 930-1100 (start and end), +15m (adds)'

const hoursAndMinutes = /^(?:(\d{1,6})h)?(?:(\d{1,6})m?)?$/
const decimalUnit = /^(\d{0,6})[.,](\d{1,6})([hm]?)$/
const clock = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/
const span = /^(\d{1,2}):?(\d\d)?[-–—](\d{1,2}):?(\d\d)?$/

/** `h:mm`, with a sign when negative and `:ss` only when there are seconds: `1:30`, `-0:05:30`. */
export function formatHoursMinutes(seconds: number): string {
  const total = Math.abs(seconds)
  const sign = seconds < 0 ? '-' : ''
  const minutes = twoDigits(Math.floor(total / 60) % 60)
  const rest = total % 60 === 0 ? '' : `:${twoDigits(total % 60)}`
  return `${sign}${Math.floor(total / 3600)}:${minutes}${rest}`
}

/**
 * Hours as a decimal, rounded half away from zero, computed without floats: 5,000 s are `1.39`.
 * At most 9 digits.
 */
export function decimalHours(seconds: number, digits = 2): string {
  const total = Math.abs(seconds)
  const scale = 10 ** digits
  const rest = Math.floor((2 * (total % 3600) * scale + 3600) / 7200)
  const whole = Math.floor(total / 3600) + (rest === scale ? 1 : 0)
  const part = rest === scale ? 0 : rest
  const sign = seconds < 0 && (whole > 0 || part > 0) ? '-' : ''
  return `${sign}${whole}${digits > 0 ? `.${String(part).padStart(digits, '0')}` : ''}`
}

/**
 * Time as people type it. A bare number means hours and only up to 24, because `45` is as likely
 * to be minutes; decimals take a point or a comma. Refuses with a list of what is understood.
 */
export function parseWorked(text: string, options: ParseWorkedOptions = {}): Worked {
  const typed = text.trim().toLowerCase()
  const kind = typed.startsWith('+') ? 'add' : 'set'
  // Blanks between two digits stay and are refused: `1 30` must not become 130.
  const amount = (kind === 'add' ? typed.slice(1) : typed).replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
  const refuse = (why: string): never => {
    throw invalidField(options.field ?? 'time', `${why}; ${understood}`)
  }
  if (amount === '') return refuse('no time given')
  const between = parseSpan(amount, refuse)
  if (between) return { kind, ...between }
  const seconds = parseAmount(amount, refuse)
  return seconds === undefined ? refuse(`${text.trim()} is not a time`) : { kind, seconds }
}

type Refuse = (why: string) => never

function parseSpan(text: string, refuse: Refuse): Omit<Worked, 'kind'> | undefined {
  const match = span.exec(text)
  if (!match) return undefined
  const start = minuteOfDay(match[1]!, match[2])
  const end = minuteOfDay(match[3]!, match[4])
  if (start === undefined || end === undefined) return refuse(`${text} has no such time of day`)
  if (end <= start) {
    return refuse(`${text} ends before it starts; log work past midnight on each of the two days`)
  }
  return { seconds: (end - start) * 60, start: clockText(start), end: clockText(end) }
}

// 24:00 is the end of the day; as a start it leaves no room for an end and is refused there.
function minuteOfDay(hours: string, minutes = '00'): number | undefined {
  const minute = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && minute <= 24 * 60 ? minute : undefined
}

function parseAmount(text: string, refuse: Refuse): number | undefined {
  return parseClock(text) ?? parseDecimal(text, refuse) ?? parseUnits(text, refuse)
}

function parseClock(text: string): number | undefined {
  const match = clock.exec(text)
  if (!match) return undefined
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)
}

function parseDecimal(text: string, refuse: Refuse): number | undefined {
  const match = decimalUnit.exec(text)
  if (!match) return undefined
  const [, whole = '', decimals = '', unit] = match
  const scale = 10 ** decimals.length
  const scaled = (Number(whole) * scale + Number(decimals)) * (unit === 'm' ? 60 : 3600)
  const seconds = Math.floor((2 * scaled + scale) / (2 * scale))
  if (unit === '' && seconds > 24 * 3600) return refuse(tooManyHours(text))
  return seconds
}

function parseUnits(text: string, refuse: Refuse): number | undefined {
  const match = hoursAndMinutes.exec(text)
  if (!match) return undefined
  const [, hours, minutes = '0'] = match
  if (hours === undefined && !text.endsWith('m')) {
    if (Number(text) > 24) return refuse(tooManyHours(text))
    return Number(text) * 3600
  }
  // `1h90` may be a slip of the finger; `1h90m` is meant.
  if (!text.endsWith('m') && Number(minutes) > 59) return undefined
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60
}

function tooManyHours(text: string): string {
  return `${text} means hours, and a day has 24: write ${text}m for minutes or ${text}h for hours`
}

function clockText(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
