import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  const logged = async (more: object = {}) =>
    (await world.call('worker', 'POST /worklogs', { body: { ...goodEntry, ...more } })).body

  describe('writing one worklog', () => {
    it('writes it, says where it is and at which version', async () => {
      const body = {
        ...goodEntry,
        startTime: '08:15',
        billableSeconds: 0,
        comment: 'Ünïcode 👩‍💻\nsecond line',
        category: 'Care',
        attributes: { 'a key\nof two lines': 'value' },
      }
      await world.site.anAttribute({ key: 'a key\nof two lines' })
      const answer = await world.call('worker', 'POST /worklogs', { body })
      expect(answer.status).toBe(201)
      expect(answer.body).toMatchObject({
        issue: { key: 'OPS-1', id: world.issue.id },
        project: { key: 'OPS' },
        author: { id: world.people.worker.id, displayName: 'The worker' },
        day: '2026-03-02',
        startTime: '08:15:00',
        startedAt: '2026-03-02T08:15:00.000Z',
        timeSpentSeconds: 3600,
        billableSeconds: 0,
        comment: body.comment,
        category: 'Care',
        visibility: null,
        attributes: body.attributes,
        version: await world.version(),
      })
      expect(answer.headers.etag).toBe(`"${answer.body.version}"`)
      expect(answer.headers.location).toBe(`/api/v1/worklogs/${answer.body.id}`)
      const read = await world.call('worker', `GET ${answer.headers.location}`)
      expect(read.body).toEqual(answer.body)
      expect(read.headers.etag).toBe(answer.headers.etag)
    })

    it('takes a moment with its offset, and keeps "nobody said" apart from zero billable', async () => {
      const { day: _, ...rest } = goodEntry
      const body = { ...rest, startedAt: '2026-03-02T23:30:00-02:00' }
      const answer = await world.call('worker', 'POST /worklogs', { body })
      expect(answer.body).toMatchObject({
        startedAt: '2026-03-03T01:30:00.000Z',
        day: '2026-03-03',
        billableSeconds: null,
      })
    })

    it('lets leads log for their people by any name, and nobody else', async () => {
      for (const author of ['worker', world.people.worker.id, world.people.worker.accountId]) {
        const body = { ...goodEntry, author }
        expect((await world.call('lead', 'POST /worklogs', { body })).body.author.id).toBe(
          world.people.worker.id,
        )
        expect((await world.call('outsider', 'POST /worklogs', { body })).status).toBe(403)
      }
    })
  })

  describe('If-Match', () => {
    it('changes at the version seen and refuses another one', async () => {
      const { id, version } = await logged()
      const change = (body: object, match?: string) =>
        world.call('worker', `PATCH /worklogs/${id}`, {
          body,
          ...(match === undefined ? {} : { headers: { 'if-match': match } }),
        })
      const first = await change({ comment: 'one' }, `"${version}"`)
      expect(first.status).toBe(200)
      expect(first.headers.etag).toBe(`"${first.body.version}"`)
      const stale = await change({ comment: 'two' }, `"${version}"`)
      expect(stale.status).toBe(412)
      expect(stale.body).toMatchObject({ code: 'conflict', currentVersion: first.body.version })
      expect((await change({ comment: 'two', version })).status).toBe(412)
      expect((await change({ comment: 'two', version: first.body.version })).status).toBe(200)
      expect((await change({ comment: 'three' }, '*')).status).toBe(200)
      for (const broken of ['7', 'W/"7"', '"7", "8"', '"x"', '', '"0"'])
        expect([broken, (await change({ comment: 'four' }, broken)).status]).toEqual([broken, 400])
      const both = await change({ comment: 'four', version: 1 }, '"2"')
      expect(both.body.problems[0].field).toBe('version')
      const read = await world.call('worker', `GET /worklogs/${id}`)
      expect(read.body.comment).toBe('three')
    })

    it('removes at the version seen, by header or parameter', async () => {
      const one = await logged()
      const two = await logged()
      const stale = `DELETE /worklogs/${one.id}?version=${one.version - 1}`
      expect((await world.call('worker', stale)).status).toBe(412)
      const current = `DELETE /worklogs/${one.id}?version=${one.version}`
      const removed = await world.call('worker', current)
      expect([removed.status, removed.text]).toEqual([204, ''])
      expect((await world.call('worker', current)).status).toBe(404)
      expect((await world.call('worker', `GET /worklogs/${one.id}`)).status).toBe(404)
      const headers = { 'if-match': `"${two.version}"` }
      expect((await world.call('worker', `DELETE /worklogs/${two.id}`, { headers })).status).toBe(
        204,
      )
    })
  })

  describe('Idempotency-Key', () => {
    it('answers the same and writes nothing the second time', async () => {
      const headers = { 'idempotency-key': 'once' }
      const first = await world.call('worker', 'POST /worklogs', { body: goodEntry, headers })
      const version = await world.version()
      const { issue, ...rest } = goodEntry
      const again = await world.call('worker', 'POST /worklogs', {
        body: { ...rest, issue },
        headers,
      })
      expect([again.status, again.body]).toEqual([201, first.body])
      expect(await world.version()).toBe(version)
      const other = await world.call('worker', 'POST /worklogs', {
        body: { ...goodEntry, comment: 'other' },
        headers,
      })
      expect(other.status).toBe(409)
      expect(other.body.reason).toBe('idempotency-key-reused')
      const theirs = await world.call('mate', 'POST /worklogs', { body: goodEntry, headers })
      expect(theirs.body.id).not.toBe(first.body.id)
    })

    it('holds for changes too, and remembers nothing of a broken request', async () => {
      const { id } = await logged()
      const headers = { 'idempotency-key': 'change once' }
      const change = (body: unknown) =>
        world.call('worker', `PATCH /worklogs/${id}`, { body, headers })
      expect((await change({ comment: 7 })).status).toBe(400)
      const first = await change({ comment: 'changed' })
      expect(first.status).toBe(200)
      expect((await change({ comment: 'changed' })).body).toEqual(first.body)
    })

    it('refuses keys that cannot travel', async () => {
      const version = await world.version()
      for (const key of ['', 'é', 'x'.repeat(256)]) {
        const headers = { 'idempotency-key': key }
        const answer = await world.call('worker', 'POST /worklogs', { body: goodEntry, headers })
        expect(answer.body?.problems?.[0]?.field).toBe('Idempotency-Key')
      }
      expect(await world.version()).toBe(version)
    })
  })

  describe('listing', () => {
    it('counts on the first page what matches and what is kept from the reader', async () => {
      const { store } = world
      const here = await aWorld(store)
      const { worker, mate, outsider } = here.people
      await here.site.worklogs(
        [worker, worker, mate, outsider].map((author, at) => ({
          author,
          issue: here.issue,
          day: `2026-03-0${at + 1}`,
        })),
      )
      const first = await here.call('mate', 'GET /worklogs?limit=2')
      expect(first.body.completeness).toMatchObject({
        total: 3,
        seconds: 10_800,
        hidden: 1,
        hiddenPeople: 1,
      })
      expect(first.body.completeness.connections).toEqual([
        {
          name: 'cloud',
          syncedAt: null,
          ageSeconds: null,
          worklogsAnnounced: null,
          worklogsHeld: null,
        },
      ])
      const second = await here.call('mate', `GET /worklogs?limit=2&cursor=${first.body.next}`)
      expect(second.body.worklogs).toHaveLength(1)
      expect(second.body.next).toBeNull()
      expect(Object.keys(second.body.completeness)).toEqual(['connections'])
      const all = await here.call('manager', 'GET /worklogs')
      expect(all.body.completeness).toMatchObject({ total: 4, hidden: 0 })
    })

    it('tells how old the copy of each source is', async () => {
      const here = await aWorld(world.store)
      const [, cloud] = await here.store.connections.list(here.site.siteId)
      await here.store.connections.takeCensus(
        here.site.siteId,
        cloud!.id,
        here.clock.now() - 90_000,
      )
      const { body } = await here.call('admin', 'GET /worklogs')
      expect(body.completeness.connections[0]).toMatchObject({ ageSeconds: 90, worklogsHeld: 0 })
    })

    it('filters by days and by any name of people, groups, projects and issues', async () => {
      const here = await aWorld(world.store)
      const { worker, mate } = here.people
      const other = await here.site.anIssue({ project: here.jiraProject, key: 'JIRA-9' })
      await here.site.worklogs([
        { author: worker, issue: here.issue, day: '2026-01-01' },
        { author: mate, issue: other, day: '2026-01-02' },
      ])
      const [group] = await here.store.groups.create(here.site.siteId, ['crew & co'])
      await here.store.groups.addMembers(here.site.siteId, [
        { groupId: group!.id, personId: mate.id },
      ])
      const count = async (query: string) => {
        const { status, body } = await here.call('admin', `GET /worklogs?${query}`)
        return status === 200 ? body.worklogs.length : body.problems[0].field
      }
      for (const name of [worker.id, worker.accountId, 'worker', worker.email!.toUpperCase()])
        expect([name, await count(`author=${encodeURIComponent(name)}`)]).toEqual([name, 1])
      expect(await count('author=worker&author=mate')).toBe(2)
      expect(await count(`group=${encodeURIComponent('crew & co')}`)).toBe(1)
      expect(await count(`group=${group!.id}`)).toBe(1)
      expect(await count('project=OPS')).toBe(1)
      expect(await count('project=From%20Jira&project=OPS')).toBe(2)
      expect(await count(`issue=JIRA-9&author=mate`)).toBe(1)
      expect(await count('issue=JIRA-9&author=worker')).toBe(0)
      expect(await count('from=2026-01-02')).toBe(1)
      expect(await count('to=2026-01-01')).toBe(1)
      expect(await count('from=2026-01-03&to=2026-01-02')).toBe('to')
      for (const field of ['author', 'group', 'project', 'issue'])
        expect(await count(`${field}=nothing%20such`)).toBe(field)
    })
  })
})
