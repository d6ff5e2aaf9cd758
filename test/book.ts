import { makeOwnBook } from '../src/domain/own-book.ts'
import type { Actor, Role } from '../src/domain/permission.ts'
import type { Person } from '../src/domain/person.ts'
import { makeTimesheets } from '../src/domain/timesheets.ts'
import type { NewEntry } from '../src/domain/worklog-book.ts'
import { anActor, aSite } from './builders.ts'
import { aClock } from './clock.ts'
import type { TestDatabase } from './database.ts'

/** A site whose book Hourbook keeps itself, with an issue and two people, Ann and Bob. */
export async function aBook({ store }: TestDatabase, timeZone = 'Europe/Berlin') {
  const site = await aSite(store, { timeZone })
  const clock = aClock()
  const [ann, bob] = (await site.people([
    { username: 'ann' },
    { username: 'bob', role: 'team-lead' },
  ])) as [Person, Person]
  const issue = await site.anIssue()
  const book = makeOwnBook({ store, now: clock.now })
  const actor = (person: Person, role: Role = 'employee', more: Partial<Actor> = {}) =>
    anActor(site, person, role, ['read', 'write'], more)
  const entry = (more: Partial<NewEntry> = {}): NewEntry => ({
    issue: issue.key,
    timeSpentSeconds: 3_600,
    ...(more.startedAt === undefined ? { day: '2026-03-02' } : {}),
    ...more,
  })
  const { siteId } = site
  const worklogs = () => store.worklogs.find({ siteId, viewer: { kind: 'all' } }, { limit: 2_000 })
  const audit = () => store.audit.list(siteId, 1, 2_000)
  const sheets = makeTimesheets({ book })
  return { ...site, clock, ann, bob, issue, book, sheets, actor, entry, worklogs, audit }
}
