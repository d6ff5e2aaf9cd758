import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Drift } from '../domain/lock.ts'
import type { Worklog } from '../domain/worklog.ts'

export function locksContract(database: () => TestDatabase): void {
  it('finds closed periods that touch the days, until they are reopened', async () => {
    const { store } = database()
    const [{ siteId }, other] = [await aSite(store), await aSite(store)]
    const at = Date.UTC(2026, 3, 1)
    await store.locks.closePeriod(siteId, day('2026-03-01'), day('2026-03-31'), at)
    await store.locks.closePeriod(siteId, day('2026-03-01'), day('2026-03-31'), at)
    await store.locks.closePeriod(siteId, day('2025-12-29'), day('2026-01-04'), at)
    const find = (from: string, to = from) => store.locks.find(siteId, day(from), day(to))
    const march = {
      reason: 'period-closed',
      personId: null,
      from: '2026-03-01',
      to: '2026-03-31',
    }
    expect(await find('2026-02-28')).toEqual([])
    expect(await find('2026-03-01')).toEqual([march])
    expect(await find('2026-03-31', '2026-12-31')).toEqual([march])
    expect(await find('2026-04-01')).toEqual([])
    expect(await find('2026-01-01', '2026-12-31')).toHaveLength(2)
    expect(await store.locks.find(other.siteId, day('2026-03-01'), day('2026-03-31'))).toEqual([])
    await store.locks.reopenPeriod(other.siteId, day('2026-03-01'), day('2026-03-31'))
    expect(await find('2026-03-15')).toEqual([march])
    await store.locks.reopenPeriod(siteId, day('2026-03-01'), day('2026-03-31'))
    expect(await find('2026-03-15')).toEqual([])
    await store.locks.closePeriod(siteId, day('2026-03-01'), day('2026-03-31'), at)
    expect(await find('2026-03-15')).toEqual([march])
  })

  it('finds approved timesheets of one person, and no others', async () => {
    const { store, engine } = database()
    const site = await aSite(store)
    const [ann, bob] = [await site.aPerson(), await site.aPerson()]
    const sheet = (personId: string, status: string) =>
      engine.db
        .insertInto('timesheet_approval')
        .values({
          site_id: site.siteId,
          person_id: personId,
          from_day: '2026-03-02',
          to_day: '2026-03-08',
          status,
        })
        .execute()
    await sheet(ann.id, 'approved')
    await sheet(bob.id, 'waiting')
    expect(await store.locks.find(site.siteId, day('2026-03-08'), day('2026-03-09'))).toEqual([
      { reason: 'timesheet-approved', personId: ann.id, from: '2026-03-02', to: '2026-03-08' },
    ])
    expect(await store.locks.find(site.siteId, day('2026-03-09'), day('2026-03-09'))).toEqual([])
  })

  it('tells one person who locked days and when, the latest closing for one', async () => {
    const { store, engine } = database()
    const site = await aSite(store)
    const { siteId } = site
    const [ann, bob, boss] = [
      await site.aPerson(),
      await site.aPerson(),
      await site.aPerson({ displayName: 'The "boss"' }),
    ]
    const by = { id: boss.id, displayName: 'The "boss"' }
    const week = { from: day('2026-03-02'), to: day('2026-03-08') }
    const at = Date.UTC(2026, 3, 1, 12, 0, 0, 5)
    const manifest = (seq: number, kind: 'close' | 'reopen', actorId: typeof boss.id | null) =>
      store.write(siteId, (tx) =>
        tx.manifests.add(siteId, {
          ...{ seq, kind, ...week, at, actorId, comment: '', contentHash: '', hash: String(seq) },
          ...{ worklogCount: 0, timeSpentSeconds: 0, billableSeconds: 0 },
        }),
      )
    await manifest(1, 'close', ann.id)
    await manifest(2, 'reopen', bob.id)
    await manifest(3, 'close', boss.id)
    await store.locks.closePeriod(siteId, week.from, week.to, at)
    for (const person of [ann, bob])
      await engine.db
        .insertInto('timesheet_approval')
        .values({
          ...{ site_id: siteId, person_id: person.id, from_day: week.from, to_day: week.to },
          ...{ status: 'approved', actor_id: person === ann ? boss.id : null },
          updated_at: new Date(at).toISOString(),
        })
        .execute()
    const tell = (personId: typeof ann.id, from: string, to = from) =>
      store.locks.tell(siteId, personId, day(from), day(to))
    const closed = { reason: 'period-closed', personId: null, ...week, by, at }
    expect(await tell(ann.id, '2026-03-08', '2026-03-20')).toEqual([
      closed,
      { reason: 'timesheet-approved', personId: ann.id, ...week, by, at },
    ])
    expect(await tell(bob.id, '2026-03-02')).toEqual([
      closed,
      { reason: 'timesheet-approved', personId: bob.id, ...week, by: null, at },
    ])
    expect(await tell(boss.id, '2026-03-02')).toEqual([closed])
    expect(await tell(ann.id, '2026-03-09')).toEqual([])
    const other = await aSite(store)
    await store.locks.closePeriod(other.siteId, week.from, week.to, at)
    expect(await store.locks.tell(other.siteId, ann.id, week.from, week.to)).toEqual([
      { ...closed, by: null },
    ])
  })

  it('keeps drift per source row, replaces it whole and counts what differs', async () => {
    const { store } = database()
    const site = await aSite(store)
    const { siteId } = site
    const worklog = await site.aWorklog({ comment: 'it\'s "x" \\ 👩‍💻' })
    const other = await site.aPerson()
    const drift: Drift = {
      connectionId: 0,
      jiraId: '9007199254740993',
      copy: 1,
      worklogId: null,
      personId: worklog.authorId,
      day: day('2026-03-02'),
      incoming: incomingOf(worklog),
      seenAt: Date.UTC(2026, 3, 1, 0, 0, 0, 5),
    }
    const gone: Drift = { ...drift, jiraId: '5', copy: 0, worklogId: worklog.id, incoming: null }
    expect(await store.locks.keepDrift(siteId, [])).toBe(0)
    expect(await store.locks.keepDrift(siteId, [drift, gone])).toBe(2)
    expect(await store.locks.keepDrift(siteId, [{ ...drift, seenAt: 1 }, gone])).toBe(0)
    expect(await store.locks.listDrift(siteId, 10)).toEqual([gone, drift])
    const moved: Drift = {
      ...drift,
      worklogId: worklog.id,
      personId: other.id,
      day: day('2026-03-05'),
      incoming: { ...incomingOf(worklog), authorId: other.id, day: day('2026-03-05') },
      seenAt: 2,
    }
    expect(await store.locks.keepDrift(siteId, [moved, gone])).toBe(1)
    expect(await store.locks.listDrift(siteId, 10)).toEqual([gone, moved])
    const older = { ...incomingOf(worklog), comment: 'old', updatedAt: worklog.updatedAt - 1 }
    expect(await store.locks.keepDrift(siteId, [{ ...drift, incoming: older }])).toBe(0)
    expect(await store.locks.listDrift(siteId, 10)).toEqual([gone, moved])
    expect(await store.locks.listDrift(siteId, 1)).toEqual([gone])
    expect(await store.locks.listDrift((await aSite(store)).siteId, 10)).toEqual([])
  })
}

function incomingOf({
  id,
  version,
  createdVersion,
  ...rest
}: Worklog): NonNullable<Drift['incoming']> {
  return rest
}
