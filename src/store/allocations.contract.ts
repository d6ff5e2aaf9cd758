import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { type Allocation, recurrenceRules } from '../domain/allocation.ts'
import { mostOccurrenceDays, occurrencesIn } from '../domain/allocation-days.ts'
import { addDays } from '../domain/day.ts'

export function allocationsContract(database: () => TestDatabase): void {
  const aPlan = async () => {
    const { store } = database()
    const site = await aSite(store)
    const person = await site.aPerson()
    const issue = await site.anIssue()
    const plan: Omit<Allocation, 'id'> = {
      assignee: { kind: 'person', personId: person.id },
      item: { kind: 'issue', issueId: issue.id },
      from: day('2026-03-02'),
      to: day('2026-03-06'),
      effort: 'per-day',
      seconds: 3_600,
      includesNonWorkingDays: true,
      rule: 'never',
      recursUntil: null,
      exceptions: [],
      startTime: null,
      description: null,
      approval: null,
      createdAt: 1_000,
      createdBy: person.id,
      updatedAt: 2_000,
      version: 3,
    }
    return { ...site, person, issue, plan }
  }

  it('keeps an allocation as it was written', async () => {
    const { store, siteId, plan, person, issue } = await aPlan()
    const resourceId = await store.resources.insert(siteId, {
      ...{ name: 'x', createdAt: 0, createdBy: person.id, updatedAt: 0, updatedBy: person.id },
      version: 1,
    })
    const full: Omit<Allocation, 'id'> = {
      ...plan,
      assignee: { kind: 'resource', resourceId },
      item: { kind: 'project', projectId: issue.projectId },
      effort: 'total',
      rule: 'weekly',
      recursUntil: day('2026-04-01'),
      exceptions: [{ day: day('2026-03-03'), seconds: 0 }],
      startTime: '08:15',
      description: 'it\'s "x" 夏\n',
      approval: {
        ...{ status: 'approved', requesterId: person.id },
        ...{ reviewerId: person.id, actorId: person.id },
      },
    }
    const id = await store.allocations.insert(siteId, full)
    expect(await store.allocations.get(siteId, id)).toEqual({ ...full, id })
    await store.allocations.update(siteId, { ...plan, id, version: 9 })
    expect(await store.allocations.get(siteId, id)).toEqual({ ...plan, id, version: 9 })
    const list = async (query = {}) =>
      (await store.allocations.list({ siteId, ...query }, { limit: 9 })).length
    expect(await list({ personIds: [person.id], issueIds: [issue.id] })).toBe(1)
    expect(await list({ resourceIds: [resourceId] })).toBe(0)
    expect(await list({ assigneeKinds: ['resource'] })).toBe(0)
    expect(await list({ itemKinds: ['issue', 'project'] })).toBe(1)
    expect(await list({ updatedFrom: 2_000 })).toBe(1)
    expect(await list({ updatedFrom: 2_001 })).toBe(0)
    expect(await list({ visiblePersonIds: [] })).toBe(0)
    await store.allocations.remove(siteId, id)
    await expect(store.allocations.get(siteId, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('pages by offset, each row once while others come and go', async () => {
    const { store, siteId, plan } = await aPlan()
    const ids = []
    for (let at = 0; at < 7; at += 1) ids.push(await store.allocations.insert(siteId, plan))
    const page = (offset: number) =>
      store.allocations.findPage({ siteId }, { limit: 3, offset, reader: 'x' })
    const first = await page(0)
    await store.allocations.remove(siteId, ids[0]!)
    const second = await page(3)
    const third = await page(6)
    expect([...first.rows, ...second.rows, ...third.rows].map((row) => row.id)).toEqual(ids)
    expect([first.hasMore, second.hasMore, third.hasMore]).toEqual([true, true, false])
  })

  it('finds in a period what has an occurrence there, as the domain tells it', async () => {
    const { store, siteId, plan } = await aPlan()
    const start = day('2024-01-29')
    const shapes = fc.sample(
      fc.record({
        at: fc.integer({ min: 0, max: 60 }),
        length: fc.integer({ min: 1, max: 30 }),
        rule: fc.constantFrom(...recurrenceRules),
        until: fc.integer({ min: 0, max: 200 }),
      }),
      { numRuns: 60, seed: 7 },
    )
    const plans: Allocation[] = []
    for (const { at, length, rule, until } of shapes) {
      const from = addDays(start, at)
      const to = addDays(from, Math.min(length, mostOccurrenceDays(rule)) - 1)
      const recursUntil = rule === 'never' ? null : addDays(to, until)
      const shape = { ...plan, from, to, rule, recursUntil }
      plans.push({ ...shape, id: await store.allocations.insert(siteId, shape) })
    }
    for (let at = -5; at < 280; at += 11)
      for (const days of [1, 6, 45]) {
        const from = addDays(start, at)
        const period = { from, to: addDays(from, days - 1) }
        const found = await store.allocations.list({ siteId, period }, { limit: 100 })
        const expected = plans.filter((one) => occurrencesIn(one, period, () => true).length > 0)
        expect([period, found.map((one) => one.id)]).toEqual([
          period,
          expected.map((one) => one.id),
        ])
      }
  })
}
