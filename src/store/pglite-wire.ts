import { Duplex } from 'node:stream'
import pg from 'pg'
import { types } from './pool-engine.ts'

/** Takes a request in PostgreSQL's protocol; the answer comes to `receive`, in as many pieces as it likes. */
export type Transport = (request: Uint8Array, receive: (answer: Buffer) => void) => Promise<void>

/**
 * A pool of the one connection PGlite has: whoever holds it, a transaction above all, keeps
 * everybody else waiting in line. The driver is the one that speaks to a server, so that both
 * engines take the same parameters and give the same values.
 */
export function poolOver(transport: Transport): pg.Pool {
  const stream = (() => socketOver(transport)) as unknown as NonNullable<pg.PoolConfig['stream']>
  const pool = new pg.Pool({
    stream,
    types,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
  })
  // Whoever asks next is told; there is nobody to tell of it before.
  pool.on('error', () => {})
  return pool
}

/** What the driver takes for a socket. */
function socketOver(transport: Transport): Duplex {
  // Never within the write itself: an answer that came then would make the driver write again while
  // the stream still holds what it just gave away, and that would be forgotten with it.
  const send = async (request: Uint8Array, done: (error?: Error) => void) => {
    try {
      await Promise.resolve()
      await transport(request, (answer) => {
        if (!socket.destroyed) socket.push(answer)
      })
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
  const socket = new Duplex({
    read() {},
    write: (chunk: Buffer, _, done) => void send(chunk, done),
    // One statement is several messages, corked by the driver: they travel and are answered together.
    writev: (chunks, done) =>
      void send(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final(done) {
      socket.push(null)
      done()
    },
  })
  const nothing = () => socket
  return Object.assign(socket, {
    setNoDelay: nothing,
    ref: nothing,
    unref: nothing,
    connect() {
      process.nextTick(() => socket.emit('connect'))
      return socket
    },
  })
}
