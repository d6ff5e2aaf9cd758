import { makeOwnBook } from '../src/domain/own-book.ts'
import type { Store } from '../src/domain/store.ts'
import { makeTimesheets } from '../src/domain/timesheets.ts'
import { makeConflicts } from '../src/sync/conflicts.ts'
import { makeMirrorBook } from '../src/sync/mirror-book.ts'
import { makeIssueQueue } from '../src/sync/pacer.ts'
import { anActor } from './builders.ts'
import { startFakeJira } from './fake-jira/fake-jira.ts'
import type { Dialect } from './fake-jira/switches.ts'
import { aSyncedSite, quick } from './synced.ts'

/** A mirrored Jira with one issue and Ann, who has left her token. */
export async function aMirror(
  store: Store,
  dialect: Dialect,
  { writesAs = 'person', estimates = 'leave' }: { writesAs?: string; estimates?: string } = {},
) {
  const jira = await startFakeJira({ dialect, contextPath: '/jira' })
  const { world, clock } = jira
  const ann = world.addUser({ name: 'ann', timeZone: 'Europe/Berlin' })
  const project = world.addProject({ key: 'AA' })
  const issue = world.addIssue({ project })
  world.logWork({ issue, author: ann, comment: 'there before' })
  clock.advance(61_000)
  const site = await aSyncedSite(store, jira, {
    mode: 'mirror',
    writesAs,
    estimates,
    timeOuts: quick,
  })
  await site.run()
  const names = dialect === 'cloud' ? [ann.accountId] : [ann.name]
  const person = (await store.people.findByNames(site.siteId, names)).get(names[0]!)![0]!
  const now = () => clock.now()
  let uids = 0
  const own = makeOwnBook({ store, now })
  const needs = { store, own, door: site.door, now, wait: site.wait }
  const inLine = makeIssueQueue({ now, wait: site.wait, random: () => 0.5 })
  const newUid = () => {
    uids += 1
    return `${site.siteId}-uid-${uids}`
  }
  const book = makeMirrorBook({ ...needs, newUid, inLine })
  const sheets = makeTimesheets({ book })
  const { email, apiToken, pat } = jira.credentials(ann)
  if (writesAs === 'person')
    await site.connections.login(site.actor, 'jira', {
      personId: person.id,
      ...(dialect === 'cloud'
        ? { auth: 'basic', login: email, secret: apiToken }
        : { auth: 'pat', secret: pat }),
    })
  const actor = anActor(site, person)
  const entry = (comment: string, startTime = '10:00') => ({
    issue: issue.key,
    day: '2026-03-02',
    startTime,
    timeSpentSeconds: 3_600,
    comment,
  })
  const conflicts = makeConflicts({ store, timesheets: sheets, now })
  return { jira, world, clock, issue, site, person, book, sheets, conflicts, actor, entry, store }
}

/** Lets everything come to its end: faults stop, two cycles and a reconciliation run. */
export async function settle({ site, clock, jira }: Mirror): Promise<void> {
  jira.faults.stop()
  clock.advance(900_000)
  await site.run()
  clock.advance(360_000)
  await site.run({ isFull: true, acceptsGone: true })
}

export type Mirror = Awaited<ReturnType<typeof aMirror>>
