import { describe, expect, it } from 'vitest'
import { aBook as aBookIn } from '../../test/book.ts'
import { aSite, day } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import type { Actor } from './permission.ts'
import type { WorklogId } from './worklog.ts'
import type { EntryChange } from './worklog-book.ts'

withDatabase(openMemoryDatabase, (database) => {
  const aBook = (timeZone?: string) => aBookIn(database(), timeZone)

  describe('changing', () => {
    it('changes what is told and leaves the rest', async () => {
      const { sheets, actor, ann, issue, clock, entry, audit, ...site } = await aBook()
      const other = await site.anIssue()
      const first = await sheets.log(
        actor(ann),
        entry({ startTime: '10:15', comment: 'c', category: 'k', billableSeconds: 60 }),
      )
      clock.advance(1_000)
      const changed = await sheets.change(actor(ann), first.id, { timeSpentSeconds: 60 })
      const { id, version, updatedAt, timeSpentSeconds, ...rest } = first
      expect(changed).toMatchObject({ id, ...rest, timeSpentSeconds: 60, updatedAt: clock.now() })
      expect(changed.version).toBeGreaterThan(version)
      const moved = await sheets.change(actor(ann), first.id, {
        issue: other.key,
        day: '2026-03-05',
        category: null,
        billableSeconds: null,
      })
      expect(moved).toMatchObject({
        issueId: other.id,
        issue: { key: other.key },
        day: '2026-03-05',
        startTime: '10:15:00',
        category: null,
        billableSeconds: null,
        comment: 'c',
      })
      const timed = await sheets.change(actor(ann), first.id, { startTime: '11:00' })
      expect(timed).toMatchObject({ day: '2026-03-05', startTime: '11:00:00' })
      expect(await site.store.worklogs.get(site.siteId, id)).toEqual(timed)
      expect(await audit()).toMatchObject([
        { action: 'worklog.create' },
        { action: 'worklog.update', before: { timeSpentSeconds }, after: { timeSpentSeconds: 60 } },
        { action: 'worklog.update', before: { issueId: issue.id }, after: { issueId: other.id } },
        { action: 'worklog.update', before: { startTime: '10:15:00' } },
      ])
      expect(updatedAt).toBe(clock.now() - 1_000)
    })

    it.each<[string, EntryChange, object]>([
      ['an unknown issue', { issue: 'NO-1' }, { code: 'invalid' }],
      ['no time', { timeSpentSeconds: 0 }, { code: 'invalid' }],
      ['an unknown group', { visibility: { type: 'group', value: 'x' } }, { code: 'invalid' }],
      ['both an instant and a day', { startedAt: 0, day: '2026-03-02' }, { code: 'invalid' }],
      ['a day into a closed period', { day: '2026-02-10' }, { code: 'locked' }],
      ['an instant into it', { startedAt: Date.parse('2026-02-28T22:59Z') }, { code: 'locked' }],
    ])('refuses %s and changes nothing', async (_, change, refusal) => {
      const { sheets, actor, ann, entry, store, siteId } = await aBook()
      await store.locks.closePeriod(siteId, day('2026-02-01'), day('2026-02-28'), 0)
      const before = await sheets.log(
        actor(ann),
        entry({ startedAt: Date.parse('2026-02-28T23:00Z') }),
      )
      expect(before.day).toBe('2026-03-01')
      await expect(sheets.change(actor(ann), before.id, change)).rejects.toMatchObject(refusal)
      expect(await store.worklogs.get(siteId, before.id)).toEqual(before)
    })

    it('refuses to take a row out of a closed period or an approved timesheet', async () => {
      const { sheets, actor, ann, bob, entry, store, siteId } = await aBook()
      const mine = await sheets.log(actor(ann), entry())
      const theirs = await sheets.log(actor(bob), entry())
      await database()
        .engine.db.insertInto('timesheet_approval')
        .values({
          site_id: siteId,
          person_id: ann.id,
          from_day: '2026-03-02',
          to_day: '2026-03-08',
          status: 'approved',
        })
        .execute()
      const locked = { code: 'locked', details: { lock: { reason: 'timesheet-approved' } } }
      await expect(sheets.change(actor(ann), mine.id, { day: '2026-03-09' })).rejects.toMatchObject(
        locked,
      )
      await expect(sheets.remove(actor(ann), mine.id)).rejects.toMatchObject(locked)
      await sheets.change(actor(bob), theirs.id, { day: '2026-03-09' })
      await store.locks.closePeriod(siteId, day('2026-03-09'), day('2026-03-09'), 0)
      await expect(sheets.remove(actor(bob), theirs.id)).rejects.toMatchObject({ code: 'locked' })
    })

    it('refuses a stale version, telling the present one', async () => {
      const { sheets, actor, ann, entry } = await aBook()
      const first = await sheets.log(actor(ann), entry())
      const second = await sheets.change(actor(ann), first.id, { comment: 'x' }, first.version)
      const stale = {
        code: 'conflict',
        details: { reason: 'stale-version', currentVersion: second.version },
      }
      const again = sheets.change(actor(ann), first.id, { comment: 'y' }, first.version)
      await expect(again).rejects.toMatchObject(stale)
      await expect(sheets.remove(actor(ann), first.id, first.version)).rejects.toMatchObject(stale)
      expect((await sheets.remove(actor(ann), first.id, second.version)).comment).toBe('x')
    })

    it('does not tell a row one may not see from one that is not there', async () => {
      const { sheets, actor, ann, bob, entry, store, siteId } = await aBook()
      await store.groups.create(siteId, ['staff'])
      const open = await sheets.log(actor(bob), entry())
      const visibility = { type: 'group', value: 'staff' } as const
      const secret = await sheets.log(actor(bob), entry({ visibility }))
      const gone = await sheets.log(actor(ann), entry())
      await sheets.remove(actor(ann), gone.id)
      const foreign = await (await aSite(store)).aWorklog()
      const tries: [Actor, WorklogId, string][] = [
        [actor(ann), open.id, 'not-found'],
        [actor(ann, 'employee', { teammateIds: [bob.id] }), open.id, 'forbidden'],
        [actor(ann, 'employee', { teammateIds: [bob.id] }), secret.id, 'not-found'],
        [actor(ann, 'manager'), secret.id, 'not-found'],
        [actor(ann), gone.id, 'not-found'],
        [actor(ann, 'administrator'), gone.id, 'not-found'],
        [actor(ann, 'administrator'), foreign.id, 'not-found'],
        ...['0', '', 'x', 'new 1', '99999999999999999999'].map((id): [Actor, WorklogId, string] => [
          actor(ann, 'administrator'),
          id as WorklogId,
          'not-found',
        ]),
      ]
      for (const [who, id, code] of tries) {
        await expect(sheets.change(who, id, { comment: 'no' })).rejects.toMatchObject({ code })
        await expect(sheets.remove(who, id)).rejects.toMatchObject({ code })
      }
      const staff = actor(ann, 'manager', { groupNames: ['staff'] })
      expect((await sheets.change(staff, secret.id, { comment: 'yes' })).comment).toBe('yes')
    })
  })

  it('removes a row once, answers it, and keeps it as a tombstone', async () => {
    const { sheets, actor, ann, entry, clock, store, siteId, worklogs, audit } = await aBook()
    const logged = await sheets.log(actor(ann), entry())
    clock.advance(5)
    const removed = await sheets.remove(actor(ann), logged.id)
    expect(removed).toMatchObject({
      id: logged.id,
      deletedAt: clock.now(),
      timeSpentSeconds: 3_600,
    })
    await expect(sheets.remove(actor(ann), logged.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await worklogs()).toEqual([])
    const changes = await store.worklogs.changedSince(siteId, { kind: 'all' }, logged.version, 9)
    expect(changes).toEqual([{ kind: 'deleted', worklog: removed }])
    expect((await audit())[1]).toMatchObject({
      action: 'worklog.delete',
      before: { id: logged.id, deletedAt: null },
      after: null,
    })
  })
})
