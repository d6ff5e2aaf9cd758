import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  /** Everything is refused as said, and nothing is written by it. */
  const expectRefusals = async (
    route: string,
    bodies: readonly (readonly [unknown, number, string?])[],
  ) => {
    const version = await world.version()
    for (const [body, status, field] of bodies) {
      const answer = await world.call('admin', route, { body: body === null ? 'null' : body })
      expect([body, answer.status]).toEqual([body, status])
      if (field !== undefined)
        expect(answer.body.problems.map((one: { field: string }) => one.field)).toContain(field)
    }
    expect(await world.version()).toBe(version)
  }

  describe('people', () => {
    it('are added, changed at the version seen, and found', async () => {
      const body = { displayName: 'Jane Doe', username: 'jane', email: 'jane@example.org' }
      const added = await world.call('admin', 'POST /people', { body })
      expect(added.status).toBe(201)
      expect(added.body).toMatchObject({
        ...body,
        role: 'employee',
        isActive: true,
        isNameOnly: false,
      })
      expect(added.body.accountId).toMatch(/^born-here-/)
      const path = String(added.headers.location).replace('/api/v1', '')
      expect((await world.call('admin', `GET ${path}`)).body).toEqual(added.body)
      const change = { role: 'team-lead', timeZone: 'Europe/Berlin', email: null }
      const headers = { 'if-match': `"${added.body.version}"` }
      const changed = await world.call('admin', `PATCH ${path}`, { body: change, headers })
      expect(changed.body).toMatchObject({ ...body, ...change })
      expect((await world.call('admin', `PATCH ${path}`, { body: change, headers })).status).toBe(
        412,
      )
      const found = await world.call('admin', 'GET /people?text=JANE')
      expect(found.body.people).toEqual([changed.body])
      expect((await world.call('admin', 'GET /people?text=jane&active=false')).body.people).toEqual(
        [],
      )
    })

    it('are refused with a reason for each bad field', async () => {
      const named = (more: object) => ({ displayName: 'X', ...more })
      await expectRefusals('POST /people', [
        [{}, 400, 'displayName'],
        [{ displayName: '' }, 400, 'displayName'],
        [{ displayName: ' ' }, 400, 'displayName'],
        [{ displayName: 'a\0' }, 400, 'displayName'],
        [{ displayName: 'a\nb' }, 400, 'displayName'],
        [{ displayName: 'x'.repeat(256) }, 400, 'displayName'],
        [{ displayName: 5 }, 400, 'displayName'],
        [named({ email: 'no address' }), 400, 'email'],
        [named({ email: `${'x'.repeat(250)}@example.org` }), 400, 'email'],
        [named({ timeZone: 'Europe/Nowhere' }), 400, 'timeZone'],
        [named({ timeZone: '+01:00' }), 400, 'timeZone'],
        [named({ locale: 'not a locale' }), 400, 'locale'],
        [named({ role: 'god' }), 400, 'role'],
        [named({ isActive: 'true' }), 400, 'isActive'],
        [named({ version: 1 }), 400, 'version'],
        [named({ username: 'worker' }), 409, 'username'],
        [named({ email: 'USER3@example.org' }), 409, 'email'],
        [named({ accountId: world.people.mate.accountId }), 409, 'accountId'],
        [named({ key: 'worker' }), 409, 'key'],
        [[], 400, 'body'],
        [null, 400, 'body'],
      ])
      const { id } = world.people.outsider
      await expectRefusals(`PATCH /people/${id}`, [
        [{}, 400],
        [{ accountId: 'new' }, 400, 'accountId'],
        [{ username: 'worker' }, 409, 'username'],
        [{ displayName: null }, 400, 'displayName'],
      ])
      await expectRefusals(`PATCH /people/${world.people.admin.id}`, [
        [{ role: 'employee' }, 409],
        [{ isActive: false }, 409],
      ])
    })

    it('are shown in full to those who may read them, and by name to everybody else', async () => {
      const { worker, outsider } = world.people
      const full = await world.call('mate', `GET /people/${worker.id}`)
      expect(full.body).toMatchObject({ email: worker.email, isNameOnly: false })
      const byName = await world.call('mate', `GET /people/${outsider.id}`)
      expect(byName.body).toEqual({
        id: outsider.id,
        accountId: outsider.accountId,
        displayName: 'The outsider',
        isNameOnly: true,
      })
      expect(byName.headers.etag).toBeUndefined()
      const list = await world.call('mate', 'GET /people?text=The')
      expect(list.body.people).toHaveLength(7)
      const byMail = await world.call('mate', `GET /people?text=${outsider.email}`)
      expect(byMail.body.people).toEqual([])
      const manager = await world.call('manager', `GET /people?text=${outsider.email}`)
      expect(manager.body.people).toHaveLength(1)
    })
  })

  describe('groups', () => {
    it('are created, joined and left', async () => {
      const { mate } = world.people
      const created = await world.call('admin', 'POST /groups', { body: { name: 'crew' } })
      expect(created.status).toBe(201)
      const members = `/groups/${created.body.id}/members`
      const version = await world.version()
      for (const _ of [1, 2])
        expect((await world.call('admin', `PUT ${members}/${mate.id}`)).status).toBe(204)
      expect(await world.version()).toBe(version + 1)
      const listed = await world.call('worker', `GET ${members}`)
      expect(listed.body.people).toMatchObject([{ id: mate.id, isNameOnly: false }])
      expect((await world.call('worker', 'GET /groups')).body.groups).toContainEqual({
        ...created.body,
        memberCount: 1,
      })
      expect((await world.call('worker', 'GET /people?group=crew')).body.people).toHaveLength(1)
      for (const _ of [1, 2])
        expect((await world.call('admin', `DELETE ${members}/${mate.id}`)).status).toBe(204)
      expect(await world.version()).toBe(version + 2)
      for (const path of [`${members}/999`, `/groups/999/members/${mate.id}`, `${members}/x`])
        expect((await world.call('admin', `PUT ${path}`)).status).toBe(404)
      await expectRefusals('POST /groups', [
        [{ name: 'crew' }, 409, 'name'],
        [{ name: ' ' }, 400, 'name'],
        [{ name: '\ud800' }, 400, 'name'],
        [{}, 400, 'name'],
      ])
    })

    it('are renamed, but not where something goes by the name', async () => {
      const { siteId } = world.site
      const add = async (name: string) =>
        (await world.call('admin', 'POST /groups', { body: { name } })).body
      const rename = (id: string, name: string) =>
        world.call('admin', `PATCH /groups/${id}`, { body: { name } })
      const group = await add('old name')
      expect((await rename(group.id, 'new name')).body).toEqual({ ...group, name: 'new name' })
      expect((await rename(group.id, 'new name')).status).toBe(200)
      const other = await add('of Jira')
      expect((await rename(group.id, 'of Jira')).status).toBe(409)
      expect((await rename(group.id, ' ')).status).toBe(400)
      expect((await rename('999999', 'nobody')).status).toBe(404)
      const [, jira] = await world.store.connections.list(siteId)
      const membership = { groupId: other.id, personId: world.people.mate.id }
      await world.store.groups.addMembers(siteId, [{ ...membership, connectionId: jira!.id }])
      expect((await rename(other.id, 'mine')).status).toBe(409)
      const visibility = { type: 'group', value: 'new name' }
      const body = { issue: 'OPS-1', day: '2026-03-02', timeSpentSeconds: 60, visibility }
      await world.call('admin', 'POST /worklogs', { body })
      expect((await rename(group.id, 'newer name')).status).toBe(409)
      expect(
        (await world.call('worker', `PATCH /groups/${group.id}`, { body: { name: 'x' } })).status,
      ).toBe(403)
    })

    it('let their members see at once what is kept for them', async () => {
      const { body: group } = await world.call('admin', 'POST /groups', { body: { name: 'inner' } })
      const visibility = { type: 'group', value: 'inner' }
      const { body } = await world.call('admin', 'POST /worklogs', {
        body: {
          issue: 'OPS-1',
          author: 'worker',
          day: '2026-03-02',
          timeSpentSeconds: 60,
          visibility,
        },
      })
      expect((await world.call('mate', `GET /worklogs/${body.id}`)).status).toBe(404)
      await world.call('admin', `PUT /groups/${group.id}/members/${world.people.mate.id}`)
      expect((await world.call('mate', `GET /worklogs/${body.id}`)).status).toBe(200)
    })
  })

  it('says who is asking, and where rows come from', async () => {
    const me = await world.call('lead', 'GET /me')
    expect(me.body).toMatchObject({
      person: { id: world.people.lead.id, isNameOnly: false },
      role: 'team-lead',
      scopes: ['read', 'write', 'admin'],
      site: { id: world.site.siteId, timeZone: 'UTC', firstWeekday: 1, bookMode: 'own' },
    })
    const { body } = await world.call('limited', 'GET /connections')
    expect(body.connections).toMatchObject([
      { id: 0, isOwn: true },
      { id: 1, name: 'cloud', baseUrl: 'https://jira.example.org', syncedAt: null },
    ])
  })
})
