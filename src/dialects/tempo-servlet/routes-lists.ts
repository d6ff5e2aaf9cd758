import { type Day, isDay, type Period, startOfYear } from '../../domain/day.ts'
import { fallsOn, type Holiday } from '../../domain/holiday.ts'
import type { Actor } from '../../domain/permission.ts'
import { siteToday } from '../../domain/site-day.ts'
import { ServletError } from './errors.ts'
import type { ServletNeeds } from './needs.ts'
import { type Params, readPeriod } from './params.ts'
import {
  type BillingKey,
  type HolidayOccurrence,
  renderBillingKeys,
  renderHolidays,
} from './render-lists.ts'

const pageSize = 1_000
const mostLinks = 1_000_000
const mostYears = 20

/** Every account that is not archived, by key. */
export async function billingKeyList(actor: Actor, { store }: ServletNeeds): Promise<string> {
  const accounts = []
  for (;;) {
    const afterId = accounts.at(-1)?.id
    const page = await store.accounts.find(actor.siteId, {
      statuses: ['open', 'closed'],
      limit: pageSize,
      ...(afterId === undefined ? {} : { afterId }),
    })
    accounts.push(...page)
    if (page.length < pageSize) break
  }
  const links = await store.accountLinks.find(actor.siteId, { limit: mostLinks })
  const projectKeys = new Map<string, string[]>()
  for (const { accountId, project } of links)
    projectKeys.set(accountId, [...(projectKeys.get(accountId) ?? []), project.key])
  const leadIds = [...new Set(accounts.map(({ leadId }) => leadId))]
  const leads = new Map(
    (await store.people.getMany(actor.siteId, leadIds)).map((person) => [person.id, person]),
  )
  const keys = accounts.map((account): BillingKey => {
    const { lead, contact, customer, category } = account
    return {
      key: account.key,
      name: account.name,
      isOpen: account.status === 'open',
      customerKey: customer?.key ?? '',
      customerName: customer?.name ?? '',
      projectKeys: projectKeys.get(account.id) ?? [],
      leadName: lead.displayName,
      leadUsername: leads.get(account.leadId)?.username ?? lead.accountId,
      contactName: contact?.displayName ?? account.externalContact ?? '',
      categoryName: category?.name ?? '',
      categoryKey: category?.key ?? '',
    }
  })
  return renderBillingKeys(keys.sort((a, b) => (a.key < b.key ? -1 : 1)))
}

/** Holidays of every scheme on their days; this year and the next where no days are named. */
export async function holidayList(
  actor: Actor,
  params: Params,
  { store, now }: ServletNeeds,
): Promise<string> {
  const today = await siteToday(store, actor.siteId, now())
  const year = Number(today.slice(0, 4))
  const period = readPeriod(params, { from: startOfYear(today), to: dayIn(year + 1, '12-31') })
  if (yearOf(period.to) - yearOf(period.from) >= mostYears)
    throw new ServletError(400, `dateFrom and dateTo must be less than ${mostYears} years apart`)
  const schemes = await store.holidays.listSchemes(actor.siteId, today)
  const holidays = await store.holidays.find(actor.siteId, { period })
  const occurrences = schemes.flatMap(({ id, name }) =>
    holidays
      .filter((holiday) => holiday.schemeId === id)
      .flatMap((holiday) => occurrencesOf(holiday, period, name)),
  )
  return renderHolidays(
    occurrences.sort((a, b) =>
      a.day === b.day ? (a.scheme < b.scheme ? -1 : 1) : a.day < b.day ? -1 : 1,
    ),
  )
}

function occurrencesOf(holiday: Holiday, period: Period, scheme: string): HolidayOccurrence[] {
  const years = Array.from(
    { length: yearOf(period.to) - yearOf(period.from) + 1 },
    (_, at) => yearOf(period.from) + at,
  )
  const days = years.map((year) => `${year}`.padStart(4, '0') + holiday.day.slice(4)).filter(isDay)
  return days
    .filter((day) => day >= period.from && day <= period.to && fallsOn(holiday, day))
    .map((day) => ({
      day,
      name: holiday.name,
      isFixed: holiday.kind === 'fixed',
      seconds: holiday.seconds,
      scheme,
    }))
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

function dayIn(year: number, rest: string): Day {
  return `${year}-${rest}` as Day
}
