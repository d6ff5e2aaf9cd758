import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { aCalendar } from '../../test/calendar.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import {
  type ApprovalAction,
  type ApprovalStatus,
  approvalActions,
  approvalStatuses,
  approvalSteps,
} from './approval.ts'
import { bareEvent, type EventId } from './event.ts'
import { type EventTypeId, systemTypeIds } from './event-type.ts'

const march = day('2026-03-15')

withDatabase(openMemoryDatabase, (database) => {
  describe('the machine', () => {
    it('knows these steps and no others', () => {
      const steps = approvalStatuses.flatMap((from) =>
        approvalActions.flatMap((action) => {
          const to = approvalSteps[from][action]
          return to ? [`${from} ${action} ${to}`] : []
        }),
      )
      expect(steps).toEqual([
        'open submit waiting',
        'waiting approve approved',
        'waiting reject rejected',
        'waiting recall open',
        'approved reopen open',
        'rejected submit waiting',
      ])
    })

    it('holds under any sequence of actions: no illegal state, a complete log, exact locks', async () => {
      const step = fc.record({
        who: fc.constantFrom('ann', 'bob', 'admin', 'stranger'),
        action: fc.constantFrom(...approvalActions),
        on: fc.constantFrom('2026-03-01', '2026-03-15', '2026-03-31', '2026-04-02'),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
          const site = await aCalendar(database())
          const stranger = await site.aPerson()
          const actors = {
            ann: site.asAnn,
            bob: site.asBob,
            admin: site.asAdmin,
            stranger: site.actor(stranger),
          }
          const { approvals } = site.calendar
          const statuses = new Map<string, ApprovalStatus>()
          const log: string[] = []
          for (const { who, action, on } of steps) {
            const month = on.slice(0, 7)
            const before = statuses.get(month) ?? 'open'
            const after = approvalSteps[before][action]
            const outcome = await approvals
              .step(actors[who], action, site.ann.id, day(on))
              .then(({ approval }) => approval.status)
              .catch((error: { code: string }) => error.code)
            const isMine = action === 'submit' || action === 'recall'
            const may = who === 'ann' ? isMine : who !== 'stranger'
            expect(outcome).toBe(may ? (after ?? 'conflict') : 'forbidden')
            if (may && after) {
              statuses.set(month, after)
              log.push(`${who} ${month} ${action} ${before} ${after}`)
            }
            for (const probe of ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']) {
              const isLocked = statuses.get(probe.slice(0, 7)) === 'approved'
              const [written] = await site.book.write({
                actor: site.asAnn,
                commands: [{ kind: 'log', entry: site.entry({ day: probe }) }],
              })
              expect(written!.ok ? 'written' : written!.refusal.code).toBe(
                isLocked ? 'locked' : 'written',
              )
            }
          }
          const names = new Map(Object.entries(actors).map(([name, one]) => [one.personId, name]))
          const entries = await approvals.log(site.asAdmin, { limit: 1_000 })
          expect(
            entries.map(
              (one) =>
                `${names.get(one.actorId)} ${one.from.slice(0, 7)} ${one.action} ${one.before} ${one.after}`,
            ),
          ).toEqual(log)
          const audited = (await site.audit()).filter(
            ({ objectType }) => objectType === 'timesheet',
          )
          expect(audited).toHaveLength(log.length)
        }),
        { numRuns: 6 },
      )
    })
  })

  describe('a timesheet', () => {
    it('is shown with what is owed, what was logged, and what this reader may do', async () => {
      const { calendar, asAnn, asBob, sheets, entry, ann, clock } = await aCalendar(database())
      clock.set(Date.UTC(2026, 2, 4, 12))
      await sheets.log(asAnn, entry({ timeSpentSeconds: 28_800 }))
      await sheets.log(asAnn, entry({ day: '2026-03-03', timeSpentSeconds: 43_260 }))
      const [seen] = await calendar.approvals.get(asAnn, [ann.id], march)
      expect(seen).toMatchObject({
        approval: { status: 'open', from: '2026-03-01', to: '2026-03-31', updatedAt: null },
        requiredSeconds: 22 * 28_800,
        spentSeconds: 72_060,
        actions: ['submit'],
      })
      // Days to come owe nothing yet.
      expect(seen!.findings.map(({ code, day: on }) => [code, on])).toEqual([
        ['long-day', '2026-03-03'],
        ['missing-time', '2026-03-04'],
      ])
      const handed = await calendar.approvals.step(asAnn, 'submit', ann.id, march, {
        comment: 'please',
      })
      expect(handed.approval).toMatchObject({
        status: 'waiting',
        comment: 'please',
        requiredSecondsAtSubmit: 22 * 28_800,
        spentSecondsAtSubmit: 72_060,
        updatedAt: clock.now(),
      })
      expect(handed.actions).toEqual(['recall'])
      const [atBob] = await calendar.approvals.inbox(asBob, { limit: 10 })
      expect(atBob!.actions).toEqual(['approve', 'reject', 'recall'])
      expect(await calendar.approvals.inbox(asAnn, { limit: 10 })).toEqual([])
    })

    it('goes to somebody who may approve it, the lead unless another is named', async () => {
      const { calendar, asAnn, ann, bob, admin, aPerson } = await aCalendar(database())
      const manager = await aPerson({ role: 'manager' })
      const { approvals } = calendar
      const reviewers = await approvals.reviewers(asAnn, ann.id)
      expect(reviewers).toEqual([bob.id, admin.id, manager.id])
      const stranger = await aPerson()
      await expect(
        approvals.step(asAnn, 'submit', ann.id, march, { reviewerId: stranger.id }),
      ).rejects.toMatchObject({ code: 'invalid' })
      const first = await approvals.step(asAnn, 'submit', ann.id, march)
      expect(first.approval.reviewerId).toBe(bob.id)
      await approvals.step(asAnn, 'recall', ann.id, march)
      const wish = { reviewerId: manager.id }
      const second = await approvals.step(asAnn, 'submit', ann.id, march, wish)
      expect(second.approval.reviewerId).toBe(manager.id)
    })

    it('with findings that block goes through only with a reason of who may approve', async () => {
      const { calendar, asAnn, asBob, asAdmin, ann, clock } = await aCalendar(database())
      clock.set(Date.UTC(2026, 2, 3, 12))
      const submit = { missingTime: 'block', longDay: 'off' } as const
      await calendar.rules.change(asAdmin, { submit })
      const step = (actor: typeof asAnn, wish = {}) =>
        calendar.approvals.step(actor, 'submit', ann.id, march, wish)
      await expect(step(asAnn)).rejects.toMatchObject({
        code: 'invalid',
        details: { reason: 'findings', findings: [{ day: '2026-03-02' }, { day: '2026-03-03' }] },
      })
      const reason = { overrideReason: 'was at the fair' }
      await expect(step(asAnn, reason)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(step(asBob, { overrideReason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
      await step(asBob, reason)
      const [entry] = await calendar.approvals.log(asBob, { limit: 10 })
      expect(entry).toMatchObject({ action: 'submit', ...reason, findings: [{}, {}] })
    })

    it('owes nothing on days of absence', async () => {
      const { calendar, asAnn, ann, clock, store, siteId, sheets, entry } = await aCalendar(
        database(),
      )
      clock.set(Date.UTC(2026, 2, 4, 12))
      const away = (id: number, kind: 'vacation' | 'day-off', from: string, to: string) => ({
        ...bareEvent,
        id: `90000${siteId}00${id}` as EventId,
        kind,
        typeId: systemTypeIds[kind] as EventTypeId,
        personId: ann.id,
        from: day(from),
        to: day(to),
        uid: randomUUID(),
        createdAt: clock.now(),
        updatedAt: clock.now(),
      })
      await store.write(siteId, (tx) =>
        tx.events.insert(siteId, [
          away(1, 'vacation', '2026-02-25', '2026-03-02'),
          { ...away(2, 'day-off', '2026-03-03', '2026-03-04'), secondsPerDay: 14_400 },
        ]),
      )
      await sheets.log(asAnn, entry({ day: '2026-03-03', timeSpentSeconds: 14_400 }))
      const [seen] = await calendar.approvals.get(asAnn, [ann.id], march)
      expect(seen!.findings.map(({ day: on }) => on)).toEqual(['2026-03-04'])
    })

    it('keeps its days when the rule of periods changes, and no other holds them', async () => {
      const { calendar, asAnn, asAdmin, ann } = await aCalendar(database())
      await calendar.approvals.step(asAnn, 'submit', ann.id, march)
      const period = { kind: 'week', firstWeekday: 1 } as const
      await calendar.rules.change(asAdmin, { period })
      const [kept] = await calendar.approvals.get(asAnn, [ann.id], march)
      expect(kept!.approval).toMatchObject({ from: '2026-03-01', to: '2026-03-31' })
      const [week] = await calendar.approvals.get(asAnn, [ann.id], day('2026-04-01'))
      expect(week!.approval).toMatchObject({ from: '2026-03-30', to: '2026-04-05' })
      const overlapping = calendar.approvals.step(asAnn, 'submit', ann.id, day('2026-04-01'))
      await expect(overlapping).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'overlap' },
      })
    })

    it('takes over what Jira changed of it once it is opened again', async () => {
      const { calendar, asAnn, asBob, ann, sheets, entry, store, siteId, clock } = await aCalendar(
        database(),
      )
      const row = await sheets.log(asAnn, entry())
      const walk = async (...actions: readonly ApprovalAction[]) => {
        for (const action of actions)
          await calendar.approvals.step(action === 'submit' ? asAnn : asBob, action, ann.id, march)
      }
      await walk('submit', 'approve')
      const [held] = await store.worklogs.getMany(siteId, [row.id])
      const { id, version, createdVersion, ...incoming } = held!
      const drift = {
        connectionId: held!.connectionId,
        jiraId: held!.jiraId,
        copy: held!.copy,
        worklogId: row.id,
        personId: ann.id,
        day: held!.day,
        incoming: { ...incoming, comment: 'changed in Jira' },
        seenAt: clock.now(),
      }
      await store.locks.keepDrift(siteId, [drift])
      expect(await calendar.drifts.list(asBob, 10)).toMatchObject([{ worklogId: row.id }])
      await walk('reopen')
      expect(await store.worklogs.get(siteId, row.id)).toMatchObject({ comment: 'changed in Jira' })
      expect(await calendar.drifts.list(asBob, 10)).toEqual([])
      expect(version).toBeLessThan((await store.worklogs.get(siteId, row.id)).version)
      expect([id, createdVersion]).toEqual([row.id, row.createdVersion])
    })
  })
})
