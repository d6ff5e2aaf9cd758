import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { type Answer, aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })
  const call = (who: Name, route: string, body?: unknown, headers = {}): Promise<Answer> =>
    world.call(who, route, { headers, ...(body === undefined ? {} : { body }) })
  const booking = { kind: 'booking', person: 'worker', from: '2026-03-02', to: '2026-03-06' }
  const create = async (who: Name, wish: object = {}) => {
    const answer = await call(who, 'POST /events', { ...booking, ...wish })
    expect([answer.status, answer.text]).toEqual([201, answer.text])
    return answer.body
  }

  describe('events', () => {
    it('are created, read, changed and removed', async () => {
      const event = await create('lead', { project: 'OPS', secondsPerDay: 7_200, title: 'Move' })
      expect(BigInt(event.id) > 2n ** 53n).toBe(true)
      expect(event).toMatchObject({
        kind: 'booking',
        type: { name: 'Booking' },
        person: { displayName: 'The worker' },
        project: { key: 'OPS' },
        isApproved: false,
        mayChange: true,
        mayApprove: true,
      })
      const read = await call('worker', `GET /events/${event.id}`)
      expect(read.headers.etag).toBe(`"${event.version}"`)
      expect(read.body).toMatchObject({ id: event.id, mayApprove: false })
      const changed = await call('lead', `PATCH /events/${event.id}`, { to: '2026-03-09' })
      expect(changed.body).toMatchObject({ to: '2026-03-09', title: 'Move', secondsPerDay: 7_200 })
      const match = { 'if-match': `"${event.version}"` }
      const stale = await call('lead', `PATCH /events/${event.id}`, { to: '2026-03-10' }, match)
      expect(stale.status).toBe(412)
      expect((await call('lead', `DELETE /events/${event.id}`)).status).toBe(204)
      expect((await call('lead', `GET /events/${event.id}`)).status).toBe(404)
    })

    it.each<[string, Name, object, number]>([
      ['of nobody', 'lead', { person: undefined }, 400],
      ['of a person and a team', 'lead', { team: 'Team' }, 400],
      ['of an unknown person', 'lead', { person: 'nobody' }, 400],
      ['that end before they begin', 'lead', { to: '2026-03-01' }, 400],
      ['on no calendar', 'lead', { to: '2026-02-30' }, 400],
      ['of eleven years', 'lead', { to: '2037-03-02' }, 400],
      ['with a wrong link', 'lead', { link: 'javascript:alert(1)' }, 400],
      ['with hours where there are none', 'lead', { kind: 'note', secondsPerDay: 1 }, 400],
      ['with an estimate where there is none', 'lead', { estimateSeconds: 1 }, 400],
      ['of an unknown type', 'lead', { kind: undefined, type: 'no such' }, 400],
      ['without an issue', 'lead', { kind: 'issue' }, 400],
      [
        'absent on the panel of a team',
        'admin',
        { kind: 'vacation', person: undefined, team: 'Team' },
        400,
      ],
      ['of others', 'mate', {}, 403],
      ['of people not led', 'lead', { person: 'outsider' }, 403],
      ['approved by oneself', 'worker', { kind: 'vacation', isApproved: true }, 403],
      ['approved though nobody approves them', 'lead', { kind: 'note', isApproved: true }, 400],
    ])('%s are refused', async (_, who, wish, status) => {
      const before = await world.version()
      const answer = await call(who, 'POST /events', { ...booking, ...wish })
      expect([answer.status, answer.body.code]).toEqual([status, expect.any(String)])
      expect(await world.version()).toBe(before)
    })

    it('are hidden from whoever may not see the person', async () => {
      const event = await create('worker')
      expect((await call('outsider', `GET /events/${event.id}`)).status).toBe(404)
      expect((await call('outsider', `DELETE /events/${event.id}`)).status).toBe(404)
      const list = await call('outsider', 'GET /events?from=2026-03-01&to=2026-03-31')
      expect(list.body).toEqual({ events: [], next: null })
      expect((await call('mate', `GET /events/${event.id}`)).status).toBe(200)
    })

    it('move, split and come back by their versions', async () => {
      const event = await create('worker', {
        kind: 'placeholder',
        estimateSeconds: 36_000,
        title: 'Maybe',
      })
      const moved = await call('worker', `POST /events/${event.id}/move`, { days: 7 })
      expect(moved.body.outcomes).toMatchObject([
        { event: { from: '2026-03-09', to: '2026-03-13' } },
      ])
      const split = await call('worker', `POST /events/${event.id}/split`, { on: '2026-03-11' })
      expect(split.body.outcomes).toMatchObject([
        { event: { from: '2026-03-09', to: '2026-03-10', remainingSeconds: 14_400 } },
        { event: { from: '2026-03-11', to: '2026-03-13', remainingSeconds: 21_600 } },
      ])
      const versions = split.body.outcomes.map(({ version }: { version: number }) => version)
      const stale = await call('worker', 'POST /events/undo', {
        versions: [moved.body.outcomes[0].version],
      })
      expect(stale.status).toBe(412)
      const undone = await call('worker', 'POST /events/undo', { versions })
      expect(undone.body.outcomes).toMatchObject([
        { id: split.body.outcomes[1].id },
        { event: { id: event.id, from: '2026-03-09', to: '2026-03-13', remainingSeconds: 36_000 } },
      ])
      expect(undone.body.outcomes[0].event).toBeUndefined()
      const redone = await call('worker', 'POST /events/undo', {
        versions: undone.body.outcomes.map(({ version }: { version: number }) => version),
      })
      expect(
        redone.body.outcomes.map(({ event: one }: { event?: object }) => one !== undefined),
      ).toEqual([true, true])
    })

    it('change many at once, or none', async () => {
      const [one, two] = [await create('worker'), await create('worker')]
      const before = await world.version()
      const refused = await call('worker', 'POST /events/bulk', {
        commands: [
          { kind: 'move', id: one.id, move: { days: 1 } },
          { kind: 'move', id: two.id, move: { person: 'outsider' } },
        ],
      })
      expect([refused.status, refused.body.detail]).toEqual([
        403,
        expect.stringMatching(/commands\[1\]/),
      ])
      expect(await world.version()).toBe(before)
      const done = await call('worker', 'POST /events/bulk', {
        commands: [
          { kind: 'create', event: { ...booking, title: 'new' } },
          { kind: 'change', id: one.id, change: { color: 'Teal' } },
          { kind: 'move', id: one.id, move: { days: 1 } },
          { kind: 'remove', id: two.id },
        ],
      })
      expect(done.body.outcomes).toMatchObject([
        { event: { title: 'new' } },
        { event: { color: 'Teal', from: '2026-03-03' } },
        { event: { color: 'Teal', from: '2026-03-03' } },
        { id: two.id },
      ])
      const versions = done.body.outcomes.map(({ version }: { version: number }) => version)
      const undone = await call('worker', 'POST /events/undo', { versions })
      expect(undone.status).toBe(200)
      const again = await call('worker', `GET /events/${one.id}`)
      expect(again.body).toMatchObject({ color: null, from: '2026-03-02' })
      expect((await call('worker', `GET /events/${two.id}`)).status).toBe(200)
      const missing = await call('worker', 'POST /events/bulk', {
        commands: [{ kind: 'move', id: one.id }],
      })
      expect(missing.body.problems).toMatchObject([{ field: 'commands.0.move' }])
    })

    it('are changed once by a key, however often it is sent', async () => {
      const event = await create('worker')
      const headers = { 'idempotency-key': 'a lost answer' }
      const commands = [
        { kind: 'create', event: { ...booking, title: 'once' } },
        { kind: 'move', id: event.id, version: event.version, move: { days: 1 } },
        { kind: 'split', id: event.id, on: '2026-03-04' },
      ]
      const send = (who: Name, body: object) =>
        world.call(who, 'POST /events/bulk', { body, headers })
      const first = await send('worker', { commands })
      expect(first.status).toBe(200)
      const version = await world.version()
      const again = await send('worker', { commands })
      expect([again.status, again.body]).toEqual([200, first.body])
      const other = await send('worker', { commands: commands.slice(0, 1) })
      expect([other.status, other.body.reason]).toEqual([409, 'idempotency-key-reused'])
      expect(await world.version()).toBe(version)
      // The keys of others are their own.
      expect((await send('lead', { commands: commands.slice(0, 1) })).status).toBe(200)
      const bad = await world.call('worker', 'POST /events/bulk', {
        body: { commands },
        headers: { 'idempotency-key': 'ü' },
      })
      expect(bad.body.problems).toMatchObject([{ field: 'Idempotency-Key' }])
      // Nothing came of a refused request: its key is free.
      const refused = { kind: 'move', id: event.id, version: 1, move: { days: 1 } }
      const retried = { 'idempotency-key': 'refused first' }
      const late = await world.call('worker', 'POST /events/bulk', {
        body: { commands: [refused] },
        headers: retried,
      })
      expect(late.status).toBe(412)
      const mended = { commands: [{ ...refused, version: undefined }] }
      expect(
        (await world.call('worker', 'POST /events/bulk', { body: mended, headers: retried }))
          .status,
      ).toBe(200)
    })

    it('lose their approval when somebody moves them who may not approve', async () => {
      const event = await create('worker', { kind: 'vacation' })
      const approve = await call('worker', `POST /events/${event.id}/approve`)
      expect(approve.status).toBe(403)
      const approved = await call('lead', `POST /events/${event.id}/approve`)
      expect(approved.body).toMatchObject({
        isApproved: true,
        approvedBy: { displayName: 'The lead' },
      })
      const recolored = await call('worker', `PATCH /events/${event.id}`, { color: 'Red' })
      expect(recolored.body.isApproved).toBe(true)
      const moved = await call('worker', `PATCH /events/${event.id}`, { to: '2026-03-05' })
      expect(moved.body).toMatchObject({ isApproved: false, approvedBy: null })
    })

    it('wait on the panel of a team for a person', async () => {
      const event = await create('manager', { person: undefined, team: 'Team' })
      expect(event).toMatchObject({ person: null, team: { name: 'Team' } })
      const list = await call('manager', 'GET /events?team=Team&kind=booking&limit=1000')
      expect(list.body.events.map(({ id }: { id: string }) => id)).toContain(event.id)
      const given = await call('manager', `PATCH /events/${event.id}`, { person: 'mate' })
      expect(given.body).toMatchObject({ team: null, person: { displayName: 'The mate' } })
    })

    it('come in pages', async () => {
      const first = await call('admin', 'GET /events?limit=2')
      expect(first.body.events).toHaveLength(2)
      const second = await call('admin', `GET /events?limit=2&cursor=${first.body.next}`)
      const ids = [...first.body.events, ...second.body.events].map(({ id }) => id)
      expect(new Set(ids).size).toBe(4)
    })
  })

  it('scheduled issues spread what their issue still needs', async () => {
    const issue = await world.site.anIssue({
      project: world.project,
      key: 'OPS-77',
      remainingEstimateSeconds: 72_000,
    })
    const event = await create('manager', {
      kind: 'issue',
      person: 'outsider',
      issue: issue.key,
      from: '2026-06-01',
      to: '2026-06-05',
    })
    expect(event).toMatchObject({
      type: null,
      issue: { key: 'OPS-77' },
      effectiveRemainingSeconds: 72_000,
    })
    const timeline = await call(
      'outsider',
      'GET /timeline?from=2026-06-05&to=2026-06-08&person=outsider',
    )
    expect(timeline.body).toMatchObject({
      rules: { spread: 'balance', scope: 'all' },
      hiddenPeople: 0,
      events: [{ id: event.id }],
      people: [
        {
          displayName: 'The outsider',
          days: 'woow',
          involvementSeconds: 28_800,
          capacitySeconds: [28_800, 0, 0, 28_800],
          loadSeconds: [14_400, 0, 0, 0],
          availableSeconds: [14_400, 0, 0, 28_800],
          totalLoadSeconds: 14_400,
        },
      ],
    })
    const off = await call('manager', 'PUT /projects/OPS/active', { isActive: false })
    expect(off.body.isActive).toBe(false)
    const after = await call(
      'outsider',
      'GET /timeline?from=2026-06-05&to=2026-06-08&person=outsider',
    )
    expect([after.body.events, after.body.people[0].totalLoadSeconds]).toEqual([[], 0])
    const refused = await call('manager', 'POST /events', {
      ...booking,
      kind: 'issue',
      issue: issue.key,
    })
    expect(refused.body.problems).toMatchObject([{ field: 'project' }])
    await call('manager', 'PUT /projects/OPS/active', { isActive: true })
  })

  it('timelines tell how many people of a team they hide', async () => {
    const seen = await call('lead', 'GET /timeline?from=2026-07-01&to=2026-07-02&team=Team')
    expect(seen.body.people.map(({ displayName }: { displayName: string }) => displayName)).toEqual(
      ['The mate', 'The worker'],
    )
    const hidden = await call('outsider', 'GET /timeline?from=2026-07-01&to=2026-07-02&team=Team')
    expect(hidden.body).toMatchObject({ people: [], events: [], hiddenPeople: 2 })
    for (const query of [
      'from=2026-07-01&to=2026-07-02',
      'from=2020-01-01&to=2025-01-01&team=Team',
    ])
      expect((await call('lead', `GET /timeline?${query}`)).status).toBe(400)
  })

  it('finds who has time, the soonest first', async () => {
    await create('lead', {
      person: 'mate',
      from: '2026-08-03',
      to: '2026-08-04',
      secondsPerDay: 28_800,
    })
    const free = await call(
      'lead',
      'GET /availability?from=2026-08-03&to=2026-08-07&hours=20&team=Team',
    )
    expect(free.body).toMatchObject({
      considered: 2,
      people: [
        { displayName: 'The worker', isEnough: true, doneOn: '2026-08-05', freeSeconds: 144_000 },
        { displayName: 'The mate', isEnough: true, doneOn: '2026-08-07', freeSeconds: 86_400 },
      ],
    })
  })

  it('looks for skills, levels and positions', async () => {
    const { siteId } = world.site
    const { worker, mate } = world.people
    await world.store.write(siteId, async (tx) => {
      const skill = { name: 'Java', version: 0 }
      const level = { name: 'Advanced', color: '112233', isDefault: null, version: 0 }
      const skillId = await tx.skills.insert(siteId, skill)
      const levelId = await tx.skillLevels.insert(siteId, level)
      const position = { name: 'Tester', description: null, version: 0 }
      const positionId = await tx.positions.insert(siteId, position)
      await tx.skills.give(siteId, [
        { personId: worker.id, skillId, levelId },
        { personId: mate.id, skillId, levelId: null },
      ])
      await tx.positions.setFor(siteId, mate.id, positionId)
    })
    const names = async (query: string) => {
      const route = `GET /availability?from=2026-11-02&to=2026-11-06&hours=8&${query}`
      const { body } = await call('manager', route)
      return body.people?.map(({ displayName }: { displayName: string }) => displayName).sort()
    }
    expect(await names('skill=java')).toEqual(['The mate', 'The worker'])
    expect(await names('skill=Java&level=advanced')).toEqual(['The worker'])
    expect(await names('skill=Java&position=Tester&team=Team')).toEqual(['The mate'])
    expect(await names('skill=Cobol')).toBeUndefined()
  })

  it('refuses to approve more vacation than somebody has', async () => {
    const settings = await call('admin', 'PATCH /planning/settings', { vacationDays: 5 })
    expect(settings.body.vacationDays).toBe(5)
    const week = await create('mate', {
      kind: 'vacation',
      person: 'mate',
      from: '2026-09-04',
      to: '2026-09-10',
    })
    const balance = () => call('mate', 'GET /vacations?year=2026')
    expect((await balance()).body.balances).toMatchObject([
      { allowanceDays: 5, approvedDays: 0, requestedDays: 5, remainingDays: 5 },
    ])
    expect((await call('lead', `POST /events/${week.id}/approve`)).status).toBe(200)
    const more = await create('mate', {
      kind: 'vacation',
      person: 'mate',
      from: '2026-10-01',
      to: '2026-10-01',
    })
    const refused = await call('lead', `POST /events/${more.id}/approve`)
    expect([refused.status, refused.body.problems[0].field]).toEqual([400, 'isApproved'])
    const route = `PUT /people/${world.people.mate.id}/vacations/2026`
    expect((await call('mate', route, { days: 6 })).status).toBe(403)
    expect((await call('admin', route, { days: 6 })).body).toMatchObject({ allowanceDays: 6 })
    expect((await call('lead', `POST /events/${more.id}/approve`)).status).toBe(200)
    expect((await balance()).body.balances).toMatchObject([
      { allowanceDays: 6, approvedDays: 6, requestedDays: 0, remainingDays: 0 },
    ])
  })

  it('types of events are derived, renamed and removed by administrators', async () => {
    const wish = { kind: 'booking', name: 'Workshop <b>', isMilestone: true }
    expect((await call('manager', 'POST /event-types', wish)).status).toBe(403)
    const { body: type } = await call('admin', 'POST /event-types', wish)
    const event = await create('lead', { kind: undefined, type: 'workshop <B>' })
    expect(event.type).toEqual({ id: type.id, name: 'Workshop <b>' })
    expect(
      (await call('admin', 'POST /event-types', { ...wish, name: 'WORKSHOP <b>' })).status,
    ).toBe(409)
    expect((await call('admin', `DELETE /event-types/${type.id}`)).status).toBe(409)
    expect((await call('admin', 'DELETE /event-types/1001')).status).toBe(409)
    await call('lead', `DELETE /events/${event.id}`)
    expect((await call('admin', `DELETE /event-types/${type.id}`)).status).toBe(204)
    const { body } = await call('worker', 'GET /event-types')
    expect(body.eventTypes).toHaveLength(8)
  })

  it('tells issues on the timeline from those still to be scheduled, by text and by JQL', async () => {
    const { key } = await world.site.anIssue({ project: world.project, summary: 'Paint the shed' })
    const find = async (query: string) => {
      const { body } = await call('worker', `GET /issues?${query}`)
      return body.issues.map((issue: { key: string }) => issue.key)
    }
    expect(await find('text=paint&isScheduled=false')).toEqual([key])
    expect(await find('text=paint&isScheduled=true')).toEqual([])
    const scheduled = await create('lead', { kind: 'issue', issue: key })
    expect(await find('text=paint&isScheduled=false')).toEqual([])
    const jql = encodeURIComponent(`key = ${key}`)
    expect(await find(`jql=${jql}&isScheduled=true`)).toEqual([key])
    expect(await find(`jql=${jql}&isScheduled=false`)).toEqual([])
    await call('lead', `DELETE /events/${scheduled.id}`)
    expect(await find(`jql=${jql}&isScheduled=false`)).toEqual([key])
  })

  it('keeps settings and categories for administrators', async () => {
    expect((await call('manager', 'PATCH /planning/settings', { spread: 'liquid' })).status).toBe(
      403,
    )
    expect((await call('admin', 'PATCH /planning/settings', { spread: 'thick' })).status).toBe(400)
    expect((await call('worker', 'GET /worklog-categories')).body.categories).toMatchObject([
      { id: 0, name: 'Billable', isBillable: true },
      { id: 1, name: 'Non-Billable', isBillable: false },
    ])
    const body = { name: 'Training', isBillable: false }
    expect((await call('worker', 'PUT /worklog-categories/2', body)).status).toBe(403)
    expect((await call('admin', 'PUT /worklog-categories/2', body)).body).toMatchObject({ id: 2 })
    expect((await call('admin', 'PUT /worklog-categories/0', body)).status).toBe(400)
    expect((await call('admin', 'PUT /worklog-categories/200', body)).status).toBe(400)
  })
})
