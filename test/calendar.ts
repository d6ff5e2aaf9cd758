import { createHash } from 'node:crypto'
import { makePublicHolidays } from '../src/calendars/public-holidays.ts'
import { makeCalendar } from '../src/domain/calendar.ts'
import { aBook } from './book.ts'
import type { TestDatabase } from './database.ts'

/** SHA-256 of a text, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The book of two people, Ann whom Bob leads, with everything that watches over its days. */
export async function aCalendar(database: TestDatabase) {
  const book = await aBook(database)
  const { store, siteId, ann, bob } = book
  const team = await store.teams.create(siteId, { name: 'Team', leadId: bob.id })
  await store.teams.addMemberships(siteId, [
    { teamId: team, personId: ann.id, from: null, to: null, commitmentPercent: 100 },
  ])
  const admin = await book.aPerson({ username: 'root', role: 'administrator' })
  const publicHolidays = makePublicHolidays()
  const calendar = makeCalendar({ store, now: book.clock.now, sha256, publicHolidays })
  return {
    ...book,
    admin,
    calendar,
    asAnn: book.actor(ann),
    asBob: book.actor(bob, 'team-lead', { ledIds: [ann.id] }),
    asAdmin: book.actor(admin, 'administrator', { scopes: ['read', 'write', 'admin'] }),
  }
}
