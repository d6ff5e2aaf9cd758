import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { anIngest, aSourceIssue, aSourceWorklog, moment } from '../../test/sources.ts'
import type { SourceWorklog } from './ingest-source.ts'
import { parseInstant } from './zone.ts'

withDatabase(openMemoryDatabase, (database) => {
  const taken = (counts: { worklogs: object }) => counts.worklogs
  const none = { new: 0, changed: 0, unchanged: 0, drift: 0 }

  describe('a change into locked days', () => {
    async function aClosedMarch() {
      const site = await anIngest(database())
      const close = () =>
        site.store.locks.closePeriod(site.siteId, day('2026-03-01'), day('2026-03-31'), 0)
      const drift = async () =>
        (await site.store.locks.listDrift(site.siteId, 99)).map((one) => ({
          id: `${one.jiraId}/${one.copy}`,
          day: one.day,
          isKnown: one.worklogId !== null,
          comment: one.incoming?.comment,
        }))
      return { ...site, close, drift }
    }
    const in_ = (start: string, more: Partial<SourceWorklog> = {}) =>
      aSourceWorklog('10', { started: parseInstant(`${start}T09:00:00Z`), ...more })
    const later = {
      createdAt: moment('2026-03-02T09:00:00Z'),
      updatedAt: moment('2026-05-01T00:00:00Z'),
    }

    it.each<[string, SourceWorklog, SourceWorklog]>([
      ['of a row in it', in_('2026-03-02'), in_('2026-03-02', { ...later, comment: 'changed' })],
      ['that leaves it', in_('2026-03-02'), in_('2026-06-20', { ...later, comment: 'changed' })],
      [
        'that enters it',
        in_('2026-06-20', { createdAt: later.createdAt, updatedAt: later.createdAt }),
        in_('2026-03-02', { ...later, comment: 'changed' }),
      ],
    ])('%s is kept beside the row, which stands', async (_, first, second) => {
      const { take, close, worklogs, drift } = await aClosedMarch()
      await take({ issues: [aSourceIssue('1', [first])] })
      const before = await worklogs()
      await close()
      const changed = { issues: [aSourceIssue('1', [second])] }
      expect(taken(await take(changed))).toEqual({ ...none, drift: 1 })
      expect(taken(await take(changed))).toEqual(none)
      expect(await worklogs()).toEqual(before)
      expect(await drift()).toMatchObject([{ id: '10/0', isKnown: true, comment: 'changed' }])
    })

    it('that is a new row is kept once, however often and wherever it is shown', async () => {
      const { take, close, worklogs, drift } = await aClosedMarch()
      await close()
      const source = in_('2026-03-02')
      const batch = {
        issues: [aSourceIssue('1', [source]), aSourceIssue('1', [source])],
        worklogs: [{ ...source, issueId: '1' }],
      }
      expect(await take(batch)).toMatchObject({ worklogs: { ...none, drift: 1 }, seconds: 3_600 })
      expect(taken(await take(batch))).toEqual(none)
      expect(await worklogs()).toEqual([])
      expect(await drift()).toMatchObject([{ id: '10/0', day: '2026-03-02', isKnown: false }])
    })

    it('is told apart where an id repeats, in it and outside it', async () => {
      const { take, close, worklogs, drift } = await aClosedMarch()
      await close()
      const sources = [
        in_('2026-03-02', { comment: 'a' }),
        in_('2026-03-03', { comment: 'b' }),
        in_('2026-04-03', { comment: 'c' }),
      ]
      const batch = { issues: [aSourceIssue('1', sources)] }
      expect(taken(await take(batch))).toEqual({ ...none, new: 1, drift: 2 })
      expect(taken(await take(batch))).toEqual({ ...none, unchanged: 1 })
      expect((await worklogs()).map((row) => row.comment)).toEqual(['c'])
      expect((await drift()).map((one) => one.comment)).toEqual(['a', 'b'])
    })

    it('keeps the newest of what was shown', async () => {
      const { take, close, drift } = await aClosedMarch()
      await close()
      const show = (comment: string, updatedAt: number) =>
        take({ issues: [aSourceIssue('1', [in_('2026-03-02', { comment, updatedAt })])] })
      expect(taken(await show('first', 1_000))).toMatchObject({ drift: 1 })
      expect(taken(await show('second', 2_000))).toMatchObject({ drift: 1 })
      expect(taken(await show('first', 1_000))).toMatchObject({ drift: 0 })
      expect((await drift()).map((one) => one.comment)).toEqual(['second'])
    })

    it('is taken in where only the approved timesheet of somebody else lies there', async () => {
      const { take, worklogs, siteId, ...site } = await aClosedMarch()
      const other = await site.aPerson()
      const sheet = {
        site_id: siteId,
        person_id: other.id,
        from_day: '2026-03-02',
        to_day: '2026-03-08',
        status: 'approved',
      }
      await database().engine.db.insertInto('timesheet_approval').values(sheet).execute()
      expect(taken(await take({ issues: [aSourceIssue('1', [in_('2026-03-02')])] }))).toEqual({
        ...none,
        new: 1,
      })
      expect(await worklogs()).toHaveLength(1)
    })
  })
})
