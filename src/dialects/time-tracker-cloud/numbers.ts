import { renderJiraDuration } from '../../jira/duration.ts'
import { type HoursStyle, hoursText } from '../../reports/hours.ts'

/** What an administrator may say of numbers in exports. */
export type NumberSettings = {
  /** `pretty` is for the view alone: the data is in hours then. */
  readonly unit: 'hours' | 'days' | 'minutes' | 'pretty'
  /** How numbers are written, told by an example; as the language has it where left out. */
  readonly example?: '1,234.5' | '1234.5' | '1.234,5' | '1234,5' | undefined
  readonly digits: number
}

/** How long a site's working day and week are. */
export type WorkingTime = {
  readonly workingHoursPerDay: number
  readonly workingDaysPerWeek: number
}

/** Time as this API writes it. */
export type Numbers = {
  /** What headers call the unit (contract 5.3). */
  readonly letter: string
  readonly decimalMark: '.' | ','
  readonly text: (seconds: number) => string
  /** As the view shows it: `1h 30m` where durations are pretty, which no header gives a unit. */
  readonly shown: (seconds: number) => string
  readonly isPretty: boolean
}

export function numbersOf(
  { unit, example, digits }: NumberSettings,
  usual: NonNullable<NumberSettings['example']>,
  { workingHoursPerDay, workingDaysPerWeek }: WorkingTime,
): Numbers {
  const { letter, seconds: unitSeconds } = {
    hours: { letter: 'h', seconds: 3_600 },
    pretty: { letter: 'h', seconds: 3_600 },
    days: { letter: 'd', seconds: Math.round(3_600 * workingHoursPerDay) },
    minutes: { letter: 'm', seconds: 60 },
  }[unit]
  const numbers = example ?? usual
  const style: HoursStyle = {
    unitSeconds,
    digits,
    isGrouped: numbers.length > 6,
    decimalMark: numbers.endsWith(',5') ? ',' : '.',
  }
  const text = (seconds: number) => hoursText(seconds, style)
  const week = { hoursPerDay: workingHoursPerDay, daysPerWeek: workingDaysPerWeek }
  const pretty = (seconds: number) =>
    `${seconds < 0 ? '-' : ''}${renderJiraDuration(Math.abs(seconds), week)}`
  return {
    letter,
    decimalMark: style.decimalMark,
    text,
    shown: unit === 'pretty' ? pretty : text,
    isPretty: unit === 'pretty',
  }
}
