import { sha256 } from '../../compose.ts'
import { closeIn } from '../../domain/closing.ts'
import { addMonths, endOfMonth, type Period, startOfMonth } from '../../domain/day.ts'
import { DomainError } from '../../domain/errors.ts'
import type { PersonId } from '../../domain/person.ts'
import { ownConnection, type SiteId } from '../../domain/site.ts'
import type { Store, Writing } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Company } from './company.ts'
import { fillAccounts } from './fill-accounts.ts'
import { fillHolidays, fillSchedules } from './fill-calendar.ts'
import { fillEvents } from './fill-events.ts'
import { fillIssues, fillProjects } from './fill-issues.ts'
import { fillGroups, fillPeople } from './fill-people.ts'
import { fillStaff } from './fill-staff.ts'
import { fillTeams } from './fill-teams.ts'
import { fillTimesheets } from './fill-timesheets.ts'
import { fillWorklogs } from './fill-worklogs.ts'

/** What goes where; `now` is when the demo begins to be used. */
export type DemoFill = {
  readonly store: Store
  readonly siteId: SiteId
  readonly company: Company
  readonly now: Instant
  /** Who is here already and becomes the company's administrator; nobody else may be here. */
  readonly administratorId?: PersonId
}

/** Finds the stored person behind a username of the company. */
export type PersonOf = (username: string) => PersonId

/** What every part of the filling works with. */
export type FillContext = {
  readonly tx: Writing
  readonly siteId: SiteId
  readonly company: Company
  readonly now: Instant
  readonly administratorId?: PersonId | undefined
}

/**
 * Writes the sample company into an empty site, all of it or nothing, so that a start cut short
 * can be repeated. What would end after `now` is left out. Refuses (`conflict`) a site with people.
 */
export async function fillDemo({
  store,
  siteId,
  company,
  now,
  administratorId,
}: DemoFill): Promise<{ people: number; issues: number; worklogs: number }> {
  const counts = await store.write(siteId, async (tx) => {
    const context = { tx, siteId, company, now, administratorId }
    const here = await tx.people.list({ siteId, limit: 2 })
    if (here.some(({ id }) => id !== administratorId))
      throw new DomainError('conflict', 'The site already has people; the demo needs an empty one')
    const personOf = await fillPeople(context)
    await fillGroups(context, personOf)
    const projectOf = await fillProjects(context, personOf)
    const teamOf = await fillTeams(context, personOf, projectOf)
    await fillStaff(context, personOf, teamOf)
    const issueOf = await fillIssues(context, personOf, projectOf)
    const accountOf = await fillAccounts(context, personOf, projectOf)
    const worklogs = await fillWorklogs(context, personOf, issueOf, accountOf)
    await fillSchedules(context, personOf)
    await fillHolidays(context, personOf)
    await fillEvents(context, personOf, projectOf, issueOf)
    await fillTimesheets(context, personOf)
    await fillCatalogue(context, personOf)
    await closeOldMonths(context)
    const filled = { people: company.people.length, issues: company.issues.length, worklogs }
    tx.note({
      at: now,
      actorId: null,
      via: 'demo',
      action: 'demo.fill',
      objectType: 'site',
      objectId: String(siteId),
      before: null,
      after: filled,
    })
    return filled
  })
  // The first reports should not run on the statistics of an empty database.
  await store.maintain()
  return counts
}

async function fillCatalogue(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<void> {
  await tx.catalogue.putFields(
    siteId,
    company.fields.map((field) => ({ ...field, connectionId: ownConnection, isCustom: true })),
  )
  let jiraId = tx.takeJiraIds(company.filters.length)
  await tx.catalogue.putFilters(
    siteId,
    company.filters.map(({ owner, ...filter }) => ({
      ...filter,
      connectionId: ownConnection,
      jiraId: String(jiraId++),
      ownerId: personOf(owner),
    })),
  )
}

/** Months that ended more than three months ago, each a period of its own: one can be reopened. */
async function closeOldMonths(context: FillContext): Promise<void> {
  const { company } = context
  const limit = addMonths(company.today, -3)
  for (
    let month = startOfMonth(company.start);
    endOfMonth(month) < limit;
    month = addMonths(month, 1)
  )
    await closeMonth(context, { from: month, to: endOfMonth(month) })
}

async function closeMonth({ tx, siteId, now }: FillContext, month: Period): Promise<void> {
  const by = { at: now, actorId: null, comment: 'Payroll' }
  const manifest = await closeIn(tx, siteId, month, by, sha256)
  tx.note({
    at: now,
    actorId: null,
    via: 'demo',
    action: 'period.close',
    objectType: 'period',
    objectId: String(manifest.seq),
    before: null,
    after: manifest,
  })
}
