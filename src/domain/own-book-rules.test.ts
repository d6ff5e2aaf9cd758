import { describe, expect, it } from 'vitest'
import { aCalendar } from '../../test/calendar.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import type { RulesChange } from './time-rules.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function withRules(change: RulesChange) {
    const site = await aCalendar(database())
    await site.calendar.rules.change(site.asAdmin, change)
    return site
  }
  const refused = (field: string) => ({
    code: 'invalid',
    details: { problems: [{ field, message: expect.any(String) }] },
  })

  // The clock stands at 2026-03-02.
  describe('the rules of the site', () => {
    it('bound how far ahead time is logged, also by moving it', async () => {
      const { sheets, asAnn, entry } = await withRules({ futureDays: 1 })
      const row = await sheets.log(asAnn, entry({ day: '2026-03-03' }))
      await expect(sheets.log(asAnn, entry({ day: '2026-03-04' }))).rejects.toMatchObject(
        refused('day'),
      )
      const tooFar = sheets.change(asAnn, row.id, { day: '2026-03-04' })
      await expect(tooFar).rejects.toMatchObject(refused('day'))
      const strict = await withRules({ futureDays: 0 })
      await strict.sheets.log(strict.asAnn, strict.entry({ day: '2026-03-02' }))
      await expect(
        strict.sheets.log(strict.asAnn, strict.entry({ day: '2026-03-03' })),
      ).rejects.toMatchObject(refused('day'))
    })

    it('bound what a person logs on a day, counting the batch itself', async () => {
      const { book, sheets, asAnn, asBob, entry, bob } = await withRules({
        maxSecondsPerDay: 7_200,
      })
      const log = (seconds: number, more = {}) => ({
        kind: 'log' as const,
        entry: entry({ timeSpentSeconds: seconds, ...more }),
      })
      const commands = [
        log(3_600),
        log(3_601),
        log(3_600),
        log(60),
        log(7_200, { day: '2026-03-01' }),
      ]
      const outcomes = await book.write({ actor: asAnn, commands })
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, false, true])
      expect(outcomes[1]).toMatchObject({ refusal: refused('timeSpentSeconds') })
      await sheets.log(asBob, entry({ timeSpentSeconds: 7_200, author: bob.username! }))
      const [first] = outcomes
      if (!first?.ok) throw new Error('was refused')
      const { id } = first.worklog
      const grow = (timeSpentSeconds: number) => sheets.change(asAnn, id, { timeSpentSeconds })
      await expect(grow(3_601)).rejects.toMatchObject(refused('timeSpentSeconds'))
      await grow(1_800)
      await grow(3_600)
      await expect(sheets.change(asAnn, id, { day: '2026-03-01' })).rejects.toMatchObject(
        refused('timeSpentSeconds'),
      )
      await sheets.remove(asAnn, id)
      await sheets.log(asAnn, entry({ timeSpentSeconds: 3_600 }))
    })

    it('ask for a comment, and leave older rows without one alone', async () => {
      const site = await aCalendar(database())
      const { sheets, asAnn, entry } = site
      const old = await sheets.log(asAnn, entry())
      await site.calendar.rules.change(site.asAdmin, { isCommentRequired: true })
      for (const comment of ['', ' \n'])
        await expect(sheets.log(asAnn, entry({ comment }))).rejects.toMatchObject(
          refused('comment'),
        )
      await sheets.log(asAnn, entry({ comment: 'work' }))
      await sheets.change(asAnn, old.id, { timeSpentSeconds: 60 })
      await expect(sheets.change(asAnn, old.id, { comment: '' })).rejects.toMatchObject(
        refused('comment'),
      )
    })

    it('ask for a remaining estimate', async () => {
      const { book, sheets, asAnn, entry } = await withRules({ isRemainingEstimateRequired: true })
      await expect(sheets.log(asAnn, entry())).rejects.toMatchObject({
        message: 'Remaining estimate must not be empty',
      })
      const log = { kind: 'log', entry: entry() } as const
      const commands = [
        { ...log, estimate: { mode: 'leave' } as const },
        { ...log, estimate: { mode: 'new', seconds: 0 } as const },
        { ...log, estimate: { mode: 'auto' } as const },
      ]
      const outcomes = await book.write({ actor: asAnn, commands })
      expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true])
    })

    it('say how long a day and a week of work are', async () => {
      const { calendar, asAdmin, store, siteId } = await withRules({ firstWeekday: 7 })
      const week = { workingHoursPerDay: 7.5, workingDaysPerWeek: 4 }
      const changed = await calendar.rules.change(asAdmin, week)
      expect(changed).toMatchObject({ firstWeekday: 7, ...week })
      expect(await store.sites.get(siteId)).toMatchObject({ firstWeekday: 7, ...week })
    })

    it('can be changed by administrators only, as seen, and are checked', async () => {
      const { calendar, asAnn, asAdmin, store, siteId } = await withRules({ firstWeekday: 7 })
      const rules = await calendar.rules.get(asAnn)
      expect(rules).toMatchObject({ firstWeekday: 7, futureDays: null })
      expect((await store.sites.get(siteId)).firstWeekday).toBe(7)
      await expect(calendar.rules.change(asAnn, { futureDays: 1 })).rejects.toMatchObject({
        code: 'forbidden',
      })
      const stale = calendar.rules.change(asAdmin, { futureDays: 1 }, rules.version - 1)
      await expect(stale).rejects.toMatchObject({ code: 'conflict' })
      for (const bad of [
        { futureDays: -1 },
        { workingHoursPerDay: 7.3 },
        { workingDaysPerWeek: 8 },
        { maxSecondsPerDay: 0.5 },
        { period: { kind: 'month', firstDay: 29 } },
        { period: { kind: 'days', from: '2026-02-30', length: 14 } },
        { submit: { longDaySeconds: 0 } },
      ])
        await expect(calendar.rules.change(asAdmin, bad as RulesChange)).rejects.toMatchObject({
          code: 'invalid',
        })
      const submit = { missingTime: 'block' } as const
      const changed = await calendar.rules.change(asAdmin, { submit }, rules.version)
      expect(changed.submit).toEqual({ ...rules.submit, ...submit })
      expect(await calendar.rules.get(asAnn)).toEqual(changed)
    })
  })
})
