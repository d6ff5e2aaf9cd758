import { addDays, type Day, isDay } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import type { HolidayPlace, PublicHoliday, PublicHolidays } from '../domain/holiday.ts'

type Library = typeof import('date-holidays').default
type Entry = ReturnType<InstanceType<Library>['getHolidays']>[number]

/** A rule that gives the same date every year, as the library writes it. */
const sameEveryYear = /^\d\d-\d\d$/

/** The public holidays of the world, as the library `date-holidays` keeps them. */
export function makePublicHolidays(): PublicHolidays {
  let loading: Promise<Library> | undefined
  // Two megabytes of rules: read when somebody first asks.
  const load = () => (loading ??= import('date-holidays').then((module) => module.default))
  return {
    async places({ country, state }) {
      const library = new (await load())()
      if (country === undefined) return toPlaces(library.getCountries('en'))
      checkCode('country', country, library.getCountries())
      if (state === undefined) return toPlaces(library.getStates(country))
      checkCode('state', state, library.getStates(country))
      return toPlaces(library.getRegions(country, state))
    },
    async list(place, years, fullDaySeconds) {
      const Holidays = await load()
      checkPlace(new Holidays(), place)
      const { country, state, region } = place
      // Names are those of the country itself; all clocks are that of nowhere, so days stay days.
      const calendar = new Holidays(
        { country, ...(state ? { state } : {}), ...(region ? { region } : {}) },
        { types: ['public'], timezone: 'UTC' },
      )
      const found = new Map<string, PublicHoliday>()
      for (let year = years.from; year <= years.to; year += 1)
        for (const entry of calendar.getHolidays(year))
          for (const holiday of toHolidays(entry, fullDaySeconds)) {
            const key = holiday.kind === 'fixed' ? holiday.day.slice(5) : holiday.day
            if (!found.has(key)) found.set(key, holiday)
          }
      return [...found.values()]
    },
  }
}

/** One a day: the library tells of several days in a row as one holiday. */
function toHolidays(entry: Entry, fullDaySeconds: number): PublicHoliday[] {
  const first = entry.date.slice(0, 10)
  if (!isDay(first)) return []
  const isPartial = entry.date.slice(11, 19) > '00:00:00'
  const length = Math.max(1, Math.round((entry.end.getTime() - entry.start.getTime()) / 86_400_000))
  return Array.from({ length: isPartial ? 1 : length }, (_, at) => ({
    kind: sameEveryYear.test(entry.rule) && !entry.substitute ? 'fixed' : 'floating',
    name: entry.name.slice(0, 255),
    day: addDays(first as Day, at),
    seconds: isPartial ? Math.max(1, Math.round(fullDaySeconds / 2)) : fullDaySeconds,
  }))
}

function checkPlace(library: InstanceType<Library>, { country, state, region }: HolidayPlace) {
  checkCode('country', country, library.getCountries())
  if (state !== undefined) checkCode('state', state, library.getStates(country))
  if (region === undefined) return
  if (state === undefined) throw invalidField('region', 'needs its state')
  checkCode('region', region, library.getRegions(country, state))
}

type Names = Readonly<Record<string, string>> | undefined

function checkCode(field: string, code: string, names: Names): void {
  if (names === undefined || !Object.hasOwn(names, code))
    throw invalidField(field, `no public holidays are known for "${code.slice(0, 20)}"`)
}

function toPlaces(names: Names): { code: string; name: string }[] {
  return Object.entries(names ?? {}).map(([code, name]) => ({ code, name }))
}
