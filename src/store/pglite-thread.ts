import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DomainError } from '../domain/errors.ts'
import { packageFolder } from '../package-folder.ts'
import type { Transport } from './pglite-wire.ts'

/** The embedded database of a folder, running on a thread of its own. */
export type DatabaseThread = {
  readonly transport: Transport
  /** How often it has made the disk write what it was given. */
  fsyncCount(): number
  close(): Promise<void>
}

export type ThreadOptions = {
  readonly cluster: string
  /** What PostgreSQL is started with. */
  readonly settings: readonly string[]
  readonly syncsDisk: boolean
}

type Answer = { readonly isReady: true } | { readonly bytes: Uint8Array; readonly isLast: boolean }

type Waiting = {
  readonly receive: (answer: Buffer) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const script = join(packageFolder, 'bin/embedded-database.js')

/** Starts the thread; resolves once the database answers, rejects when it cannot be opened. */
export async function startDatabaseThread(options: ThreadOptions): Promise<DatabaseThread> {
  const fsyncCount = new SharedArrayBuffer(4)
  const worker = new Worker(script, { workerData: { ...options, fsyncCount }, execArgv: [] })
  const waiting: Waiting[] = []
  let failure: Error | undefined
  let isClosing = false
  let settleStart: { resolve: () => void; reject: (error: Error) => void }
  const started = new Promise<void>((resolve, reject) => {
    settleStart = { resolve, reject }
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  worker.on('message', (answer: Answer) => {
    if ('isReady' in answer) return settleStart.resolve()
    const { buffer, byteOffset, byteLength } = answer.bytes
    waiting[0]?.receive(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength))
    if (!answer.isLast) return
    waiting.shift()?.resolve()
    // An open database by itself keeps no process alive, a question to it does.
    if (waiting.length === 0 && !isClosing) worker.unref()
  })
  const fail = (error: Error) => {
    failure ??= error
    settleStart.reject(failure)
    for (const one of waiting.splice(0)) one.reject(failure)
  }
  worker.on('error', fail)
  worker.on('exit', () => {
    if (!isClosing) fail(new DomainError('unavailable', 'The embedded database has ended'))
  })

  await started
  worker.unref()
  return {
    transport: (request, receive) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure)
        waiting.push({ receive, resolve, reject })
        worker.ref()
        // A copy of just these bytes is handed over; the driver's own lie in a bigger buffer.
        const bytes = new Uint8Array(request)
        worker.postMessage(bytes, [bytes.buffer])
      }),
    fsyncCount: () => Atomics.load(new Int32Array(fsyncCount), 0),
    async close() {
      isClosing = true
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}
