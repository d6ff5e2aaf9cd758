import { type Day, isDay } from '../../domain/day.ts'
import { invalidField } from '../../domain/errors.ts'

const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A date as ISO writes it, or as Jira's date picker does: `04/Mar/2024`, `4/Mar/24`, with the months
 * of English or of the caller's language. Two digits of a year mean 1970 to 2069.
 */
export function parsePickerDate(text: string, field: string, locale: string | null): Day {
  if (isDay(text)) return text
  const [, dayOfMonth = '', name = '', yearText = ''] =
    /^(\d{1,2})\/([^/\d]{1,20})\/(\d{4}|\d{2})$/u.exec(text) ?? []
  const month = monthOf(name, locale)
  const year =
    yearText.length === 2 ? Number(yearText) + (Number(yearText) < 70 ? 2000 : 1900) : yearText
  const day = `${year}-${String(month).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
  if (month > 0 && isDay(day)) return day
  throw invalidField(field, `"${text}" is no date such as 2024-03-04 or 04/Mar/2024`)
}

/** 1 to 12, or 0 for what is no month. */
function monthOf(name: string, locale: string | null): number {
  const wanted = bare(name)
  const at = english.indexOf(wanted)
  if (at >= 0 || locale === null) return at + 1
  return monthsOf(locale).indexOf(wanted) + 1
}

function monthsOf(locale: string): string[] {
  try {
    const format = new Intl.DateTimeFormat(locale.replace('_', '-'), {
      month: 'short',
      timeZone: 'UTC',
    })
    return english.map((_, month) => bare(format.format(Date.UTC(2024, month, 15))))
  } catch {
    // a locale nobody knows
    return []
  }
}

/** `Mär.` and `MÄR` are one month. */
function bare(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '').normalize()
}
