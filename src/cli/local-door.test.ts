import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { aCapturedIo } from '../../test/command.ts'
import { makeLogger } from '../http/log.ts'
import { makeMetrics } from '../http/metrics.ts'
import { makeServer } from '../http/server.ts'
import type { Io } from './io.ts'
import { isOfThisMachine, registerLocalDoor, runThroughServer } from './local-door.ts'

let server: FastifyInstance
afterEach(() => server.close())

const secret = 'the-secret-of-the-lock-file'
const body = { argv: ['doctor'], cwd: '/', isWatched: false, columns: null }

/** A server whose door runs `run` instead of real commands. */
async function aDoor(run: (argv: readonly string[], io: Io) => Promise<number>) {
  server = await makeServer({
    logger: makeLogger('silent'),
    metrics: makeMetrics(),
    trustedProxies: ['203.0.113.1'],
    requestsPerMinute: 0,
  })
  registerLocalDoor(server, { secret, run })
  return server
}

async function aListeningDoor(run: Parameters<typeof aDoor>[0]) {
  return { address: await (await aDoor(run)).listen({ host: '127.0.0.1', port: 0 }), secret }
}

describe('the local door', () => {
  it.each([
    ['the right secret from here', secret, '127.0.0.1', 200],
    ['the right secret from here, IPv6', secret, '::1', 200],
    ['the right secret from elsewhere', secret, '192.0.2.5', 401],
    ['a wrong secret', 'x'.repeat(secret.length), '127.0.0.1', 401],
    ['an empty secret', '', '127.0.0.1', 401],
    ['no secret', undefined, '127.0.0.1', 401],
  ])('%s', async (_name, given, remoteAddress, status) => {
    let runs = 0
    await aDoor(async () => {
      runs += 1
      return 0
    })
    const answer = await server.inject({
      method: 'POST',
      url: '/local/run',
      remoteAddress,
      headers: given === undefined ? {} : { 'x-hourbook-local': given },
      payload: body,
    })
    expect([answer.statusCode, runs]).toEqual([status, status === 200 ? 1 : 0])
  })

  it('does not believe a proxy that somebody sits on this machine', async () => {
    await aDoor(async () => 0)
    const answer = await server.inject({
      method: 'POST',
      url: '/local/run',
      remoteAddress: '203.0.113.1',
      headers: { 'x-hourbook-local': secret, 'x-forwarded-for': '127.0.0.1' },
      payload: body,
    })
    expect(answer.statusCode).toBe(401)
  })

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1', true],
    ['192.168.1.5', '192.168.1.5', true],
    ['192.168.1.6', '192.168.1.5', false],
    [undefined, undefined, false],
  ])('from %s to %s: %s', (from, to, expected) => {
    expect(isOfThisMachine(from, to)).toBe(expected)
  })

  it('hands on what was asked, and both outputs and the exit code', async () => {
    const holder = await aListeningDoor(async (argv, io) => {
      await io.out(`${argv.join(' ')} in ${io.cwd}, ${io.columns} wide, ${io.isWatched}\n`)
      io.err('talk\n')
      return 3
    })
    const { io, out, err } = aCapturedIo({ cwd: '/somewhere', columns: 90, isWatched: true })
    expect(await runThroughServer(holder, ['export', 'ä b'], io)).toBe(3)
    expect([out().toString(), err()]).toEqual([
      'export ä b in /somewhere, 90 wide, true\n',
      'talk\n',
    ])
  })

  it('shows output as it comes, however much it is', async () => {
    const chunk = Buffer.alloc(64 * 1024, 7)
    let hasShownFirst = () => {}
    const shown = new Promise<void>((resolve) => {
      hasShownFirst = resolve
    })
    const holder = await aListeningDoor(async (_argv, io) => {
      await io.out('first')
      // Would wait for ever if the answer only left when the command is done.
      await shown
      for (let at = 0; at < 100; at += 1) await io.out(chunk)
      return 0
    })
    let bytes = 0
    const { io } = aCapturedIo({
      out: async (data) => {
        bytes += data.length
        hasShownFirst()
      },
    })
    expect(await runThroughServer(holder, [], io)).toBe(0)
    expect(bytes).toBe(5 + 100 * chunk.length)
  })

  it('tells the command when its user gives up', async () => {
    const stop = new AbortController()
    let told = () => {}
    const wasTold = new Promise<void>((resolve) => {
      told = resolve
    })
    const holder = await aListeningDoor(async (_argv, io) => {
      io.signal.addEventListener('abort', told)
      stop.abort()
      await wasTold
      return 0
    })
    const { io } = aCapturedIo({ signal: stop.signal })
    await expect(runThroughServer(holder, [], io)).rejects.toThrow(/abort/i)
    await wasTold
  })

  it('exits 1 for a command that fails beyond explaining', async () => {
    const holder = await aListeningDoor(() => Promise.reject(new Error('beyond')))
    expect(await runThroughServer(holder, [], aCapturedIo().io)).toBe(1)
  })

  it('says so when the server refuses', async () => {
    const { address } = await aListeningDoor(async () => 0)
    const asked = runThroughServer({ address, secret: 'wrong' }, [], aCapturedIo().io)
    await expect(asked).rejects.toThrow(/refused the command \(401\)/)
  })
})
