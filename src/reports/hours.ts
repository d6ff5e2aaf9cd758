/** How hours are written: digits after the point, and whether thousands are grouped. */
export type HoursStyle = {
  readonly unitSeconds: number
  readonly digits: number
  readonly isGrouped: boolean
  readonly decimalMark: '.' | ','
}

/** Hours as an American reads them: `1.33`, `1,234.5`. */
export const plainHours: HoursStyle = {
  unitSeconds: 3_600,
  digits: 2,
  isGrouped: true,
  decimalMark: '.',
}

/**
 * Seconds in a unit, rounded once, half away from zero, without trailing zeros; computed from whole
 * numbers, so that a sum never drifts.
 */
export function hoursText(seconds: number, style: HoursStyle = plainHours): string {
  const { unitSeconds, digits, isGrouped, decimalMark } = style
  const scale = 10 ** digits
  const size = Math.abs(seconds)
  const scaled = Math.floor((2 * size * scale + unitSeconds) / (2 * unitSeconds))
  const whole = String(Math.floor(scaled / scale))
  const part = String(scaled % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '')
  const grouped = isGrouped
    ? whole.replace(/\B(?=(\d{3})+$)/g, decimalMark === '.' ? ',' : '.')
    : whole
  const sign = seconds < 0 && scaled > 0 ? '-' : ''
  return `${sign}${grouped}${part === '' ? '' : decimalMark + part}`
}
