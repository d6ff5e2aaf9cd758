import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { isSameSecret } from '../compose.ts'
import { DomainError } from '../domain/errors.ts'
import { decodeFrames, encodeFrame } from './frames.ts'
import type { Io } from './io.ts'

/** What the command line asks a server on the same data folder to run for it. */
export type LocalRequest = {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly isWatched: boolean
  readonly columns: number | null
}

const path = '/local/run'
const secretHeader = 'x-hourbook-local'
const beatMs = 20_000

/**
 * Lets this machine's command line run commands inside the server that holds the data folder.
 * Only with the secret from the folder's lock file, and only from the loopback address.
 */
export function registerLocalDoor(
  server: FastifyInstance,
  needs: { secret: string; run: (argv: readonly string[], io: Io) => Promise<number> },
): void {
  server.post<{ Body: LocalRequest }>(
    path,
    {
      config: { access: 'local', rateLimit: false },
      schema: {
        body: {
          type: 'object',
          required: ['argv', 'cwd', 'isWatched', 'columns'],
          properties: {
            argv: { type: 'array', items: { type: 'string' }, maxItems: 10_000 },
            cwd: { type: 'string' },
            isWatched: { type: 'boolean' },
            columns: { type: ['integer', 'null'] },
          },
        },
      },
      onRequest: async (request) => {
        const given = request.headers[secretHeader]
        const { remoteAddress, localAddress } = request.socket
        request.isLocal =
          isOfThisMachine(remoteAddress, localAddress) &&
          typeof given === 'string' &&
          isSameSecret(given, needs.secret)
      },
    },
    async (request, reply) => {
      const stream = new PassThrough({ highWaterMark: 1 << 20 })
      const gone = new AbortController()
      reply.raw.on('close', () => gone.abort())
      const write = (kind: 'out' | 'err', data: string | Uint8Array) =>
        stream.write(encodeFrame({ kind, bytes: Buffer.from(data) }))
      const io: Io = {
        out: async (data) => {
          if (write('out', data) || gone.signal.aborted) return
          await new Promise<void>((resolve) => {
            stream.once('drain', resolve)
            gone.signal.addEventListener('abort', () => resolve(), { once: true })
          })
        },
        err: (text) => void write('err', text),
        isWatched: request.body.isWatched,
        columns: request.body.columns ?? undefined,
        cwd: request.body.cwd,
        signal: gone.signal,
      }
      // The first frame sends the headers; later ones keep a long silent command's caller waiting.
      write('err', '')
      const beat = setInterval(() => write('err', ''), beatMs)
      beat.unref()
      // Not awaited: nobody would read what it writes before the answer is on its way.
      void needs
        .run(request.body.argv, io)
        .catch(() => 1)
        .then((code) => stream.end(encodeFrame({ kind: 'exit', code })))
        .finally(() => clearInterval(beat))
      return reply.type('application/octet-stream').send(stream)
    },
  )
}

/** Whether a connection never left this machine: loopback, or from and to the same address. */
export function isOfThisMachine(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined) return false
  return from === to || ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(from)
}

/** Has the server at `address` run a command and shows what it writes. Returns the exit code. */
export async function runThroughServer(
  holder: { address: string; secret: string },
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const request: LocalRequest = {
    argv,
    cwd: io.cwd,
    isWatched: io.isWatched,
    columns: io.columns ?? null,
  }
  const response = await fetch(new URL(path, holder.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [secretHeader]: holder.secret },
    body: JSON.stringify(request),
    signal: io.signal,
  })
  if (!response.ok || !response.body)
    throw new DomainError(
      'unavailable',
      `The server at ${holder.address} refused the command (${response.status})`,
    )
  for await (const frame of decodeFrames(response.body)) {
    if (frame.kind === 'exit') return frame.code
    if (frame.kind === 'out') await io.out(frame.bytes)
    else io.err(Buffer.from(frame.bytes).toString())
  }
  throw new DomainError('unavailable', 'The server ended before the command did')
}
