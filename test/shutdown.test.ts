import { existsSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDataFolder, type DataFolder } from './data-folder.ts'
import { type ServerProcess, startHourbook, watchCommand } from './server-process.ts'

let folder: DataFolder
let token: string

beforeAll(async () => {
  folder = await aDataFolder()
  const demo = watchCommand({ HOURBOOK_DATA: folder.path }, ['serve', '--demo'])
  token = await new Promise<string>((resolve, reject) => {
    let text = ''
    demo.process.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /Bearer (hb_[\w-]+)/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    void demo.ended.then((code) => reject(new Error(`the demo ended with ${code}: ${demo.err()}`)))
  })
  demo.process.kill('SIGTERM')
  expect(await demo.ended).toBe(0)
}, 120_000)
afterAll(() => folder?.remove())

const start = (seconds: string) =>
  startHourbook({ HOURBOOK_DATA: folder.path, HOURBOOK_SHUTDOWN_SECONDS: seconds })

/** An answer of which nobody has read anything yet. */
function open(server: ServerProcess, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    get(`${server.address}/api/v1${path}`, { headers, agent: false }, resolve).on('error', reject)
  })
}

async function read(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('a server that is told to stop', () => {
  it('finishes the export in flight, ends those who wait, and leaves no lock', async () => {
    const server = await start('30')
    const path = '/worklogs/export?format=ndjson'
    const whole = await read(await open(server, path))
    expect(whole.split('\n').length).toBeGreaterThan(5_000)
    const me = JSON.parse(await read(await open(server, '/changes?since=0&limit=1'))) as {
      changes: unknown[]
    }
    expect(me.changes.length).toBe(1)
    let since = 0
    for (let isCaughtUp = false; !isCaughtUp; ) {
      const page = await read(await open(server, `/changes?since=${since}&limit=1000`))
      ;({ next: since, isCaughtUp } = JSON.parse(page) as { next: number; isCaughtUp: boolean })
    }

    const exporting = await open(server, path)
    const waiting = open(server, `/changes?since=${since}&wait=60`)
    // It waits once the server has counted it in: ask until a later request has been answered.
    await read(await open(server, '/me'))
    const stopped = server.stop()
    const ended = await waiting
    expect([ended.statusCode, JSON.parse(await read(ended))]).toMatchObject([
      200,
      { changes: [], next: since },
    ])
    // Stopping has begun, and the export is still on its way.
    expect(await read(exporting)).toBe(whole)
    expect(exporting.complete).toBe(true)
    expect(await stopped).toBe(0)
    expect(existsSync(join(folder.path, 'hourbook.lock'))).toBe(false)
  }, 60_000)

  it('does not wait for ever for a reader who stands still', async () => {
    const server = await start('1')
    const stalled = await open(server, '/worklogs/export?format=ndjson')
    stalled.on('error', () => {})
    expect(await server.stop()).toBe(0)
    expect(existsSync(join(folder.path, 'hourbook.lock'))).toBe(false)
    stalled.destroy()
  }, 60_000)

  it('stops also when it was told while it still started', async () => {
    const starting = watchCommand({ HOURBOOK_DATA: folder.path }, ['serve'])
    while (!existsSync(join(folder.path, 'hourbook.lock'))) await new Promise(setImmediate)
    starting.process.kill('SIGTERM')
    expect(await starting.ended).toBe(0)
    expect(existsSync(join(folder.path, 'hourbook.lock'))).toBe(false)
  }, 60_000)
})
