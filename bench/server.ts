import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const binary = fileURLToPath(new URL('../bin/hourbook.js', import.meta.url))
const run = promisify(execFile)

export type BenchServer = {
  readonly address: string
  readonly startMs: number
  /** Resident memory of the server's process, in bytes. */
  memory(): number
  stop(): Promise<void>
}

/** The built server in a process of its own, as users run it. */
export async function startServer(environment: Record<string, string>): Promise<BenchServer> {
  const begun = Date.now()
  const child = spawn(process.execPath, [binary, 'serve', '--port', '0'], {
    env: { ...process.env, ...settings, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await listening(child)
  return {
    address,
    startMs: Date.now() - begun,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

const settings = { HOURBOOK_LOG: 'error', HOURBOOK_REQUESTS_PER_MINUTE: '0' }

/** Makes a token with the command line, before the server holds the folder. */
export async function makeToken(
  environment: Record<string, string>,
  scopes = 'read,write,admin',
): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    [binary, 'token', 'create', '--user', 'admin', '--scopes', scopes],
    { env: { ...process.env, ...settings, ...environment } },
  )
  return stdout.trim()
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const address = /^listening on (\S+)$/m.exec(text)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

export type Client = {
  get(path: string): Promise<{ status: number; body: string }>
  send(method: string, path: string, body: unknown): Promise<{ status: number; body: string }>
  /** Reads and drops a body; tells when its first byte came and how long it was. */
  drain(
    path: string,
  ): Promise<{ firstByteMs: number; totalMs: number; bytes: number; lines: number }>
  close(): void
}

/** A plain keep-alive client: what is measured is the server. */
export function makeClient(address: string, token: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const open = (method: string, path: string, body?: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      }
      const outgoing = request(new URL(path, address), { method, agent, headers }, resolve)
      outgoing.once('error', reject)
      outgoing.end(body)
    })
  const read = async (response: IncomingMessage) => {
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }
  }
  return {
    get: async (path) => read(await open('GET', path)),
    send: async (method, path, body) => read(await open(method, path, JSON.stringify(body))),
    async drain(path) {
      const begun = process.hrtime.bigint()
      const since = () => Number(process.hrtime.bigint() - begun) / 1e6
      const response = await open('GET', path)
      if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`)
      let [firstByteMs, bytes, lines] = [0, 0, 0]
      for await (const chunk of response as AsyncIterable<Buffer>) {
        if (bytes === 0) firstByteMs = since()
        bytes += chunk.length
        for (const byte of chunk) if (byte === 10) lines += 1
      }
      return { firstByteMs, totalMs: since(), bytes, lines }
    },
    close: () => agent.destroy(),
  }
}
