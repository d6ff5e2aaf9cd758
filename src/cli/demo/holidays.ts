import { addDays, type Day, epochOfDate, weekday } from '../../domain/day.ts'
import type { Country } from './roster.ts'

/** A public holiday in the language of the country. */
export type DemoHoliday = { readonly day: Day; readonly title: string }

/** `MM-DD`, or month, weekday and which of them (-1 the last). */
type Rule = readonly [title: string, when: string | readonly [number, number, number]]

const newYear: Rule = ['New Year', '01-01']
const christmas: Rule = ['Christmas Day', '12-25']
const boxingDay: Rule = ['Boxing Day', '12-26']

// Holidays of a fixed date or weekday are enough to be believed; those around Easter are left out.
const rules: Readonly<Record<Country, readonly Rule[]>> = {
  DE: [
    ['Neujahr', '01-01'],
    ['Tag der Arbeit', '05-01'],
    ['Tag der Deutschen Einheit', '10-03'],
    ['1. Weihnachtstag', '12-25'],
    ['2. Weihnachtstag', '12-26'],
  ],
  US: [
    newYear,
    ['Memorial Day', [5, 1, -1]],
    ['Independence Day', '07-04'],
    ['Labor Day', [9, 1, 1]],
    ['Thanksgiving', [11, 4, 4]],
    christmas,
  ],
  IN: [
    ['Republic Day', '01-26'],
    ['Independence Day', '08-15'],
    ['Gandhi Jayanti', '10-02'],
    christmas,
  ],
  GB: [
    newYear,
    ['Early May bank holiday', [5, 1, 1]],
    ['Spring bank holiday', [5, 1, -1]],
    ['Summer bank holiday', [8, 1, -1]],
    christmas,
    boxingDay,
  ],
  BR: [
    ['Confraternização Universal', '01-01'],
    ['Tiradentes', '04-21'],
    ['Dia do Trabalho', '05-01'],
    ['Independência do Brasil', '09-07'],
    ['Nossa Senhora Aparecida', '10-12'],
    ['Proclamação da República', '11-15'],
    ['Natal', '12-25'],
  ],
  AU: [newYear, ['Australia Day', '01-26'], ['Anzac Day', '04-25'], christmas, boxingDay],
  JP: [
    ['元日', '01-01'],
    ['建国記念の日', '02-11'],
    ['昭和の日', '04-29'],
    ['憲法記念日', '05-03'],
    ['みどりの日', '05-04'],
    ['こどもの日', '05-05'],
    ['山の日', '08-11'],
    ['文化の日', '11-03'],
  ],
}

/** A country's holidays that fall on a working day, in the years of the period. */
export function holidaysOf(country: Country, from: Day, to: Day): DemoHoliday[] {
  const found: DemoHoliday[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
    for (const [title, when] of rules[country]) {
      const day = typeof when === 'string' ? (`${year}-${when}` as Day) : nthWeekday(year, ...when)
      if (day >= from && day <= to && weekday(day) <= 5) found.push({ day, title })
    }
  return found
}

function nthWeekday(year: number, month: number, isoDay: number, nth: number): Day {
  const days = Array.from({ length: 31 }, (_, at) => at + 1)
    .filter((dayOfMonth) => epochOfDate(year, month, dayOfMonth) !== undefined)
    .map((dayOfMonth) =>
      addDays(`${year}-${String(month).padStart(2, '0')}-01` as Day, dayOfMonth - 1),
    )
    .filter((day) => weekday(day) === isoDay)
  return days.at(nth > 0 ? nth - 1 : nth)!
}
