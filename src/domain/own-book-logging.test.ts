import { describe, expect, it } from 'vitest'
import { aBook as aBookIn } from '../../test/book.ts'
import { day } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { ownConnection } from './site.ts'
import type { NewEntry, WriteCommand } from './worklog-book.ts'

withDatabase(openMemoryDatabase, (database) => {
  const aBook = (timeZone?: string) => aBookIn(database(), timeZone)

  describe('logging', () => {
    it('stores the entry, answers it as stored, and notes who did it', async () => {
      const { sheets, actor, ann, issue, clock, siteId, store, audit, ...site } = await aBook()
      await site.anAttribute({ key: '_Account_' })
      const logged = await sheets.log(actor(ann), {
        issue: issue.key,
        day: '2026-03-02',
        startTime: '08:30',
        timeSpentSeconds: 5_400,
        billableSeconds: 600,
        comment: 'it\'s "x" 👩‍💻',
        category: 'Reise',
        attributes: { _Account_: 'A "1"' },
      })
      expect(logged).toMatchObject({
        connectionId: ownConnection,
        jiraId: '1000000000',
        issueId: issue.id,
        projectId: issue.projectId,
        authorId: ann.id,
        updateAuthorId: ann.id,
        startedAt: Date.parse('2026-03-02T08:30:00+01:00'),
        day: '2026-03-02',
        startTime: '08:30:00',
        offsetSeconds: 3_600,
        timeSpentSeconds: 5_400,
        billableSeconds: 600,
        comment: 'it\'s "x" 👩‍💻',
        category: 'Reise',
        attributes: { _Account_: 'A "1"' },
        createdAt: clock.now(),
        updatedAt: clock.now(),
        deletedAt: null,
      })
      expect(logged.createdVersion).toBe(logged.version)
      expect(await store.worklogs.get(siteId, logged.id)).toEqual(logged)
      expect(await audit()).toMatchObject([
        {
          seq: 1,
          at: clock.now(),
          actorId: ann.id,
          via: `test ${ann.id}`,
          action: 'worklog.create',
          objectType: 'worklog',
          objectId: logged.id,
          before: null,
          after: { id: logged.id, timeSpentSeconds: 5_400 },
        },
      ])
    })

    it.each<[string, string, Partial<NewEntry>, object]>([
      [
        'an instant, in the zone of the author',
        'Asia/Tokyo',
        { startedAt: Date.parse('2026-03-02T20:00:00.250Z') },
        { day: '2026-03-03', startTime: '05:00:00', offsetSeconds: 32_400 },
      ],
      [
        'a day alone, at nine',
        'America/New_York',
        { day: '2026-03-02' },
        { startedAt: Date.parse('2026-03-02T14:00:00Z'), startTime: '09:00:00' },
      ],
      [
        'a time the zone skips, as its clock showed it',
        'Europe/Berlin',
        { day: '2026-03-29', startTime: '02:30' },
        {
          startedAt: Date.parse('2026-03-29T01:30:00Z'),
          startTime: '03:30:00',
          offsetSeconds: 7_200,
        },
      ],
      [
        'a time that comes twice, as the first',
        'Europe/Berlin',
        { day: '2026-10-25', startTime: '02:30' },
        {
          startedAt: Date.parse('2026-10-25T00:30:00Z'),
          startTime: '02:30:00',
          offsetSeconds: 7_200,
        },
      ],
      [
        'a day the zone skips, as the next',
        'Pacific/Apia',
        { day: '2011-12-30' },
        { day: '2011-12-31', startTime: '09:00:00' },
      ],
    ])('takes %s', async (_, timeZone, beginning, expected) => {
      const { sheets, actor, store, siteId, entry, ...site } = await aBook('UTC')
      const author = await site.aPerson({ timeZone })
      const logged = await sheets.log(actor(author), entry(beginning))
      expect(logged).toMatchObject(expected)
      expect(await store.worklogs.get(siteId, logged.id)).toEqual(logged)
    })

    it('finds the issue by id or old key, and the author by any name', async () => {
      const { sheets, actor, ann, bob, issue, entry, store, siteId } = await aBook()
      await store.issues.addOldKeys(siteId, [{ key: 'WAS-1', issueId: issue.id }])
      const manager = actor(ann, 'manager')
      for (const name of [issue.id, issue.key, 'WAS-1'])
        expect((await sheets.log(manager, entry({ issue: name }))).issueId).toBe(issue.id)
      for (const author of [bob.id, bob.accountId, 'bob', bob.key!, 'USER2@example.org'])
        expect((await sheets.log(manager, entry({ author }))).author.id).toBe(bob.id)
    })

    it('keeps a restriction to a group that exists', async () => {
      const { sheets, actor, ann, entry, store, siteId } = await aBook()
      await store.groups.create(siteId, ['staff'])
      const visibility = { type: 'group', value: 'staff' } as const
      expect(await sheets.log(actor(ann), entry({ visibility }))).toMatchObject({ visibility })
    })

    it.each<[string, Partial<NewEntry>, string, string]>([
      ['an unknown issue', { issue: 'NO-1' }, 'invalid', 'issue'],
      ['an issue that cannot exist', { issue: '\0' }, 'invalid', 'issue'],
      ['an ambiguous issue', { issue: 'TWIN-1' }, 'invalid', 'issue'],
      ['an unknown author', { author: 'nobody' }, 'invalid', 'author'],
      ['an author that cannot exist', { author: '\ud800' }, 'invalid', 'author'],
      ['an ambiguous author', { author: 'twin' }, 'invalid', 'author'],
      ['an inactive author', { author: 'gone' }, 'invalid', 'author'],
      ['no day at all', { day: undefined } as never, 'invalid', 'day'],
      ['a time alone', { day: undefined, startTime: '09:00' } as never, 'invalid', 'day'],
      ['a day that is none', { day: '2026-02-30' }, 'invalid', 'day'],
      ['a time that is none', { startTime: '25:00' }, 'invalid', 'startTime'],
      ['both an instant and a day', { startedAt: 0, day: '2026-03-02' }, 'invalid', 'startedAt'],
      ['both an instant and a time', { startedAt: 0, startTime: '09:00' }, 'invalid', 'startedAt'],
      ['an instant that is none', { startedAt: Number.NaN }, 'invalid', 'startedAt'],
      ['parts of a millisecond', { startedAt: 0.5 }, 'invalid', 'startedAt'],
      ['an instant beyond all days', { startedAt: 8.64e15 }, 'invalid', 'startedAt'],
      ['a day beyond the bounds', { day: '9999-12-31' }, 'invalid', 'day'],
      ['no time spent', { timeSpentSeconds: 0 }, 'invalid', 'timeSpentSeconds'],
      ['NUL in the comment', { comment: 'a\0' }, 'invalid', 'comment'],
      [
        'a group nobody knows',
        { visibility: { type: 'group', value: 'none' } },
        'invalid',
        'visibility.value',
      ],
      [
        'a group that cannot exist',
        { visibility: { type: 'group', value: '\0' } },
        'invalid',
        'visibility.value',
      ],
    ])('refuses %s', async (_, wrong, code, field) => {
      const { book, actor, ann, entry, worklogs, ...site } = await aBook()
      const project = await site.aProject()
      await site.anIssue({ project, key: 'TWIN-1' })
      await site.anIssue({ project, key: 'TWIN-1' })
      await site.people([{ username: 'twin' }, { key: 'twin' }])
      await site.aPerson({ username: 'gone', isActive: false })
      const log = (more: Partial<NewEntry>): WriteCommand => ({ kind: 'log', entry: entry(more) })
      const outcomes = await book.write({
        actor: actor(ann, 'manager'),
        commands: [log({ comment: 'before' }), log(wrong), log({ comment: 'after' })],
      })
      expect(outcomes[1]).toMatchObject({
        ok: false,
        refusal: { code, details: { problems: [expect.objectContaining({ field })] } },
      })
      // A row that cannot be written leaves its neighbours alone.
      expect((await worklogs()).map((row) => row.comment)).toEqual(['before', 'after'])
    })

    it('refuses to log for others without the right to', async () => {
      const { sheets, actor, ann, bob, entry } = await aBook()
      const forBob = entry({ author: 'bob' })
      await expect(sheets.log(actor(ann), forBob)).rejects.toMatchObject({ code: 'forbidden' })
      const lead = actor(ann, 'team-lead')
      await expect(sheets.log(lead, forBob)).rejects.toMatchObject({ code: 'forbidden' })
      expect((await sheets.log({ ...lead, ledIds: [bob.id] }, forBob)).authorId).toBe(bob.id)
      const readOnly = { ...actor(ann, 'administrator'), scopes: ['read'] as const }
      await expect(sheets.log(readOnly, entry())).rejects.toMatchObject({ code: 'forbidden' })
    })

    it('refuses a locked day, also the one a skipped day moves on to', async () => {
      const { sheets, actor, store, siteId, entry, worklogs, ...site } = await aBook()
      const author = await site.aPerson({ timeZone: 'Pacific/Apia' })
      await store.locks.closePeriod(siteId, day('2011-12-31'), day('2011-12-31'), 0)
      for (const beginning of [
        { day: '2011-12-31' },
        { day: '2011-12-30' },
        { startedAt: Date.parse('2011-12-30T10:00:00Z') },
      ])
        await expect(sheets.log(actor(author), entry(beginning))).rejects.toMatchObject({
          code: 'locked',
        })
      await sheets.log(actor(author), entry({ day: '2011-12-29' }))
      await sheets.log(actor(author), entry({ day: '2012-01-01' }))
      expect(await worklogs()).toHaveLength(2)
    })
  })
})
