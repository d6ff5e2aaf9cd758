import { type HoursStyle, hoursText } from '../../reports/hours.ts'

/** Units time is exported in, with the letter their headers have (contract 5.3). */
const timeUnits = {
  hours: { letter: 'h', seconds: 3_600 },
  days: { letter: 'd', seconds: 28_800 },
  minutes: { letter: 'm', seconds: 60 },
} as const

type TimeUnit = keyof typeof timeUnits

/** What an administrator may say of numbers in exports. */
export type NumberSettings = {
  readonly unit: TimeUnit
  /** How numbers are written, told by an example. */
  readonly example: '1,234.5' | '1234.5' | '1.234,5' | '1234,5'
  readonly digits: number
}

/** Time as this API writes it. */
export type Numbers = {
  readonly letter: string
  readonly decimalMark: '.' | ','
  readonly text: (seconds: number) => string
}

export function numbersOf({ unit, example, digits }: NumberSettings): Numbers {
  const { letter, seconds: unitSeconds } = timeUnits[unit]
  const style: HoursStyle = {
    unitSeconds,
    digits,
    isGrouped: example.length > 6,
    decimalMark: example.endsWith(',5') ? ',' : '.',
  }
  return { letter, decimalMark: style.decimalMark, text: (seconds) => hoursText(seconds, style) }
}
