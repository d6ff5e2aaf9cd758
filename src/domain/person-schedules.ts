import { byPerson, choiceOn } from './dated-choice.ts'
import { type Day, epochOfDate, type Period } from './day.ts'
import type { Holiday, HolidaySchemeId } from './holiday.ts'
import type { PersonId } from './person.ts'
import type { WorkingTimeFacts } from './required-time.ts'
import type { ScheduleId } from './schedule.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import type { PersonSchedule, ScheduledHoliday, WeekPattern } from './work-calendar.ts'

/** What each of these people works by agreement in the period: one query, however many they are. */
export async function personSchedules(
  stores: Pick<Stores, 'workingTime'>,
  siteId: SiteId,
  personIds: readonly PersonId[],
  period: Period,
): Promise<ReadonlyMap<PersonId, PersonSchedule>> {
  return schedulesFrom(await stores.workingTime.read(siteId, personIds, period), personIds, period)
}

/** The same from facts read already. */
export function schedulesFrom(
  facts: WorkingTimeFacts,
  personIds: readonly PersonId[],
  period: Period,
): ReadonlyMap<PersonId, PersonSchedule> {
  const weeks = new Map<ScheduleId, readonly number[]>(
    facts.schedules.map(({ id, weekSeconds }) => [id, weekSeconds]),
  )
  const usualWeek = facts.schedules.find(({ isDefault }) => isDefault)?.weekSeconds ?? []
  const scheduleChoices = byPerson(facts.scheduleChoices)
  const holidayChoices = byPerson(facts.holidayChoices)
  const holidaysOf = holidaysByScheme(facts.holidays, period)
  const usualScheme = facts.defaultHolidaySchemeId
  const usual: PersonSchedule = {
    patterns: [{ from: null, secondsByWeekday: usualWeek }],
    holidays: usualScheme === null ? [] : (holidaysOf.get(usualScheme) ?? []),
  }
  return new Map(
    personIds.map((personId) => {
      const ofSchedule = scheduleChoices.get(personId) ?? []
      const ofHolidays = holidayChoices.get(personId) ?? []
      const patterns: WeekPattern[] = ofSchedule.map(({ from, choice }) => ({
        from,
        secondsByWeekday: (choice === null ? undefined : weeks.get(choice)) ?? usualWeek,
      }))
      const holidays =
        ofHolidays.length === 0
          ? usual.holidays
          : [...new Set([usualScheme, ...ofHolidays.map(({ choice }) => choice)])].flatMap(
              (scheme) =>
                (scheme === null ? [] : (holidaysOf.get(scheme) ?? [])).filter(
                  ({ day }) => (choiceOn(ofHolidays, day) ?? usualScheme) === scheme,
                ),
            )
      return [personId, { patterns: [...usual.patterns, ...patterns], holidays }]
    }),
  )
}

/** Each scheme's holidays in the period, a day once: the longest, among equals the older one. */
function holidaysByScheme(
  holidays: readonly Holiday[],
  period: Period,
): ReadonlyMap<HolidaySchemeId, ScheduledHoliday[]> {
  const found = new Map<HolidaySchemeId, Map<Day, ScheduledHoliday>>()
  for (const holiday of holidays)
    for (const day of daysOfHoliday(holiday, period)) {
      const days = found.get(holiday.schemeId) ?? new Map<Day, ScheduledHoliday>()
      found.set(holiday.schemeId, days)
      if ((days.get(day)?.seconds ?? 0) < holiday.seconds)
        days.set(day, { day, name: holiday.name, seconds: holiday.seconds })
    }
  return new Map(
    [...found].map(([scheme, days]) => [
      scheme,
      [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    ]),
  )
}

/** The days of the period a holiday falls on; 29 February comes in leap years only. */
function daysOfHoliday({ kind, day }: Holiday, { from, to }: Period): Day[] {
  if (kind === 'floating') return from <= day && day <= to ? [day] : []
  const days: Day[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const inYear = `${String(year).padStart(4, '0')}${day.slice(4)}` as Day
    const exists = epochOfDate(year, Number(day.slice(5, 7)), Number(day.slice(8, 10)))
    if (exists !== undefined && from <= inYear && inYear <= to) days.push(inYear)
  }
  return days
}
