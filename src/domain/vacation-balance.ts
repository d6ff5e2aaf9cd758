import { type Day, epochOfDay, type Period } from './day.ts'
import { DomainError } from './errors.ts'
import type { PersonPlanItem, PlannedEvent } from './event.ts'
import type { PersonId } from './person.ts'
import { personSchedules } from './person-schedules.ts'
import type { PlanContext } from './plan-context.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import { makeCalendar, type PersonSchedule } from './work-calendar.ts'
import type { PlanItem } from './workload.ts'

/** A person's vacation of one year, in days the person would have worked. */
export type VacationBalance = {
  readonly personId: PersonId
  readonly year: number
  /** Null is without limit. */
  readonly allowanceDays: number | null
  readonly approvedDays: number
  /** Asked for and not yet agreed to. */
  readonly requestedDays: number
  /** Allowance less what is approved; null without limit. */
  readonly remainingDays: number | null
}

type Needed = Pick<Stores, 'workingTime' | 'events' | 'vacations' | 'planningSettings'>

/** How much vacation these people may take in a year, and what of it is taken or asked for. */
export async function vacationBalances(
  stores: Needed,
  siteId: SiteId,
  personIds: readonly PersonId[],
  year: number,
): Promise<VacationBalance[]> {
  const period = yearOf(year)
  const { vacationDays: usual } = await stores.planningSettings.get(siteId)
  const own = await stores.vacations.find(siteId, personIds, year)
  const schedules = await personSchedules(stores, siteId, personIds, period)
  const absences = await stores.events.absencesOf(siteId, personIds, period)
  const byPerson = new Map<PersonId, PersonPlanItem[]>()
  for (const item of absences) {
    const list = byPerson.get(item.personId)
    if (list) list.push(item)
    else byPerson.set(item.personId, [item])
  }
  return personIds.map((personId) => {
    const allowance = own.find((one) => one.personId === personId)?.days ?? usual
    const items = byPerson.get(personId) ?? []
    const schedule = schedules.get(personId)!
    const approved = countVacationDays(schedule, items.filter(isAgreed), period)
    const all = countVacationDays(schedule, items, period)
    return {
      personId,
      year,
      allowanceDays: allowance,
      approvedDays: approved,
      requestedDays: all - approved,
      remainingDays: allowance === null ? null : allowance - approved,
    }
  })
}

/**
 * Days of the period that vacations take: those the person would have worked, without holidays and
 * days of illness. A day under two vacations counts once.
 */
export function countVacationDays(
  schedule: PersonSchedule,
  items: readonly PlanItem[],
  period: Period,
): number {
  const [first, last] = [epochOfDay(period.from), epochOfDay(period.to)]
  const others = items.filter(({ kind }) => kind === 'holiday' || kind === 'sick-leave')
  const { workingBefore } = makeCalendar(schedule, others, { first, last, countsUnapproved: true })
  const taken = new Uint8Array(last - first + 1)
  for (const item of items) {
    if (item.kind !== 'vacation') continue
    const to = Math.min(last, epochOfDay(item.to))
    for (let day = Math.max(first, epochOfDay(item.from)); day <= to; day += 1) {
      const at = day - first
      if (workingBefore[at + 1]! > workingBefore[at]!) taken[at] = 1
    }
  }
  return taken.reduce((sum, one) => sum + one, 0)
}

type Batch = Pick<PlanContext, 'tx' | 'actor' | 'current'>

/** Refuses an approved vacation that takes more days of a year than the person has. */
export async function checkAllowance(
  context: Batch,
  before: PlannedEvent | null,
  after: PlannedEvent,
): Promise<void> {
  const { personId } = after
  if (after.kind !== 'vacation' || after.approvedAt === null || personId === null) return
  const isSame =
    before?.approvedAt != null &&
    before.from === after.from &&
    before.to === after.to &&
    before.personId === personId
  if (isSame) return
  const { tx, actor } = context
  const { vacationDays: usual } = await tx.planningSettings.get(actor.siteId)
  for (let year = Number(after.from.slice(0, 4)); year <= Number(after.to.slice(0, 4)); year += 1) {
    const [own] = await tx.vacations.find(actor.siteId, [personId], year)
    const allowance = own?.days ?? usual
    if (allowance === null) continue
    const period = yearOf(year)
    const schedule = (await personSchedules(tx, actor.siteId, [personId], period)).get(personId)!
    const items = await itemsWithin(context, personId, period)
    const days = countVacationDays(schedule, items.filter(isAgreed), period)
    if (days <= allowance) continue
    throw new DomainError(
      'invalid',
      `That would be ${days} days of vacation in ${year}, and ${allowance} are allowed`,
      { problems: [{ field: 'isApproved', message: `exceeds the allowance of ${year}` }] },
    )
  }
}

/** Absences of a person in a period, as they stand within the batch. */
async function itemsWithin(
  { tx, actor, current }: Batch,
  personId: PersonId,
  period: Period,
): Promise<PlanItem[]> {
  const stored = await tx.events.find(
    {
      siteId: actor.siteId,
      viewer: { kind: 'all' },
      personIds: [personId],
      period,
      kinds: ['vacation', 'holiday', 'sick-leave'],
    },
    { limit: 5_000 },
  )
  const inBatch = [...current.values()].filter(
    (event) => event?.personId === personId && event.from <= period.to && event.to >= period.from,
  )
  return [...stored.filter(({ id }) => !current.has(id)), ...inBatch].flatMap((event) =>
    event === null
      ? []
      : [
          {
            kind: event.kind,
            from: event.from,
            to: event.to,
            secondsPerDay: event.secondsPerDay,
            remainingSeconds: 0,
            isApproved: event.approvedAt !== null,
            group: '',
          },
        ],
  )
}

function isAgreed({ kind, isApproved }: PlanItem): boolean {
  return kind !== 'vacation' || isApproved
}

function yearOf(year: number): Period {
  return { from: `${year}-01-01` as Day, to: `${year}-12-31` as Day }
}
