import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

/** How long an answer may be silent; `everyMs` keeps proxies from taking it for dead. */
export type Patience = { readonly afterMs: number; readonly everyMs: number }

/** An answer that may take its time: headers of the quick one, and the body as it comes. */
export type SlowAnswer = {
  readonly headers: Readonly<Record<string, string>>
  /**
   * Aborted when the client gives up. Texts, not bytes: they are encoded as they leave, while buffers
   * of a long answer would wait outside the heap for the next great collection.
   */
  readonly body: (signal: AbortSignal) => AsyncIterable<string>
}

const slowHeaders = {
  'cache-control': 'no-store',
  // nginx would hold the blank lines back
  'x-accel-buffering': 'no',
} as const

/**
 * Answers 200 with the body when its first bytes are there in time. Otherwise `202 Accepted`
 * without a content type, a line feed at once and one every `everyMs`, then the body. A failure
 * before any status is thrown, for the error handler; a later one aborts the connection, so that
 * the client sees a broken transport and no whole answer.
 */
export async function sendPatiently(
  reply: FastifyReply,
  { headers, body }: SlowAnswer,
  patience: Patience,
): Promise<FastifyReply> {
  const raw = reply.raw
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  const chunks = body(gone.signal)[Symbol.asyncIterator]()
  const first = chunks.next()
  const slow = await isSlow(first, patience.afterMs)
  if (!slow) {
    // Refused in time: nothing was sent, so this still can be an error with a status.
    const result = await first
    start(reply, 200, headers)
    await finish(reply, raw, result, chunks)
    return reply
  }
  start(reply, 202, slowHeaders)
  raw.write('\n')
  const beat = setInterval(() => raw.write('\n'), patience.everyMs)
  try {
    const result = await first
    clearInterval(beat)
    await finish(reply, raw, result, chunks)
  } catch (error) {
    reply.request.log.error({ err: error }, 'a long answer failed')
    raw.destroy()
  } finally {
    clearInterval(beat)
  }
  return reply
}

async function isSlow(first: Promise<unknown>, afterMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), afterMs)
  })
  try {
    // Whatever comes of it is looked at by whoever awaits `first` itself.
    const early = first.then(
      () => false,
      () => false,
    )
    return await (afterMs <= 0 ? true : Promise.race([early, late]))
  } finally {
    clearTimeout(timer)
  }
}

/** Past the framework, which would add a content type; its own headers go along. */
function start(
  reply: FastifyReply,
  status: 200 | 202,
  headers: Readonly<Record<string, string>>,
): void {
  reply.hijack()
  const own: Record<string, number | string | string[]> = {}
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined && name !== 'content-type' && name !== 'content-length')
      own[name] = value
  reply.raw.writeHead(status, { ...own, ...headers })
}

async function finish(
  reply: FastifyReply,
  raw: ServerResponse,
  first: IteratorResult<string>,
  chunks: AsyncIterator<string>,
): Promise<void> {
  try {
    for (let result = first; !result.done; result = await chunks.next()) {
      if (raw.destroyed) break
      if (!raw.write(result.value)) await drained(raw)
    }
    if (!raw.destroyed) raw.end()
  } catch (error) {
    if (!raw.destroyed) reply.request.log.error({ err: error }, 'an answer broke off')
    raw.destroy()
  } finally {
    await chunks.return?.()
  }
}

/** Until more may be written, or nobody reads any more. */
function drained(raw: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done)
      raw.off('close', done)
      resolve()
    }
    raw.once('drain', done)
    raw.once('close', done)
  })
}
