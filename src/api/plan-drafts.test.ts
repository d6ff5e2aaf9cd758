import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  const booking = (more = {}) => ({
    kind: 'booking',
    person: 'worker',
    title: 'Work',
    from: '2026-03-02',
    to: '2026-03-03',
    secondsPerDay: 3_600,
    ...more,
  })
  const aBooking = async (more = {}) =>
    (await world.call('lead', 'POST /events', { body: booking(more) })).body
  const aDraft = async (who: Name = 'lead') =>
    (await world.call(who, 'POST /plan-drafts', { body: { name: 'What if' } })).body.id as string
  const command = (draft: string, ...commands: object[]) =>
    world.call('lead', `POST /plan-drafts/${draft}/commands`, { body: { commands } })
  const timeline = async (draft?: string) => {
    const query = `from=2026-03-02&to=2026-03-08&person=worker${draft ? `&draft=${draft}` : ''}`
    return (await world.call('lead', `GET /timeline?${query}`)).body
  }
  const stored = async (id: string) => (await world.call('lead', `GET /events/${id}`)).body

  it('take commands once by a key, however often it is sent', async () => {
    const draft = await aDraft()
    const headers = { 'idempotency-key': 'drafted' }
    const send = (title: string) =>
      world.call('lead', `POST /plan-drafts/${draft}/commands`, {
        body: { commands: [{ kind: 'create', event: booking({ title }) }] },
        headers,
      })
    const first = await send('Once')
    expect((await send('Once')).body).toEqual(first.body)
    expect((await send('Twice')).status).toBe(409)
    const { body } = await world.call('lead', `GET /plan-drafts/${draft}`)
    expect(body.events).toHaveLength(1)
  })

  it('shows bars and figures as drafted and changes nothing until it is published', async () => {
    const event = await aBooking()
    const gone = await aBooking({ title: 'Gone' })
    const before = await timeline()
    const draft = await aDraft()
    const { body } = await command(
      draft,
      { kind: 'move', id: event.id, version: event.version, move: { days: 2 } },
      { kind: 'create', event: booking({ title: 'New', from: '2026-03-05', to: '2026-03-05' }) },
      { kind: 'remove', id: gone.id },
    )
    expect(body.draft.changes).toBe(3)
    const made = body.outcomes[1].id as string
    // What is new in a draft can be changed in it.
    const change = { kind: 'change', id: made, change: { secondsPerDay: 7_200 } }
    expect((await command(draft, change)).body.draft.changes).toBe(3)

    const drafted = await timeline(draft)
    expect(drafted.people[0].loadSeconds).toEqual([0, 0, 3_600, 10_800, 0, 0, 0])
    const titles = drafted.events.map((one: { title: string }) => one.title)
    expect(titles).toEqual(['Work', 'New'])
    const rows = drafted.draft.events as { id: string; today?: { from: string } }[]
    expect(rows.map(({ today }) => today?.from)).toEqual(['2026-03-02', undefined, '2026-03-02'])
    expect(await timeline()).toEqual(before)

    const published = await world.call('lead', `POST /plan-drafts/${draft}/publish`)
    expect(published.status).toBe(200)
    const now = await timeline()
    expect(now.people[0].loadSeconds).toEqual(drafted.people[0].loadSeconds)
    expect((await world.call('lead', `GET /plan-drafts/${draft}`)).status).toBe(404)

    const versions = published.body.outcomes.map((one: { version: number }) => one.version)
    await world.call('lead', 'POST /events/undo', { body: { versions } })
    expect((await timeline()).people[0].loadSeconds).toEqual(before.people[0].loadSeconds)
    await world.call('lead', `DELETE /events/${event.id}`)
    await world.call('lead', `DELETE /events/${gone.id}`)
  })

  it('takes one step back at a time, and is discarded as a whole', async () => {
    const event = await aBooking()
    const draft = await aDraft()
    await command(draft, { kind: 'move', id: event.id, move: { days: 1 } })
    await command(draft, { kind: 'split', id: event.id, on: '2026-03-04' })
    const undo = () => world.call('lead', `POST /plan-drafts/${draft}/undo`)
    const first = await undo()
    expect(first.body.draft.changes).toBe(1)
    expect(first.body.outcomes).toMatchObject([
      { id: event.id, event: { from: '2026-03-03', to: '2026-03-04' } },
      {},
    ])
    expect(first.body.outcomes[1]).not.toHaveProperty('event')
    expect((await undo()).body.outcomes).toMatchObject([{ event: { from: '2026-03-02' } }])
    expect((await undo()).status).toBe(409)
    expect((await world.call('lead', `POST /plan-drafts/${draft}/publish`)).status).toBe(409)
    expect((await world.call('lead', `DELETE /plan-drafts/${draft}`)).status).toBe(204)
    expect((await stored(event.id)).version).toBe(event.version)
  })

  it('says what others changed meanwhile, loses nothing, and is settled event by event', async () => {
    const [mine, theirs] = [await aBooking({ title: 'Mine' }), await aBooking({ title: 'Theirs' })]
    const draft = await aDraft()
    await command(
      draft,
      { kind: 'move', id: mine.id, move: { days: 1 } },
      { kind: 'move', id: theirs.id, move: { days: 1 } },
    )
    for (const id of [mine.id, theirs.id])
      await world.call('manager', `POST /events/${id}/move`, { body: { days: 7 } })
    const publish = () => world.call('lead', `POST /plan-drafts/${draft}/publish`)
    const refused = await publish()
    expect(refused.status).toBe(412)
    expect(refused.body.events).toEqual([mine.id, theirs.id])
    const { body } = await world.call('lead', `GET /plan-drafts/${draft}`)
    expect(body.events).toMatchObject([
      { isStale: true, drafted: { from: '2026-03-03' }, today: { from: '2026-03-09' } },
      { isStale: true, drafted: { from: '2026-03-03' }, today: { from: '2026-03-09' } },
    ])
    const settle = (id: string, keep: string) =>
      world.call('lead', `PUT /plan-drafts/${draft}/events/${id}`, { body: { keep } })
    await settle(mine.id, 'mine')
    expect((await settle(theirs.id, 'theirs')).body.events).toMatchObject([
      { id: mine.id, isStale: false },
    ])
    expect((await settle(theirs.id, 'mine')).status).toBe(404)
    expect((await publish()).status).toBe(200)
    expect((await stored(mine.id)).from).toBe('2026-03-03')
    expect((await stored(theirs.id)).from).toBe('2026-03-09')
  })

  it('brings back what others removed, where its owner insists', async () => {
    const event = await aBooking()
    const draft = await aDraft()
    await command(draft, { kind: 'change', id: event.id, change: { title: 'Still wanted' } })
    await world.call('manager', `DELETE /events/${event.id}`)
    const publish = () => world.call('lead', `POST /plan-drafts/${draft}/publish`)
    expect((await publish()).status).toBe(412)
    const keep = { body: { keep: 'mine' } }
    await world.call('lead', `PUT /plan-drafts/${draft}/events/${event.id}`, keep)
    expect((await publish()).status).toBe(200)
    expect(await stored(event.id)).toMatchObject({ title: 'Still wanted' })
  })

  it('is known to its owner only, and takes no more than its owner may plan', async () => {
    const draft = await aDraft()
    for (const who of ['admin', 'worker'] as const) {
      expect((await world.call(who, `GET /plan-drafts/${draft}`)).status).toBe(404)
      expect((await world.call(who, `DELETE /plan-drafts/${draft}`)).status).toBe(404)
      const days = 'from=2026-03-02&to=2026-03-08&person=worker'
      expect((await world.call(who, `GET /timeline?${days}&draft=${draft}`)).status).toBe(404)
    }
    const other = { kind: 'create', event: booking({ person: 'outsider' }) }
    expect((await command(draft, other)).status).toBe(403)
    const vacation = { kind: 'vacation', person: 'worker', from: '2026-03-04', to: '2026-03-04' }
    const own = await aDraft('worker')
    const asked = await world.call('worker', `POST /plan-drafts/${own}/commands`, {
      body: { commands: [{ kind: 'create', event: { ...vacation, isApproved: true } }] },
    })
    expect(asked.status).toBe(403)
  })

  it('publishes nothing that could not be planned by then', async () => {
    const guest = await world.site.aPerson({ username: 'guest', key: 'guest' })
    const draft = await world.call('manager', 'POST /plan-drafts', { body: { name: 'Late' } })
    const path = `POST /plan-drafts/${draft.body.id}`
    const create = { kind: 'create', event: booking({ person: 'guest', title: 'Too late' }) }
    const body = { commands: [create, { kind: 'create', event: booking({ title: 'Fine' }) }] }
    expect((await world.call('manager', `${path}/commands`, { body })).status).toBe(200)
    await world.call('admin', `PATCH /people/${guest.id}`, { body: { isActive: false } })
    const refused = await world.call('manager', `${path}/publish`)
    expect(refused.status).toBe(400)
    expect(refused.body.detail).toContain('"Too late" from 2026-03-02')
    const shown = await world.call('manager', 'GET /events?person=worker&limit=1000')
    const titles = shown.body.events.map((one: { title: string }) => one.title)
    expect(titles).not.toContain('Fine')
  })

  it('is named, renamed by version, and bounded', async () => {
    const draft = await aDraft('mate')
    const rename = (name: string, version?: number) =>
      world.call('mate', `PATCH /plan-drafts/${draft}`, {
        body: { name },
        ...(version ? { headers: { 'if-match': `"${version}"` } } : {}),
      })
    const renamed = await rename('Spring')
    expect(renamed.body.name).toBe('Spring')
    expect((await rename('Summer', renamed.body.version - 1)).status).toBe(412)
    expect((await rename(' ')).status).toBe(400)
    for (let count = 1; count < 50; count += 1) await aDraft('mate')
    const more = await world.call('mate', 'POST /plan-drafts', { body: { name: 'More' } })
    expect(more.status).toBe(409)
    expect((await world.call('mate', 'GET /plan-drafts')).body.drafts).toHaveLength(50)
  })
})
