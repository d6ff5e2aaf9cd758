import { describe, expect, it } from 'vitest'
import { aBook as aBookIn } from '../../test/book.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { makeOwnBook } from './own-book.ts'
import type { Store } from './store.ts'
import { makeTimesheets } from './timesheets.ts'
import type { WorklogId } from './worklog.ts'
import type { WriteCommand, WriteOutcome } from './worklog-book.ts'

withDatabase(openMemoryDatabase, (database) => {
  const aBook = (timeZone?: string) => aBookIn(database(), timeZone)

  describe('a batch', () => {
    it('answers row by row, and each row sees those before it', async () => {
      const { book, sheets, actor, ann, entry, worklogs, audit } = await aBook()
      const [a, b] = [await sheets.log(actor(ann), entry()), await sheets.log(actor(ann), entry())]
      const change = (id: WorklogId, comment: string, ifVersion?: number): WriteCommand => ({
        kind: 'change',
        id,
        change: { comment },
        ...(ifVersion === undefined ? {} : { ifVersion }),
      })
      const outcomes = await book.write({
        actor: actor(ann),
        commands: [
          { kind: 'log', entry: entry({ comment: 'new' }) },
          { kind: 'log', entry: entry({ issue: 'NO-1' }) },
          change(a.id, 'once', a.version),
          change(a.id, 'stale', a.version),
          change(a.id, 'twice'),
          { kind: 'remove', id: b.id },
          change(b.id, 'too late'),
          { kind: 'remove', id: b.id },
          change(`new ${b.version + 1}` as WorklogId, 'a row not yet written'),
        ],
      })
      expect(outcomes.map(codeOf)).toEqual([
        'ok',
        'invalid',
        'ok',
        'conflict',
        'ok',
        'ok',
        'not-found',
        'not-found',
        'not-found',
      ])
      expect((await worklogs()).map((row) => row.comment)).toEqual(['twice', 'new'])
      const notes = (await audit()).slice(2).map(({ action, objectId }) => [action, objectId])
      const born = outcomes[0]?.ok ? outcomes[0].worklog.id : ''
      expect(notes).toEqual([
        ['worklog.create', born],
        ['worklog.update', a.id],
        ['worklog.update', a.id],
        ['worklog.delete', b.id],
      ])
    })

    it('writes 1,000 rows and answers them in order', async () => {
      const { book, actor, ann, entry, worklogs } = await aBook()
      const commands = Array.from({ length: 1_000 }, (_, at) => ({
        kind: 'log' as const,
        entry: entry({ comment: `row ${at}`, timeSpentSeconds: at + 1 }),
      }))
      const outcomes = await book.write({ actor: actor(ann), commands })
      const answered = outcomes.map((outcome) => outcome.ok && outcome.worklog)
      expect(answered.map((row) => (row ? row.comment : ''))).toEqual(
        commands.map(({ entry: wanted }) => wanted.comment),
      )
      expect(answered).toEqual(await worklogs())
    })

    it('may be empty', async () => {
      const { book, actor, ann } = await aBook()
      expect(await book.write({ actor: actor(ann), commands: [] })).toEqual([])
    })
  })

  describe('an idempotency key', () => {
    const idempotency = { key: 'k "1"', requestHash: 'h' }

    it('answers the same again and writes nothing', async () => {
      const { book, actor, ann, entry, store, siteId, worklogs, audit } = await aBook()
      const request = {
        actor: actor(ann),
        commands: [
          { kind: 'log' as const, entry: entry({ comment: 'it\'s "x" 👩‍💻' }) },
          { kind: 'log' as const, entry: entry({ issue: 'NO-1' }) },
        ],
        idempotency,
      }
      const first = await book.write(request)
      const { version } = await store.sites.get(siteId)
      expect(await book.write(request)).toEqual(first)
      expect(first.map(codeOf)).toEqual(['ok', 'invalid'])
      expect((await store.sites.get(siteId)).version).toBe(version)
      expect(await worklogs()).toHaveLength(1)
      expect(await audit()).toHaveLength(1)
    })

    it('refuses another body', async () => {
      const { sheets, actor, ann, entry, worklogs } = await aBook()
      await sheets.log(actor(ann), entry(), idempotency)
      const other = sheets.log(actor(ann), entry(), { ...idempotency, requestHash: 'other' })
      await expect(other).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'idempotency-key-reused' },
      })
      expect(await worklogs()).toHaveLength(1)
    })

    it('belongs to one person and one way in', async () => {
      const { sheets, actor, ann, bob, entry, worklogs } = await aBook()
      const via = { via: 'cli' }
      await sheets.log(actor(ann, 'employee', via), entry(), idempotency)
      const theirs = await sheets.log(actor(bob, 'employee', via), entry(), idempotency)
      expect(theirs.authorId).toBe(bob.id)
      await sheets.log(actor(bob, 'employee', { via: 'token 1' }), entry(), idempotency)
      expect(await worklogs()).toHaveLength(3)
    })

    it('sent many times at once is written once', async () => {
      const { sheets, actor, ann, entry, worklogs } = await aBook()
      const wrong = { ...idempotency, requestHash: 'other' }
      const [first, ...others] = await Promise.all([
        ...Array.from({ length: 10 }, () => sheets.log(actor(ann), entry(), idempotency)),
        sheets.log(actor(ann), entry(), wrong).catch((error) => error.code),
      ])
      expect(others.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => first))
      expect(others[9]).toBe('conflict')
      expect((await worklogs()).map((row) => row.id)).toEqual([first.id])
    })
  })

  describe('many writers at once', () => {
    it('all land, in few transactions', async () => {
      const { sheets, actor, ann, entry, store, worklogs, audit } = await aBook()
      let transactions = 0
      const stop = store.onWrite(() => {
        transactions += 1
      })
      const answers = await Promise.all(
        Array.from({ length: 500 }, (_, at) =>
          sheets.log(actor(ann), entry({ comment: `row ${at}` })),
        ),
      )
      stop()
      expect(answers.map((row) => row.comment)).toEqual(answers.map((_, at) => `row ${at}`))
      expect(await worklogs()).toEqual(answers)
      expect(await audit()).toHaveLength(500)
      expect(transactions).toBeLessThan(10)
    })

    it('lose nothing to a request that breaks its transaction', async () => {
      const { sheets, book, actor, ann, entry, worklogs } = await aBook()
      // PostgreSQL has no place for a NUL: looking the key up fails inside the transaction.
      const broken = { key: '\0', requestHash: 'h' }
      const writes = [
        sheets.log(actor(ann), entry({ comment: 'first' })),
        sheets.log(actor(ann), entry({ comment: 'second' })),
        sheets.log(actor(ann), entry({ comment: 'broken' }), broken),
        sheets.log(actor(ann), entry({ comment: 'third' })),
      ]
      const settled = await Promise.allSettled(writes)
      expect(settled.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
      ])
      expect((await worklogs()).map((row) => row.comment)).toEqual(['first', 'second', 'third'])
      expect(await book.write({ actor: actor(ann), commands: [] })).toEqual([])
    })

    it('are not written twice when nobody knows whether their transaction was committed', async () => {
      const { store, actor, ann, entry, clock, worklogs } = await aBook()
      const breaking: Store = {
        ...store,
        async write(siteId, work) {
          await store.write(siteId, work)
          throw new Error('the connection broke at the commit')
        },
      }
      const sheets = makeTimesheets({ book: makeOwnBook({ store: breaking, now: clock.now }) })
      const writes = ['a', 'b', 'c'].map((comment) => sheets.log(actor(ann), entry({ comment })))
      const settled = await Promise.allSettled(writes)
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
      expect((await worklogs()).map((row) => row.comment)).toEqual(['a', 'b', 'c'])
    })

    it('of different sites do not mix', async () => {
      const [one, two] = [await aBook(), await aBook()]
      const book = makeOwnBook({ store: one.store, now: one.clock.now })
      const sheets = makeTimesheets({ book })
      await Promise.all(
        [one, two, one, two].map(({ actor, ann, entry }) => sheets.log(actor(ann), entry())),
      )
      for (const { worklogs, ann } of [one, two])
        expect((await worklogs()).map((row) => row.authorId)).toEqual([ann.id, ann.id])
      const foreign = one.entry({ issue: two.issue.id })
      await expect(sheets.log(one.actor(one.ann), foreign)).rejects.toMatchObject({
        code: 'invalid',
      })
    })
  })
})

function codeOf(outcome: WriteOutcome): string {
  return outcome.ok ? 'ok' : outcome.refusal.code
}
