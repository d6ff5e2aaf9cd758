import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type Name, type World } from './world.contract.ts'

type Change = { kind: string; id: string; version: number; worklog?: { id: string } }

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
    const [group] = await world.store.groups.create(world.site.siteId, ['insiders'])
    await world.store.groups.addMembers(world.site.siteId, [
      { groupId: group!.id, personId: world.people.manager.id },
    ])
  })

  const changes = async (who: Name, query: string) => {
    const answer = await world.call(who, `GET /changes?${query}`)
    expect(answer.status).toBe(200)
    return answer.body as { changes: Change[]; next: number; isCaughtUp: boolean }
  }
  const hide = { visibility: { type: 'group', value: 'insiders' } }

  describe('GET /changes', () => {
    it('tells of a row from its writing to its removal', async () => {
      const since = await world.version()
      const { body } = await world.call('worker', 'POST /worklogs', { body: goodEntry })
      const created = await changes('mate', `since=${since}`)
      expect(created.changes).toMatchObject([{ kind: 'created', id: body.id, worklog: body }])
      expect(created).toMatchObject({ isCaughtUp: true, next: await world.version() })
      await world.call('worker', `PATCH /worklogs/${body.id}`, { body: { comment: 'x' } })
      const updated = await changes('mate', `since=${created.next}`)
      expect(updated.changes).toMatchObject([{ kind: 'updated', worklog: { comment: 'x' } }])
      await world.call('worker', `DELETE /worklogs/${body.id}`)
      const deleted = await changes('mate', `since=${updated.next}`)
      expect(deleted.changes).toMatchObject([
        { kind: 'deleted', id: body.id, worklog: { comment: 'x' }, deletedAt: /Z$/ },
      ])
      expect((await changes('mate', `since=${deleted.next}`)).changes).toEqual([])
    })

    it('tells that a row was hidden, without what is in it now, and that it came back', async () => {
      const { body } = await world.call('worker', 'POST /worklogs', { body: goodEntry })
      const since = await world.version()
      await world.call('admin', `PATCH /worklogs/${body.id}`, { body: hide })
      const hidden = await changes('mate', `since=${since}`)
      expect(hidden.changes).toEqual([{ kind: 'hidden', id: body.id, version: since + 1 }])
      expect((await changes('outsider', `since=${since}`)).changes).toEqual([])
      expect((await changes('manager', `since=${since}`)).changes).toMatchObject([
        { kind: 'updated', worklog: { visibility: hide.visibility } },
      ])
      await world.call('admin', `PATCH /worklogs/${body.id}`, { body: { visibility: null } })
      expect((await changes('mate', `since=${hidden.next}`)).changes).toMatchObject([
        { kind: 'updated', worklog: { id: body.id } },
      ])
    })

    it('refuses versions it cannot know', async () => {
      const { status, body } = await world.call('mate', 'GET /changes?since=999999')
      expect([status, body.problems[0].field]).toEqual([400, 'since'])
      for (const query of [
        'since=-1',
        'since=1.5',
        'since=x',
        'limit=0',
        'wait=61',
        'wait=-1',
        'x=1',
      ])
        expect((await world.call('mate', `GET /changes?${query}`)).status).toBe(400)
    })

    it('leads every reader to the state of the table, whatever the pages', async () => {
      const readers = ['admin', 'manager', 'lead', 'mate', 'outsider'] as const
      const known = new Map(
        readers.map((name) => [name, { since: 0, rows: new Map<string, unknown>() }]),
      )
      const read = async (name: (typeof readers)[number], limit: number) => {
        const reader = known.get(name)!
        const page = await changes(name, `since=${reader.since}&limit=${limit}`)
        expect(page.next).toBeGreaterThanOrEqual(reader.since)
        for (const { kind, id, worklog } of page.changes) {
          if (kind === 'created' || kind === 'updated') reader.rows.set(id, worklog)
          else reader.rows.delete(id)
        }
        reader.since = page.next
        return page.isCaughtUp
      }
      const write = fc.record({
        act: fc.constantFrom('log', 'log', 'change', 'hide', 'show', 'remove', 'person'),
        author: fc.constantFrom('worker', 'mate', 'outsider', 'lead'),
        at: fc.nat(),
        reader: fc.constantFrom(...readers),
        limit: fc.integer({ min: 1, max: 5 }),
      })
      let made = 0
      await fc.assert(
        fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 12 }), async (writes) => {
          for (const { act, author, at, reader, limit } of writes) {
            const { body } = await world.call('admin', 'GET /worklogs?limit=1000')
            const row = body.worklogs[at % Math.max(1, body.worklogs.length)]
            made += 1
            if (act === 'log')
              await world.call('admin', 'POST /worklogs', { body: { ...goodEntry, author } })
            else if (act === 'person')
              await world.call('admin', 'POST /people', { body: { displayName: `P ${made}` } })
            else if (row && act === 'remove')
              await world.call('admin', `DELETE /worklogs/${row.id}`)
            else if (row) {
              const change = { change: { comment: `c ${made}` }, hide, show: { visibility: null } }
              await world.call('admin', `PATCH /worklogs/${row.id}`, {
                body: change[act as keyof typeof change],
              })
            }
            await read(reader, limit)
          }
          for (const name of readers) {
            for (let isCaughtUp = false; !isCaughtUp; ) isCaughtUp = await read(name, 7)
            const { body } = await world.call(name, 'GET /worklogs?limit=1000&order=id')
            const rows = [...known.get(name)!.rows.values()] as { id: string }[]
            expect(rows.sort((a, b) => Number(a.id) - Number(b.id))).toEqual(body.worklogs)
          }
        }),
        { numRuns: 15, seed: 4711 },
      )
    })
  })

  describe('waiting', () => {
    const listen = async (here: World) => {
      await here.server.listen({ port: 0, host: '127.0.0.1' })
      const { port } = here.server.server.address() as AddressInfo
      const secret = await here.tokenFor(here.people.mate)
      return (query: string, signal?: AbortSignal) =>
        fetch(`http://127.0.0.1:${port}/api/v1/changes?${query}`, {
          headers: { authorization: `Bearer ${secret}` },
          ...(signal ? { signal } : {}),
        })
    }

    it('ends when something is written that the reader may see, and not before', async () => {
      const here = await aWorld(database().store)
      const ask = await listen(here)
      const since = await here.version()
      const begun = performance.now()
      const waiting = ask(`since=${since}&wait=30`).then(async (answer) => ({
        body: (await answer.json()) as { changes: unknown[]; next: number },
        tookMs: performance.now() - begun,
      }))
      setTimeout(() => void here.call('outsider', 'POST /worklogs', { body: goodEntry }), 100)
      setTimeout(() => void here.call('worker', 'POST /worklogs', { body: goodEntry }), 300)
      const { body, tookMs } = await waiting
      expect(body.changes).toMatchObject([
        { kind: 'created', worklog: { author: { displayName: 'The worker' } } },
      ])
      expect(tookMs).toBeGreaterThan(280)
      expect(tookMs).toBeLessThan(5_000)
      await here.server.close()
    })

    it('ends with an empty page when the time is over', async () => {
      const here = await aWorld(database().store)
      const ask = await listen(here)
      const since = await here.version()
      const body = await (await ask(`since=${since}&wait=1`)).json()
      expect(body).toEqual({ changes: [], next: since, isCaughtUp: true })
      await here.server.close()
    })

    it('ends when the server closes, and when the reader leaves', async () => {
      const here = await aWorld(database().store)
      const ask = await listen(here)
      const since = await here.version()
      const leaver = new AbortController()
      const left = ask(`since=${since}&wait=60`, leaver.signal).catch(() => 'left')
      const waiting = ask(`since=${since}&wait=60`)
      setTimeout(() => leaver.abort(), 100)
      expect(await left).toBe('left')
      const begun = performance.now()
      setTimeout(() => void here.server.close(), 100)
      expect(((await (await waiting).json()) as { changes: unknown[] }).changes).toEqual([])
      expect(performance.now() - begun).toBeLessThan(5_000)
    })

    it('notices what another process wrote', async () => {
      // The bell hears of no write in this process: as if all came from elsewhere.
      const deaf = { ...database().store, onWrite: () => () => {} }
      const there = await aWorld(deaf)
      const since = await there.version()
      const secret = await there.tokenFor(there.people.mate)
      const waiting = there.server.inject({
        url: `/api/v1/changes?since=${since}&wait=10`,
        headers: { authorization: `Bearer ${secret}` },
      })
      setTimeout(() => void there.call('worker', 'POST /worklogs', { body: goodEntry }), 100)
      expect((await waiting).json().changes).toHaveLength(1)
      await there.server.close()
    })
  })
})
