import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

let world: TempoWorld
let behind: TempoWorld
beforeAll(async () => {
  world = await aTempoWorld()
  behind = await aTempoWorld({ HOURBOOK_PUBLIC_URL: 'https://hours.example.org/book/' })
  await world.worklogs([{}, {}, {}])
  await behind.worklogs([{}, {}])
})
afterAll(async () => {
  await world?.close()
  await behind?.close()
})

/** What comes back for a request line that no client library of ours would send. */
function raw(url: string, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    let answer = ''
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${secret}\r\nConnection: close\r\n\r\n`,
      ),
    )
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('close', () => resolve(answer.split('\r\n\r\n')[1] ?? ''))
    socket.on('error', reject)
  })
}

describe('links', () => {
  it.each([
    [{}, 'http://tempo.example'],
    [{ 'x-forwarded-proto': 'https' }, 'https://tempo.example'],
    [
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'api.tempo.io, inner' },
      'https://api.tempo.io',
    ],
    [{ 'x-forwarded-host': 'a"b' }, 'http://tempo.example'],
    [{ 'x-forwarded-proto': 'javascript' }, 'http://tempo.example'],
  ])('follow proxies %j', async (headers, origin) => {
    const { body } = await world.get('/4/worklogs?limit=1', headers)
    expect(body.self).toBe(`${origin}/4/worklogs?limit=1`)
    expect(body.metadata.next).toBe(`${origin}/4/worklogs?offset=1&limit=1`)
    expect(body.results[0].self).toMatch(`${origin}/4/worklogs/`)
  })

  it('keep what the caller sent as it was sent', async () => {
    const query = 'updatedFrom=2019-06-30&project=A%20B&project=C&limit=2&offset=0&x=%2f'
    const { body } = await world.get(`/core/3/worklogs?${query}`)
    expect(body.self).toBe(`http://tempo.example/core/3/worklogs?${query}`)
    const { body: page } = await world.get('/core/3/worklogs?a=%2f&limit=1&updatedFrom=2019-06-30')
    expect(page.metadata.next).toBe(
      'http://tempo.example/core/3/worklogs?a=%2f&updatedFrom=2019-06-30&offset=1&limit=1',
    )
  })

  it('begin with the configured address', async () => {
    const { body } = await behind.get('/4/worklogs?limit=1', { 'x-forwarded-host': 'evil.example' })
    expect(body.metadata.next).toBe('https://hours.example.org/book/4/worklogs?offset=1&limit=1')
  })

  it('follow an absolute target, as clients send through HTTPS_PROXY', async () => {
    const url = await world.server.listen({ host: '127.0.0.1', port: 0 })
    const text = await raw(url, 'https://api.tempo.io/4/worklogs?limit=1')
    const body = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
    expect(body.self).toBe('https://api.tempo.io/4/worklogs?limit=1')
    expect(body.metadata.next).toBe('https://api.tempo.io/4/worklogs?offset=1&limit=1')
  })
})
