import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type World } from './world.contract.ts'

const week = [14_400, 14_400, 0, 0, 0, 0, 0]

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  const hoursOf = async (who: 'admin' | 'lead' | 'worker', query: string) => {
    const { body } = await world.call(who, `GET /required?${query}`)
    return body.people.map((one: { days: { requiredSeconds: number }[] }) =>
      one.days.map(({ requiredSeconds }) => requiredSeconds / 3_600),
    )
  }

  describe('schedules', () => {
    it('are made, followed from a day on, changed and removed', async () => {
      const body = { name: 'Two mornings', weekSeconds: week }
      const made = await world.call('admin', 'POST /schedules', { body })
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({ ...body, isDefault: false, memberCount: 0 })
      const path = String(made.headers.location).replace('/api/v1', '')
      const { id } = made.body
      const people = { people: ['worker'], from: '2026-03-10' }
      expect((await world.call('admin', `POST ${path}/members`, { body: people })).status).toBe(204)
      const range = 'from=2026-03-09&to=2026-03-11'
      expect(await hoursOf('lead', `person=worker&person=mate&${range}`)).toEqual([
        [8, 4, 0],
        [8, 8, 8],
      ])
      expect((await world.call('worker', `GET ${path}/members`)).body.people).toEqual([])
      const soon = { people: ['mate'], from: null }
      await world.call('admin', `POST ${path}/members`, { body: soon })
      expect((await world.call('worker', `GET ${path}/members`)).body.people).toMatchObject([
        { username: 'mate' },
      ])
      const history = `/people/${world.people.mate.id}/schedules`
      expect((await world.call('mate', `GET ${history}`)).body).toEqual({
        choices: [{ from: null, id }],
      })
      const choices = [
        { from: '2026-03-11', id: null },
        { from: '2026-03-10', id },
      ]
      const replaced = await world.call('admin', `PUT ${history}`, { body: { choices } })
      expect(replaced.body.choices).toEqual([choices[1], choices[0]])
      expect(await hoursOf('lead', `person=mate&${range}`)).toEqual([[8, 4, 8]])
      const headers = { 'if-match': `"${made.body.version}"` }
      const change = { body: { weekSeconds: [0, 3600, 0, 0, 0, 0, 0] }, headers }
      expect((await world.call('admin', `PATCH ${path}`, change)).status).toBe(200)
      expect((await world.call('admin', `PATCH ${path}`, change)).status).toBe(412)
      expect(await hoursOf('lead', `person=mate&${range}`)).toEqual([[8, 1, 8]])
      expect((await world.call('admin', `DELETE ${path}`)).status).toBe(204)
      expect((await world.call('admin', `GET ${path}`)).status).toBe(404)
      // Removed on 2 March, before anybody was to follow it.
      expect(await hoursOf('lead', `person=mate&${range}`)).toEqual([[8, 8, 8]])
    })

    it('can be made the default, which is always one of them', async () => {
      const [before] = (await world.call('worker', 'GET /schedules')).body.schedules
      const body = { name: 'New', weekSeconds: week, isDefault: true }
      const made = (await world.call('admin', 'POST /schedules', { body })).body
      expect(made).toMatchObject({ isDefault: true, memberCount: 7 })
      const path = `/schedules/${made.id}`
      expect((await world.call('admin', `DELETE ${path}`)).status).toBe(409)
      const change = { body: { isDefault: false } }
      expect((await world.call('admin', `PATCH ${path}`, change)).status).toBe(400)
      const back = { body: { isDefault: true } }
      await world.call('admin', `PATCH /schedules/${before.id}`, back)
      const { schedules } = (await world.call('worker', 'GET /schedules')).body
      expect(schedules.map((one: { isDefault: boolean }) => one.isDefault)).toEqual([true, false])
      expect((await world.call('admin', `DELETE ${path}`)).status).toBe(204)
    })

    it('are refused with a reason, and nothing is written', async () => {
      const version = await world.version()
      const [usual] = (await world.call('worker', 'GET /schedules')).body.schedules
      const outsider = `/people/${world.people.outsider.id}/schedules`
      const twice = { from: null, id: null }
      for (const [who, route, body, status] of [
        ['admin', 'POST /schedules', { name: 'x', weekSeconds: [1] }, 400],
        ['admin', 'POST /schedules', { name: ' x', weekSeconds: week }, 400],
        ['admin', 'POST /schedules', { name: 'x', weekSeconds: [86_401, 0, 0, 0, 0, 0, 0] }, 400],
        ['admin', 'POST /schedules', { name: 'Default', weekSeconds: week }, 409],
        ['manager', 'POST /schedules', { name: 'x', weekSeconds: week }, 403],
        ['worker', `PATCH /schedules/${usual.id}`, { name: 'x' }, 403],
        ['worker', `DELETE /schedules/${usual.id}`, undefined, 403],
        ['admin', `POST /schedules/${usual.id}/members`, { people: ['nobody'] }, 400],
        ['admin', `POST /schedules/${usual.id}/members`, { people: [] }, 400],
        ['admin', 'POST /schedules/999999/members', { people: ['worker'] }, 404],
        ['lead', `POST /schedules/${usual.id}/members`, { people: ['worker'] }, 403],
        ['admin', `PUT ${outsider}`, { choices: [{ from: null, id: '999999' }] }, 404],
        ['admin', `PUT ${outsider}`, { choices: [twice, twice] }, 400],
        ['admin', `PUT ${outsider}`, { choices: [{ from: '2026-02-30', id: null }] }, 400],
        ['worker', `GET ${outsider}`, undefined, 403],
        ['worker', 'GET /required?person=outsider&from=2026-03-02&to=2026-03-02', undefined, 403],
        ['worker', 'GET /required?from=2026-03-02&to=2026-03-01', undefined, 400],
        ['worker', 'GET /required?from=0001-01-01&to=9999-12-31', undefined, 400],
        ['worker', 'GET /required?from=2026-03-02', undefined, 400],
      ] as const) {
        const answer = await world.call(who, route, body === undefined ? {} : { body })
        expect([route, body, answer.status]).toEqual([route, body, status])
      }
      expect(await world.version()).toBe(version)
    })
  })

  describe('holidays', () => {
    it('are taken over from a country once, and edited afterwards', async () => {
      const made = await world.call('admin', 'POST /holiday-schemes', { body: { name: 'Bavaria' } })
      const path = String(made.headers.location).replace('/api/v1', '')
      const place = 'country=DE&state=BY'
      const offered = await world.call('worker', `GET /public-holidays?${place}&year=2026`)
      const wish = { country: 'DE', state: 'BY', fromYear: 2026, toYear: 2027 }
      const taken = await world.call('admin', `POST ${path}/import`, { body: wish })
      expect(taken.body.holidays.length).toBeGreaterThan(offered.body.holidays.length)
      const again = await world.call('admin', `POST ${path}/import`, { body: wish })
      expect(again.body.holidays).toEqual([])
      const in2026 = await world.call('worker', `GET ${path}/holidays?year=2026`)
      expect(in2026.body.holidays).toHaveLength(offered.body.holidays.length)
      await world.call('admin', `POST ${path}/members`, { body: { people: ['worker'] } })
      expect(await hoursOf('worker', 'from=2026-12-24&to=2026-12-25')).toEqual([[8, 0]])
      const eve = { kind: 'floating', name: 'Eve', day: '2026-12-24', seconds: 14_400 }
      const added = await world.call('admin', `POST ${path}/holidays`, { body: eve })
      expect(added.body).toMatchObject({ ...eve, description: '' })
      expect(await hoursOf('worker', 'from=2026-12-24&to=2026-12-24')).toEqual([[4]])
      const { body } = await world.call('worker', 'GET /required?from=2026-12-24&to=2026-12-24')
      expect(body.people[0].days[0].holiday).toEqual({
        id: added.body.id,
        name: 'Eve',
        seconds: 14_400,
      })
      const holiday = `/holidays/${added.body.id}`
      const longer = { seconds: 28_800, name: 'Christmas Eve' }
      const changed = await world.call('admin', `PATCH ${holiday}`, { body: longer })
      expect(changed.body).toMatchObject({ ...eve, ...longer })
      expect((await world.call('admin', `DELETE ${holiday}`)).status).toBe(204)
      expect((await world.call('admin', `DELETE ${holiday}`)).status).toBe(404)
      expect((await world.call('admin', `DELETE ${path}`)).status).toBe(204)
      expect((await world.call('admin', `PATCH ${holiday}`, { body: longer })).status).toBe(404)
    })

    it('come from places that can be listed', async () => {
      const names = async (query: string) =>
        (await world.call('worker', `GET /public-holidays/places${query}`)).body.places
      expect(await names('')).toContainEqual({ code: 'DE', name: 'Germany' })
      expect(await names('?country=DE')).toContainEqual({ code: 'BY', name: 'Bayern' })
      const bad = await world.call('worker', 'GET /public-holidays?country=XX&year=2026')
      expect([bad.status, bad.body.problems[0].field]).toEqual([400, 'country'])
    })

    it('are refused with a reason, and nothing is written', async () => {
      const version = await world.version()
      const [usual] = (await world.call('worker', 'GET /holiday-schemes')).body.holidaySchemes
      const path = `/holiday-schemes/${usual.id}`
      const good = { kind: 'fixed', name: 'x', day: '2026-12-25', seconds: 1 }
      for (const [who, route, body, status] of [
        ['worker', `POST ${path}/holidays`, good, 403],
        ['admin', `POST ${path}/holidays`, { ...good, day: '2026-02-29' }, 400],
        ['admin', `POST ${path}/holidays`, { ...good, seconds: 0 }, 400],
        ['admin', `POST ${path}/holidays`, { ...good, name: ' ' }, 400],
        ['admin', `POST ${path}/holidays`, { ...good, kind: 'movable' }, 400],
        ['admin', 'POST /holiday-schemes/999999/holidays', good, 404],
        ['admin', `POST ${path}/import`, { country: 'XX', fromYear: 2026, toYear: 2026 }, 400],
        ['admin', `POST ${path}/import`, { country: 'DE', fromYear: 2026, toYear: 2025 }, 400],
        ['admin', `POST ${path}/import`, { country: 'DE', fromYear: 2000, toYear: 2026 }, 400],
        ['manager', `POST ${path}/import`, { country: 'DE', fromYear: 2026, toYear: 2026 }, 403],
        ['admin', `PATCH ${path}`, { isDefault: false }, 400],
        ['admin', `DELETE ${path}`, undefined, 409],
        ['admin', 'POST /holiday-schemes', { name: 'Default' }, 409],
        ['admin', 'PATCH /holidays/999999', { name: 'x' }, 404],
      ] as const) {
        const answer = await world.call(who, route, body === undefined ? {} : { body })
        expect([route, body, answer.status]).toEqual([route, body, status])
      }
      expect(await world.version()).toBe(version)
    })
  })
})
