import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { aCalendar } from '../../test/calendar.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import type { Drift } from './lock.ts'

const february = { from: day('2026-02-01'), to: day('2026-02-28') }
const march = { from: day('2026-03-01'), to: day('2026-03-31') }

withDatabase(openMemoryDatabase, (database) => {
  async function aClosedFebruary() {
    const site = await aCalendar(database())
    const { calendar, asAdmin, asAnn, sheets, entry } = site
    const row = await sheets.log(asAnn, entry({ day: '2026-02-03', comment: 'as it was' }))
    await sheets.log(asAnn, entry({ day: '2026-02-04', billableSeconds: 0 }))
    await sheets.log(asAnn, entry({ day: '2026-03-01' }))
    const manifest = await calendar.periods.close(asAdmin, february, 'paid')
    const verify = () => calendar.verify(asAdmin)
    return { ...site, row, manifest, verify }
  }

  describe('a closed period', () => {
    it('is locked for everybody, and has a manifest with a snapshot', async () => {
      const { manifest, sheets, asAnn, asAdmin, entry, store, siteId, row, calendar } =
        await aClosedFebruary()
      expect(manifest).toMatchObject({
        seq: 1,
        kind: 'close',
        ...february,
        worklogCount: 2,
        timeSpentSeconds: 7_200,
        billableSeconds: 3_600,
      })
      for (const actor of [asAnn, asAdmin])
        await expect(sheets.log(actor, entry({ day: '2026-02-28' }))).rejects.toMatchObject({
          code: 'locked',
        })
      const rows = await store.manifests.rows(siteId, 1, { limit: 10 })
      expect(rows[0]).toMatchObject({
        worklogId: row.id,
        worklog: { comment: 'as it was', day: '2026-02-03' },
        names: { author: 'Person 1' },
      })
      const after = { limit: 10, afterId: row.id }
      expect(await store.manifests.rows(siteId, 1, after)).toHaveLength(1)
      const listed = await calendar.periods.list(asAnn, { from: day('2026-02-10'), to: march.to })
      expect(listed).toEqual([
        { ...february, isClosed: true },
        { ...march, isClosed: false },
      ])
    })

    it('is closed once, by administrators, and reopened with a reason', async () => {
      const { calendar, asAnn, asAdmin, sheets, entry } = await aClosedFebruary()
      const { periods } = calendar
      const code = (work: Promise<unknown>) =>
        work.then(
          () => 'done',
          (error: { code: string }) => error.code,
        )
      expect(await code(periods.close(asAnn, march, ''))).toBe('forbidden')
      expect(await code(periods.close(asAdmin, february, ''))).toBe('conflict')
      const overlapping = { from: day('2026-02-20'), to: day('2026-03-05') }
      expect(await code(periods.close(asAdmin, overlapping, ''))).toBe('conflict')
      expect(await code(periods.reopen(asAdmin, overlapping, 'why'))).toBe('not-found')
      expect(await code(periods.reopen(asAdmin, february, ' '))).toBe('invalid')
      expect(await code(periods.reopen(asAnn, february, 'why'))).toBe('forbidden')
      expect(await periods.reopen(asAdmin, february, 'a mistake')).toMatchObject({
        seq: 2,
        kind: 'reopen',
      })
      await sheets.log(asAnn, entry({ day: '2026-02-28' }))
      expect(await periods.close(asAdmin, february, '')).toMatchObject({
        seq: 3,
        worklogCount: 3,
      })
      expect(await calendar.verify(asAdmin)).toMatchObject({
        isSound: true,
        manifests: { count: 3, broken: null },
        altered: [],
      })
    })

    it('takes over what Jira changed meanwhile when it is reopened, or lets it stand', async () => {
      const { calendar, asAdmin, asAnn, asBob, store, siteId, row, ann } = await aClosedFebruary()
      const [held] = await store.worklogs.getMany(siteId, [row.id])
      const { id: _, version: __, createdVersion: ___, ...was } = held!
      const drift = (jiraId: string, more: Partial<Drift>): Drift => ({
        connectionId: held!.connectionId,
        jiraId,
        copy: 0,
        worklogId: null,
        personId: ann.id,
        day: held!.day,
        incoming: null,
        seenAt: 0,
        ...more,
      })
      const added = { ...was, jiraId: '77', comment: 'new in Jira' }
      const unwanted = { ...was, jiraId: '78' }
      const elsewhere = { ...was, jiraId: '79', day: day('2026-03-05') }
      await store.locks.keepDrift(siteId, [
        drift(held!.jiraId, { worklogId: row.id }),
        drift('77', { incoming: added }),
        drift('78', { incoming: unwanted }),
        drift('79', { incoming: elsewhere, day: elsewhere.day }),
      ])
      expect(await calendar.drifts.list(asAnn, 10)).toHaveLength(4)
      const key = { connectionId: 0, jiraId: '78', copy: 0 }
      await expect(calendar.drifts.dismiss(asAnn, key, '')).rejects.toMatchObject({
        code: 'forbidden',
      })
      await calendar.drifts.dismiss(asBob, key, 'booked by hand in March')
      await expect(calendar.drifts.dismiss(asBob, key, '')).rejects.toMatchObject({
        code: 'not-found',
      })
      await calendar.periods.reopen(asAdmin, february, 'Jira was right')
      const live = await store.worklogs.find(
        { siteId, viewer: { kind: 'all' }, period: february },
        { limit: 10 },
      )
      expect(live.map(({ jiraId, comment }) => [jiraId === '77', comment])).toEqual([
        [true, 'new in Jira'],
        [false, ''],
      ])
      expect(await calendar.drifts.list(asAdmin, 10)).toMatchObject([{ jiraId: '79' }])
      expect(await calendar.verify(asAdmin)).toMatchObject({ isSound: true })
    })
  })

  describe('verifying', () => {
    it('finds nothing where nothing was touched', async () => {
      const { verify, asAnn, calendar } = await aClosedFebruary()
      expect(await verify()).toMatchObject({
        isSound: true,
        audit: { broken: null },
        manifests: { count: 1, broken: null },
        altered: [],
      })
      await expect(calendar.verify(asAnn)).rejects.toMatchObject({ code: 'forbidden' })
    })

    it.each<[string, string, object]>([
      [
        'an audit entry that was changed',
        `update audit set after = '{"comment":"other"}' where seq = 2`,
        { audit: { broken: { seq: 2 } } },
      ],
      [
        'an audit entry that is gone',
        'delete from audit where seq = 3',
        { audit: { broken: { seq: 3 } } },
      ],
      [
        'an audit cut short',
        'delete from audit where seq >= 4',
        { audit: { entries: 3, broken: { seq: 4 } } },
      ],
      [
        'a manifest that was changed',
        'update period_manifest set time_spent_seconds = 1',
        { manifests: { broken: { seq: 1, why: expect.stringMatching(/follow/) } } },
      ],
      [
        'a manifest that is gone',
        'delete from period_manifest',
        { manifests: { broken: { seq: 1, why: 'the manifest is missing' } } },
      ],
      [
        'a snapshot that was changed',
        `update period_snapshot set content = jsonb_set(content, '{worklog,comment}', '"x"')`,
        { manifests: { broken: { seq: 1, why: expect.stringMatching(/snapshot/) } } },
      ],
    ])('names %s', async (_, statement, found) => {
      const { siteId, verify } = await aClosedFebruary()
      const [head, ...rest] = statement.split(' where ')
      await database().engine.execute(
        `${head} where site_id = ${siteId}${rest.map((one) => ` and ${one}`).join('')}`,
      )
      expect(await verify()).toMatchObject({ isSound: false, ...found })
    })

    it('names worklogs of a closed period that are not what they were', async () => {
      const { siteId, verify, row, manifest } = await aClosedFebruary()
      await database().engine.execute(
        `update worklog set time_spent_seconds = 1 where site_id = ${siteId} and id = ${row.id}`,
      )
      expect(await verify()).toMatchObject({
        isSound: false,
        altered: [{ seq: manifest.seq, differences: [{ worklogId: row.id, kind: 'changed' }] }],
      })
    })
  })
})
