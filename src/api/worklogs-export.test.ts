import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { DomainError } from '../domain/errors.ts'
import type { Export } from './needs.ts'
import { aWorld, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
    const { worker, outsider } = world.people
    await world.site.worklogs([
      { author: worker, issue: world.issue, comment: '=1+1', day: '2026-03-02' },
      { author: outsider, issue: world.issue, comment: 'hidden from worker', day: '2026-03-03' },
    ])
  })

  describe('GET /worklogs/export', () => {
    it('sends what matches and may be seen, guarded against formulas', async () => {
      const route = 'GET /worklogs/export?format=csv&fields=day,comment&from=2026-03-01'
      const answer = await world.call('worker', route)
      expect(answer.text).toBe("Day,Comment\r\n2026-03-02,'=1+1\r\n")
      expect(answer.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="worklogs_2026-03-01.csv"',
      })
      const raw = await world.call('manager', `${route}&guard=false`)
      expect(raw.text).toContain('2026-03-02,=1+1\r\n2026-03-03,hidden from worker\r\n')
    })

    it.each(['csv', 'json', 'ndjson', 'xlsx', 'xml'])(
      'offers %s, with and without rows',
      async (format) => {
        for (const filter of ['', '&from=2199-01-01']) {
          const answer = await world.call('admin', `GET /worklogs/export?format=${format}${filter}`)
          expect(answer.status).toBe(200)
          expect(answer.headers['content-disposition']).toContain(`.${format}"`)
        }
      },
    )

    it('refuses what it does not know before anything is sent', async () => {
      for (const [query, field] of [
        ['', 'format'],
        ['format=text', 'format'],
        ['format=csv&fields=day,secret', 'fields'],
        ['format=csv&fields=', 'fields'],
        ['format=csv&guard=no', 'guard'],
        ['format=csv&limit=5', 'limit'],
        ['format=csv&author=none', 'author'],
      ]) {
        const answer = await world.call('admin', `GET /worklogs/export?${query}`)
        expect([query, answer.body.status, answer.body.problems[0].field]).toEqual([
          query,
          400,
          field,
        ])
      }
    })

    it('answers HEAD without reading the rows', async () => {
      const source = aSource()
      const here = await aWorld(database().store, { exportWorklogs: source.open })
      const answer = await here.call('admin', 'HEAD /worklogs/export?format=csv')
      expect([answer.status, answer.text]).toEqual([200, ''])
      expect(source.state()).toMatchObject({ made: 1, isClosed: true })
    })
  })

  describe('a stream', () => {
    it('that fails at once is a problem document', async () => {
      const failing = async function* (): AsyncGenerator<Buffer> {
        yield* []
        throw new DomainError('unavailable', 'The database went away')
      }
      const here = await aWorld(database().store, {
        exportWorklogs: () => ({ ...csv, chunks: failing() }),
      })
      const answer = await here.call('admin', 'GET /worklogs/export?format=csv')
      expect(answer.body).toMatchObject({ status: 503, detail: 'The database went away' })
    })

    it('that fails on its way is cut off, never ended as if it were whole', async () => {
      const breaking = async function* (): AsyncGenerator<Buffer> {
        yield Buffer.from('Day\r\n')
        throw new Error('The database went away')
      }
      const here = await aWorld(database().store, {
        exportWorklogs: () => ({ ...csv, chunks: breaking() }),
      })
      const url = await here.server.listen({ port: 0, host: '127.0.0.1' })
      const secret = await here.tokenFor(here.people.admin)
      const answer = await fetch(`${url}/api/v1/worklogs/export?format=csv`, {
        headers: { authorization: `Bearer ${secret}` },
      })
      await expect(answer.text()).rejects.toThrow()
      await here.server.close()
    })

    it('waits for a slow reader, and ends its source when the reader leaves', async () => {
      const source = aSource()
      const here = await aWorld(database().store, { exportWorklogs: source.open })
      await here.server.listen({ port: 0, host: '127.0.0.1' })
      const { port } = here.server.server.address() as AddressInfo
      const secret = await here.tokenFor(here.people.admin)
      await new Promise<void>((resolve, reject) => {
        const request = get(
          {
            port,
            path: '/api/v1/worklogs/export?format=csv',
            headers: { authorization: `Bearer ${secret}` },
          },
          (answer) => {
            // Read a little, then not at all: what is made must stay bounded.
            answer.once('data', () => {
              answer.pause()
              setTimeout(() => {
                answer.destroy()
                resolve()
              }, 300)
            })
          },
        )
        request.on('error', reject)
      })
      const { made } = source.state()
      expect(made).toBeLessThan(400)
      await expect.poll(() => source.state().isClosed, { timeout: 5_000 }).toBe(true)
      expect(source.state().made).toBeLessThanOrEqual(made + 2)
      await here.server.close()
    })
  })
})

const csv = { contentType: 'text/csv; charset=utf-8', extension: 'csv' }

/** A file without end, that counts its chunks and notices when it is closed. */
function aSource(): { open: () => Export; state: () => { made: number; isClosed: boolean } } {
  let made = 0
  let isClosed = false
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        made += 1
        yield Buffer.alloc(64 * 1024, 'x')
      }
    } finally {
      isClosed = true
    }
  }
  return { open: () => ({ ...csv, chunks: chunks() }), state: () => ({ made, isClosed }) }
}
