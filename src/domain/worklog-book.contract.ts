import { expect, it } from 'vitest'
import type { Actor } from './permission.ts'
import type { Person } from './person.ts'
import type { Store } from './store.ts'
import { makeTimesheets } from './timesheets.ts'
import type { NewEntry, WorklogBook } from './worklog-book.ts'

/** A site with an issue, Ann who may log on it, and a stranger. */
export type Bench = {
  readonly store: Store
  readonly siteId: Actor['siteId']
  readonly book: WorklogBook
  readonly ann: Person
  readonly actor: Actor
  readonly stranger: Actor
  readonly issueKey: string
  close(): Promise<unknown>
}

/** What every book of worklogs does, whoever keeps it. Times are whole minutes: a Jira has no others. */
export function worklogBookContract(makeBench: () => Promise<Bench>): void {
  const withBench =
    (work: (bench: Bench & ReturnType<typeof wordsOf>) => Promise<void>) => async () => {
      const bench = await makeBench()
      try {
        await work({ ...bench, ...wordsOf(bench) })
      } finally {
        await bench.close()
      }
    }

  it(
    'logs an entry and answers it as stored',
    withBench(async ({ sheets, actor, ann, entry, store, siteId }) => {
      const logged = await sheets.log(actor, entry({ billableSeconds: 600, category: 'Travel' }))
      expect(logged).toMatchObject({
        authorId: ann.id,
        day: '2026-03-02',
        startTime: '10:00:00',
        timeSpentSeconds: 3_600,
        billableSeconds: 600,
        category: 'Travel',
        comment: 'by the book',
      })
      expect(await store.worklogs.get(siteId, logged.id)).toEqual(logged)
    }),
  )

  it(
    'changes what is said and leaves the rest',
    withBench(async ({ sheets, actor, entry, store, siteId }) => {
      await store.write(siteId, (tx) =>
        tx.attributes.insert(siteId, {
          key: '_Account_',
          name: 'Account',
          type: 'input-field',
          isRequired: false,
          options: [],
          version: tx.takeVersions(1),
        }),
      )
      const logged = await sheets.log(actor, entry({ attributes: { _Account_: 'A1' } }))
      const changed = await sheets.change(actor, logged.id, {
        comment: 'Grüße 👋',
        timeSpentSeconds: 5_400,
        startTime: '11:30',
      })
      expect(changed).toMatchObject({
        id: logged.id,
        day: logged.day,
        startTime: '11:30:00',
        comment: 'Grüße 👋',
        timeSpentSeconds: 5_400,
        attributes: { _Account_: 'A1' },
      })
      expect(changed.version).toBeGreaterThan(logged.version)
    }),
  )

  it(
    'refuses values of attributes that are not known',
    withBench(async ({ sheets, actor, entry }) => {
      await expect(sheets.log(actor, entry({ attributes: { _None_: 'x' } }))).rejects.toMatchObject(
        { code: 'invalid', details: { attributes: [{ key: '_None_', reason: 'unknown' }] } },
      )
    }),
  )

  it(
    'writes all of an atomic request, or nothing',
    withBench(async ({ book, actor, entry, store, siteId }) => {
      const good = { kind: 'log', entry: entry() } as const
      const bad = { kind: 'log', entry: entry({ timeSpentSeconds: 0 }) } as const
      const rows = () => store.worklogs.find({ siteId, viewer: { kind: 'all' } }, { limit: 100 })
      const before = (await rows()).length
      const refused = await book.write({ actor, commands: [good, bad, good], isAtomic: true })
      expect(refused.map(({ ok }) => ok)).toEqual([false, false, false])
      expect(refused[1]).toMatchObject({ refusal: { code: 'invalid' } })
      expect(refused[0]).toMatchObject({ refusal: { details: { reason: 'not-alone' } } })
      expect((await rows()).length).toBe(before)
      const written = await book.write({ actor, commands: [good, good], isAtomic: true })
      expect(written.map(({ ok }) => ok)).toEqual([true, true])
      expect((await rows()).length).toBe(before + 2)
    }),
  )

  it(
    'removes a row for good',
    withBench(async ({ sheets, actor, entry, store, siteId }) => {
      const logged = await sheets.log(actor, entry())
      expect(await sheets.remove(actor, logged.id)).toMatchObject({ id: logged.id })
      await expect(store.worklogs.get(siteId, logged.id)).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(sheets.remove(actor, logged.id)).rejects.toMatchObject({ code: 'not-found' })
    }),
  )

  it(
    'refuses strangers, stale versions, locked days and what makes no sense',
    withBench(async ({ sheets, actor, stranger, entry, store, siteId }) => {
      const logged = await sheets.log(actor, entry())
      await expect(sheets.change(stranger, logged.id, { comment: 'x' })).rejects.toMatchObject({
        code: expect.stringMatching(/not-found|forbidden/),
      })
      await expect(
        sheets.change(actor, logged.id, { comment: 'x' }, logged.version - 1),
      ).rejects.toMatchObject({ code: 'conflict' })
      await expect(sheets.log(actor, entry({ timeSpentSeconds: -60 }))).rejects.toMatchObject({
        code: 'invalid',
      })
      await expect(sheets.log(actor, entry({ issue: 'NO-1' }))).rejects.toMatchObject({
        code: 'invalid',
      })
      await store.locks.closePeriod(siteId, logged.day, logged.day, 0)
      await expect(sheets.remove(actor, logged.id)).rejects.toMatchObject({ code: 'locked' })
      await expect(sheets.log(actor, entry())).rejects.toMatchObject({ code: 'locked' })
      expect((await store.worklogs.get(siteId, logged.id)).version).toBe(logged.version)
    }),
  )

  it(
    'answers a repeated request as before, and writes it once',
    withBench(async ({ book, actor, entry, store, siteId }) => {
      const request = {
        actor,
        commands: [{ kind: 'log' as const, entry: entry() }],
        idempotency: { key: 'once', requestHash: 'hash' },
      }
      const before = (await store.sites.get(siteId)).version
      const [first] = await book.write(request)
      const { version } = await store.sites.get(siteId)
      expect(version).toBeGreaterThan(before)
      expect(JSON.stringify(await book.write(request))).toBe(JSON.stringify([first]))
      expect((await store.sites.get(siteId)).version).toBe(version)
    }),
  )
}

function wordsOf({ book, issueKey }: Bench) {
  const entry = (more: Partial<NewEntry> = {}): NewEntry => ({
    issue: issueKey,
    day: '2026-03-02',
    startTime: '10:00',
    timeSpentSeconds: 3_600,
    comment: 'by the book',
    ...more,
  })
  return { sheets: makeTimesheets({ book }), entry }
}
