import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { type Patience, sendPatiently } from './long-poll.ts'

type Body = (signal: AbortSignal) => AsyncIterable<string>

const quick: Patience = { afterMs: 60_000, everyMs: 60_000 }
const slow: Patience = { afterMs: 0, everyMs: 20 }

/** A server with one slow route, and one request on a bare socket, as bytes. */
async function speak(
  body: Body,
  patience: Patience,
  hangUp?: { afterMs: number; isReading?: boolean },
) {
  const server = fastify({ forceCloseConnections: true })
  server.get('/', async (_request, reply) => {
    void reply.header('x-frame-options', 'SAMEORIGIN')
    return sendPatiently(reply, { headers: { 'content-type': 'text/x-test' }, body }, patience)
  })
  const port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const ended = new Promise<'end' | 'reset'>((resolve) => {
    let outcome: 'end' | 'reset' = 'end'
    socket.on('error', () => {
      outcome = 'reset'
    })
    socket.on('close', () => resolve(outcome))
  })
  if (hangUp?.isReading === false) socket.pause()
  else socket.on('data', (chunk) => chunks.push(chunk))
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  if (hangUp) {
    await wait(hangUp.afterMs)
    socket.destroy()
  }
  const outcome = await ended
  await server.close()
  const text = Buffer.concat(chunks).toString('utf8')
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...headers] = head.split('\r\n')
  return {
    outcome,
    status,
    headers: headers.map((one) => one.toLowerCase()),
    raw: rest.join('\r\n\r\n'),
  }
}

/** The payload of a chunked body; `isWhole` when its last chunk came. */
function unchunked(raw: string): { text: string; isWhole: boolean } {
  let text = ''
  let rest = raw
  for (;;) {
    const at = rest.indexOf('\r\n')
    if (at < 0) return { text, isWhole: false }
    const size = Number.parseInt(rest.slice(0, at), 16)
    if (size === 0) return { text, isWhole: true }
    text += rest.slice(at + 2, at + 2 + size)
    rest = rest.slice(at + 4 + size)
  }
}

async function* parts(...texts: readonly string[]) {
  for (const text of texts) yield text
}

async function* delayed(ms: number, ...texts: readonly string[]) {
  await wait(ms)
  yield* parts(...texts)
}

/** Breaks after these texts. */
async function* failing(ms: number, ...texts: readonly string[]) {
  yield* delayed(ms, ...texts)
  await wait(ms)
  throw new Error('broken on its way')
}

describe('an answer that may take its time', () => {
  it('is 200 with its content type and no blank lines when it is ready in time', async () => {
    const { status, headers, raw } = await speak(() => parts('a,b\n', '1,2\n'), quick)
    expect(status).toBe('HTTP/1.1 200 OK')
    expect(headers).toContain('content-type: text/x-test')
    expect(headers).toContain('x-frame-options: sameorigin')
    expect(unchunked(raw)).toEqual({ text: 'a,b\n1,2\n', isWhole: true })
  })

  it('is 202 without a content type or length, blank lines, then the body, when it is late', async () => {
    const { status, headers, raw } = await speak(() => delayed(90, 'a,b\n', '1,2\n'), slow)
    expect(status).toBe('HTTP/1.1 202 Accepted')
    expect(headers.some((one) => /^content-(type|length)/.test(one))).toBe(false)
    expect(headers).toContain('transfer-encoding: chunked')
    expect(headers).toContain('cache-control: no-store')
    expect(headers).toContain('x-accel-buffering: no')
    const { text, isWhole } = unchunked(raw)
    expect(text).toMatch(/^\n{2,}a,b\n1,2\n$/)
    expect(isWhole).toBe(true)
  })

  it('turns late after its time, not before', async () => {
    const { status } = await speak(() => delayed(120, 'x'), { afterMs: 30, everyMs: 1_000 })
    expect(status).toBe('HTTP/1.1 202 Accepted')
  })

  it('is an error with a status when it fails in time', async () => {
    const { status } = await speak(() => failing(0), quick)
    expect(status).toBe('HTTP/1.1 500 Internal Server Error')
  })

  it.each([
    ['before its body', []],
    ['midway', ['a,b\n']],
  ])('breaks the connection off when it fails late, %s', async (_where, texts) => {
    const { status, raw } = await speak(() => failing(50, ...texts), slow)
    expect(status).toBe('HTTP/1.1 202 Accepted')
    expect(unchunked(raw).isWhole).toBe(false)
  })

  it('breaks the connection off when a quick answer fails midway', async () => {
    const { status, raw } = await speak(() => failing(20, 'a,b\n'), quick)
    expect(status).toBe('HTTP/1.1 200 OK')
    expect(unchunked(raw).isWhole).toBe(false)
  })

  it('stops its work when the client hangs up, while waiting and while reading', async () => {
    for (const patience of [slow, quick]) {
      let stopped = ''
      const body: Body = async function* (signal) {
        try {
          if (patience === slow) await wait(10_000, undefined, { signal })
          for (;;) {
            yield 'x'.repeat(1_000_000)
            if (signal.aborted) return
          }
        } finally {
          stopped = signal.aborted ? 'gave up' : 'went on'
        }
      }
      await speak(body, patience, { afterMs: 100 })
      expect(stopped).toBe('gave up')
    }
  })

  it('waits for a reader that does not read, instead of filling the memory', async () => {
    let written = 0
    const body: Body = async function* (signal) {
      while (!signal.aborted) {
        written += 1
        yield 'x'.repeat(1_000_000)
      }
    }
    await speak(body, quick, { afterMs: 300, isReading: false })
    expect(written).toBeLessThan(50)
  })
})
