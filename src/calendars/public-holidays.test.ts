import { describe, expect, it } from 'vitest'
import { makePublicHolidays } from './public-holidays.ts'

describe('public holidays', () => {
  const { list, places } = makePublicHolidays()

  it('knows countries, states and regions', async () => {
    expect(await places({})).toContainEqual({ code: 'DE', name: 'Germany' })
    expect(await places({ country: 'DE' })).toContainEqual({ code: 'BY', name: 'Bayern' })
    expect((await places({ country: 'DE', state: 'BY' })).map((one) => one.code)).toContain('A')
    expect(await places({ country: 'DE', state: 'BE' })).toEqual([])
    await expect(places({ country: 'XX' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(places({ country: '__proto__' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('tells fixed dates from those that move, once for several years', async () => {
    const found = await list({ country: 'DE', state: 'BY' }, { from: 2026, to: 2027 }, 28_800)
    expect(found.filter(({ name }) => name === 'Neujahr')).toEqual([
      { kind: 'fixed', name: 'Neujahr', day: '2026-01-01', seconds: 28_800 },
    ])
    expect(found.filter(({ name }) => name === 'Karfreitag')).toEqual([
      { kind: 'floating', name: 'Karfreitag', day: '2026-04-03', seconds: 28_800 },
      { kind: 'floating', name: 'Karfreitag', day: '2027-03-26', seconds: 28_800 },
    ])
    const berlin = await list({ country: 'DE', state: 'BE' }, { from: 2026, to: 2026 }, 28_800)
    expect(berlin.map(({ name }) => name)).not.toContain('Heilige Drei Könige')
  })

  it('gives every day of a feast, and half of a day that is free from noon on', async () => {
    const feast = await list({ country: 'SA' }, { from: 2026, to: 2026 }, 28_800)
    expect(feast.filter(({ name }) => name === 'عيد الفطر').map(({ day }) => day)).toEqual([
      '2026-03-19',
      '2026-03-20',
      '2026-03-21',
      '2026-03-22',
    ])
    const iceland = await list({ country: 'IS' }, { from: 2026, to: 2026 }, 28_800)
    expect(iceland.find(({ day }) => day === '2026-12-24')?.seconds).toBe(14_400)
  })

  it('refuses a place it does not know, naming the field', async () => {
    const years = { from: 2026, to: 2026 }
    for (const [place, field] of [
      [{ country: 'XX' }, 'country'],
      [{ country: 'DE', state: 'XX' }, 'state'],
      [{ country: 'DE', state: 'BY', region: 'XX' }, 'region'],
      [{ country: 'DE', region: 'A' }, 'region'],
    ] as const)
      await expect(list(place, years, 28_800)).rejects.toMatchObject({
        code: 'invalid',
        details: { problems: [{ field }] },
      })
  })
})
