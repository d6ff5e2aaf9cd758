import { firstDay } from '../../domain/dated-choice.ts'
import type { WeekSeconds } from '../../domain/schedule.ts'
import type { FillContext, PersonOf } from './fill.ts'
import { holidaysOf } from './holidays.ts'
import { planEnd } from './plans.ts'
import { type Country, roster } from './roster.ts'

/** What the working weeks of the company are called; the first is the default. */
const weekNames: Readonly<Record<string, string>> = {
  '8,8,8,8,6.5': 'Full time',
  '8,8,8,8,0': 'Four days',
  '4,4,4,4,4': 'Half days',
  '8,8,8,0,0': 'Three days',
}

const countryNames: Readonly<Record<Country, string>> = {
  DE: 'Germany',
  US: 'United States',
  IN: 'India',
  GB: 'United Kingdom',
  BR: 'Brazil',
  AU: 'Australia',
  JP: 'Japan',
}

/** Writes the working weeks, and who works which. */
export async function fillSchedules(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<void> {
  const [usual] = await tx.schedules.list(siteId, company.today)
  for (const [hours, name] of Object.entries(weekNames)) {
    const weekSeconds = [...hours.split(','), '0', '0'].map(
      (one) => Number(one) * 3_600,
    ) as unknown as WeekSeconds
    const isDefault = name === 'Full time'
    const schedule = { name, description: '', isDefault, weekSeconds, version: 1 }
    if (isDefault) await tx.schedules.update(siteId, { ...schedule, id: usual!.id })
    const id = isDefault ? usual!.id : await tx.schedules.insert(siteId, schedule)
    for (const person of roster)
      if (!isDefault && person.hours.join() === hours)
        await tx.schedules.choose(siteId, personOf(person.username), [
          { from: firstDay, choice: id },
        ])
  }
}

/** Writes a holiday scheme for each country, and who lives where. */
export async function fillHolidays(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<void> {
  const [usual] = await tx.holidays.listSchemes(siteId, company.today)
  for (const [country, name] of Object.entries(countryNames) as [Country, string][]) {
    const isDefault = country === 'DE'
    const scheme = { name, description: '', isDefault, version: 1 }
    if (isDefault) await tx.holidays.updateScheme(siteId, { ...scheme, id: usual!.id })
    const schemeId = isDefault ? usual!.id : await tx.holidays.insertScheme(siteId, scheme)
    await tx.holidays.insert(
      siteId,
      holidaysOf(country, company.start, planEnd(company.today)).map(({ day, title }) => ({
        schemeId,
        kind: 'floating',
        name: title,
        description: '',
        day,
        seconds: 28_800,
      })),
    )
    for (const person of company.people)
      if (!isDefault && person.country === country)
        await tx.holidays.choose(siteId, personOf(person.username), [
          { from: firstDay, choice: schemeId },
        ])
  }
}
