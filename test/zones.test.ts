import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GoldenWorld, openGoldenWorld, secrets } from '../conformance/world.ts'

const zones = [
  ...['Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Pacific/Auckland'],
  ...['Australia/Lord_Howe', 'Asia/Kathmandu', 'Asia/Tokyo', 'Africa/Casablanca', 'UTC'],
]
const hourMs = 3_600_000

/** `2026-03-29 03:30:00` by the runtime's own calendar, which shares no code with ours. */
function wallClock(zone: string, instant: number): string {
  return clocks.get(zone)!.format(instant)
}

const clocks = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
  ]),
)

/** The hours around every change of the zone's clock and around every turn of a year. */
function oddHours(zone: string): number[] {
  const found: number[] = []
  const offset = (at: number) => Date.parse(`${wallClock(zone, at).replace(' ', 'T')}Z`) - at
  const end = Date.UTC(2027, 0, 2)
  for (let at = Date.UTC(2023, 11, 28); at < end; at += hourMs) {
    const month = new Date(at).getUTCMonth()
    const day = new Date(at).getUTCDate()
    const isTurn = (month === 11 && day >= 29) || (month === 0 && day <= 3)
    if (isTurn || offset(at) !== offset(at + hourMs))
      for (let near = -4; near <= 4; near += 1) found.push(at + near * hourMs)
  }
  return found
}

type Row = { readonly id: string; readonly zone: string; readonly instant: number }

function someRows(): Row[] {
  const places = zones.map((zone) =>
    fc.tuple(fc.constant(zone), fc.constantFrom(...oddHours(zone))),
  )
  const one = fc.tuple(fc.oneof(...places), fc.integer({ min: -30, max: 30 }))
  return fc.sample(one, { numRuns: 400, seed: 53 }).map(([[zone, hour], minutes], at) => ({
    id: String(80_000 + at),
    zone,
    instant: hour + minutes * 60_000,
  }))
}

describe('whatever zone the author and the viewer live in', () => {
  const rows = someRows()
  const nameOf = (zone: string) => zone.replace(/\W/g, '').toLowerCase()
  const dayOf = ({ zone, instant }: Row) => wallClock(zone, instant).slice(0, 10)
  let world: GoldenWorld
  const folder = mkdtempSync(join(tmpdir(), 'hourbook-zones-'))

  beforeAll(async () => {
    const base = 'https://golden.example.org/jira/rest/api/2'
    const users = zones.map((zone) => ({
      self: `${base}/user?username=${nameOf(zone)}`,
      ...{ name: nameOf(zone), key: nameOf(zone), displayName: zone, active: true, timeZone: zone },
      groups: { items: [{ name: 'everywhere' }] },
    }))
    const worklogs = rows.map(({ id, zone, instant }) => ({
      id,
      author: { name: nameOf(zone), key: nameOf(zone), displayName: zone, active: true },
      comment: '',
      started: new Date(instant).toISOString().replace('Z', '+0000'),
      created: '2026-03-30T08:00:00.000+0000',
      updated: '2026-03-30T08:00:00.000+0000',
      timeSpentSeconds: 60,
    }))
    const issue = {
      ...{ id: '7000', key: 'ZONE-1', self: `${base}/issue/7000` },
      fields: {
        summary: 'Around the world',
        project: { id: '70', key: 'ZONE', name: 'Zones' },
        worklog: { startAt: 0, maxResults: rows.length, total: rows.length, worklogs },
      },
    }
    const file = join(folder, 'world.json')
    writeFileSync(file, JSON.stringify({ users, issues: [issue] }))
    const site = { name: 'Golden', timeZone: 'America/Los_Angeles' }
    world = await openGoldenWorld({ files: [file], site })
    const { app } = world
    const found = await app.store.people.findByNames(app.site.id, [nameOf('Pacific/Auckland')])
    const [viewer] = [...found.values()].flat()
    const actor = await app.localActor()
    await app.directory.changePerson(actor, viewer!.id, { role: 'administrator' })
    const token = { name: 'far', scopes: ['read'], networks: [], expiresAt: null } as const
    await app.tokens.create(actor, { ...token, personId: viewer!.id, value: far })
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true })
  })

  const far = 'zones-far-secret-000001'
  const ask = async (url: string, key: string) => {
    const authorization = url.startsWith('/api/1') ? `Apikey ${key}` : `Bearer ${key}`
    const answer = await world.server.inject({ url, headers: { authorization } })
    expect(answer.statusCode).toBe(200)
    return answer.body
  }

  it.each([
    ['the site’s', () => secrets.admin!],
    ['the farthest', () => far],
  ])('both dialects put worklogs on the author’s day, seen from %s', async (_, key) => {
    const days = [...new Set(rows.map(dayOf))].sort()
    expect(days.length).toBeGreaterThan(20)
    for (const day of days.filter((_day, at) => at % 3 === 0)) {
      const expected = rows.filter((row) => dayOf(row) === day).map(({ id }) => id)
      const select = `start=${day}&end=${day}&allUsers=true`
      const tracked = JSON.parse(await ask(`/api/1/worklog?${select}`, key())) as {
        fields: { worklog: { worklogs: { id: string }[] } }
      }[]
      const shown = tracked.flatMap(({ fields }) => fields.worklog.worklogs.map(({ id }) => id))
      expect([day, shown.filter((id) => id >= '80000').sort()]).toEqual([day, expected.sort()])
      const raw = JSON.parse(
        await ask(
          `/rest/timesheet-gadget/1.0/raw-timesheet.json?targetGroup=everywhere&startDate=${day}&endDate=${day}`,
          key(),
        ),
      ) as { worklog: { entries: { id: number }[] }[] }
      const entries = raw.worklog.flatMap((one) => one.entries.map(({ id }) => String(id)))
      expect([day, entries.sort()]).toEqual([day, expected])
    }
  })

  it('the data shows the author’s own clock', async () => {
    const body = await ask(
      '/api/1/exportData.csv?start=2023-12-01&end=2027-01-31&groups=everywhere',
      far,
    )
    const lines = parse(body.replace('\ufeff', '')) as string[][]
    const clocks = lines.slice(1, -1).map((cells) => cells[5])
    const expected = rows.map(({ zone, instant }) => wallClock(zone, instant))
    expect(clocks.sort()).toEqual(expected.sort())
  })

  it('no week of two years is lost or taken for another', async () => {
    const totals = async (unit: string, day: string) => {
      const body = await ask(
        `/api/1/exportView.xls?start=2023-12-01&end=2027-01-31&groups=everywhere&sum=${unit}&reportingDay=${day}&showDetails=false`,
        far,
      )
      const footer = body.slice(body.lastIndexOf("<tr class='rowFooter'>"))
      return [...footer.matchAll(/>([\d.]+)<\/th>/g)].map(([, text]) => Number(text))
    }
    const weeks = new Map<string, number>()
    for (const row of rows) {
      const day = Date.parse(`${dayOf(row)}T00:00Z`)
      const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * 24 * hourMs
      weeks.set(String(monday), (weeks.get(String(monday)) ?? 0) + 60)
    }
    const shown = (await totals('week', '1')).slice(0, -1).filter((hours) => hours > 0)
    const hours = [...weeks].sort().map(([, seconds]) => Math.round(seconds / 36) / 100)
    expect(shown).toEqual(hours)
    for (const day of ['0', '1', '6'])
      expect((await totals('week', day)).at(-1)).toBe(Math.round((rows.length * 60) / 36) / 100)
  })
})
