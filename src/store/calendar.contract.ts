import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { firstDay } from '../domain/dated-choice.ts'
import { readRequired } from '../domain/working-time.ts'

const fullWeek = [28_800, 28_800, 28_800, 28_800, 28_800, 0, 0] as const
const halfWeek = [14_400, 14_400, 14_400, 14_400, 14_400, 0, 0] as const
const today = day('2026-03-02')

export function calendarContract(database: () => TestDatabase): void {
  it('begins with a default schedule and a default holiday scheme', async () => {
    const { store } = database()
    const { siteId, people } = await aSite(store)
    await people([{}, {}, { isActive: false }])
    const [schedule, ...rest] = await store.schedules.list(siteId, today)
    expect(rest).toEqual([])
    const begun = { name: 'Default', isDefault: true, memberCount: 2, version: 1 }
    expect(schedule).toMatchObject({ ...begun, weekSeconds: fullWeek })
    expect(await store.holidays.listSchemes(siteId, today)).toMatchObject([begun])
  })

  it('has one default at a time, and knows who follows what on which day', async () => {
    const { store } = database()
    const { siteId, people } = await aSite(store)
    const [ann, bob] = await people([{}, {}, { isActive: false }])
    const [usual] = await store.schedules.list(siteId, today)
    const wish = { name: 'Half', description: 'd', weekSeconds: halfWeek, version: 7 }
    const half = await store.schedules.insert(siteId, { ...wish, isDefault: false })
    await store.schedules.choose(siteId, ann!.id, [
      { from: day('2026-03-01'), choice: half },
      { from: day('2026-04-01'), choice: null },
    ])
    const members = (id: typeof half, on: string) =>
      store.schedules.members(siteId, id, { day: day(on), limit: 10 })
    expect(await members(half, '2026-02-28')).toEqual([])
    expect(await members(half, '2026-03-31')).toEqual([ann!.id])
    expect(await members(half, '2026-04-01')).toEqual([])
    expect(await members(usual!.id, '2026-03-01')).toEqual([bob!.id])
    const rest = { day: today, limit: 1, afterId: ann!.id }
    expect(await store.schedules.members(siteId, usual!.id, rest)).toEqual([bob!.id])
    await store.schedules.update(siteId, { ...wish, id: half, isDefault: true })
    const listed = await store.schedules.list(siteId, day('2026-05-01'))
    expect(listed.map((one) => [one.isDefault, one.memberCount])).toEqual([
      [false, 0],
      [true, 2],
    ])
    await expect(store.schedules.get(siteId, '0' as typeof half, today)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('removes a schedule from a day on and keeps the days before', async () => {
    const { store } = database()
    const { siteId, people } = await aSite(store)
    const [ann, bob, cid] = await people([{}, {}, {}])
    const half = await store.schedules.insert(siteId, {
      name: 'Half',
      description: '',
      isDefault: false,
      weekSeconds: halfWeek,
      version: 1,
    })
    await store.schedules.choose(siteId, ann!.id, [{ from: firstDay, choice: half }])
    await store.schedules.choose(siteId, bob!.id, [{ from: day('2026-03-04'), choice: half }])
    await store.schedules.choose(siteId, cid!.id, [
      { from: firstDay, choice: half },
      { from: day('2026-02-27'), choice: null },
    ])
    await store.schedules.remove(siteId, half, day('2026-03-03'))
    const period = { from: day('2026-03-02'), to: day('2026-03-05') }
    const ids = [ann!.id, bob!.id, cid!.id]
    const required = await readRequired(store, siteId, ids, period)
    expect(required.map(({ days }) => days.map((one) => one.requiredSeconds / 3_600))).toEqual([
      [4, 8, 8, 8],
      [8, 8, 8, 8],
      [8, 8, 8, 8],
    ])
    expect(await store.schedules.choices(siteId, [ann!.id])).toEqual([
      { personId: ann!.id, from: firstDay, choice: half },
      { personId: ann!.id, from: '2026-03-03', choice: null },
    ])
    expect(await store.schedules.list(siteId, today)).toHaveLength(1)
  })

  it('reads everything that working time depends on, of this site and these people only', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const { siteId } = here
    const [ann, bob] = await here.people([{}, {}])
    const [usual] = await store.holidays.listSchemes(siteId, today)
    const scheme = { name: 'South', description: '', isDefault: false, version: 1 }
    const south = await store.holidays.insertScheme(siteId, scheme)
    const unused = await store.holidays.insertScheme(siteId, { ...scheme, name: 'Unused' })
    const [foreign] = await store.holidays.listSchemes(there.siteId, today)
    const holiday = {
      kind: 'floating',
      name: 'Feast',
      description: 'of all',
      day: day('2026-03-03'),
      seconds: 28_800,
    } as const
    await store.holidays.insert(there.siteId, [{ ...holiday, schemeId: foreign!.id }])
    const [feast, , yearly, half] = await store.holidays.insert(siteId, [
      { ...holiday, schemeId: south },
      { ...holiday, schemeId: unused },
      { ...holiday, schemeId: usual!.id, kind: 'fixed', day: day('2020-03-04') },
      { ...holiday, schemeId: usual!.id, seconds: 7_200 },
      { ...holiday, schemeId: usual!.id, day: day('2026-03-10') },
    ])
    await store.holidays.choose(siteId, bob!.id, [{ from: day('2026-01-01'), choice: south }])
    const period = { from: day('2026-03-02'), to: day('2026-03-04') }
    const facts = await store.workingTime.read(siteId, [ann!.id, bob!.id], period)
    expect(facts.holidays.map(({ id }) => id)).toEqual([feast, yearly, half])
    expect(facts.holidays[0]).toEqual({ ...holiday, id: feast, schemeId: south })
    const required = await readRequired(store, siteId, [ann!.id, bob!.id], period)
    expect(required.map(({ days }) => days.map((one) => one.requiredSeconds))).toEqual([
      [28_800, 21_600, 0],
      [28_800, 0, 28_800],
    ])
    expect(
      (await store.holidays.find(siteId, { schemeIds: [usual!.id], period })).map(({ id }) => id),
    ).toEqual([half, yearly])
    await store.holidays.update(siteId, {
      ...(await store.holidays.get(siteId, half!)),
      seconds: 1,
    })
    expect(await store.holidays.get(siteId, half!)).toMatchObject({ seconds: 1, name: 'Feast' })
    await store.holidays.remove(siteId, half!)
    await expect(store.holidays.get(siteId, half!)).rejects.toMatchObject({ code: 'not-found' })
  })
}
