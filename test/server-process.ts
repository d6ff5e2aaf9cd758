import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The command line as users have it: built, in a process of its own. */
export const binary = fileURLToPath(new URL('../bin/hourbook.js', import.meta.url))

export type Environment = Readonly<Record<string, string>>

const quiet = { HOURBOOK_LOG: 'error', HOURBOOK_REQUESTS_PER_MINUTE: '0', HOURBOOK_PORT: '0' }

function environmentOf(environment: Environment): NodeJS.ProcessEnv {
  return { ...process.env, DATABASE_URL: '', ...quiet, ...environment }
}

/** Runs a command to its end. */
export function runHourbook(args: readonly string[], environment: Environment, input = '') {
  const result = spawnSync(process.execPath, [binary, ...args], {
    cwd: root,
    env: environmentOf(environment),
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
  })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

/** Runs a command to its end without stopping this process, which may be who answers it. */
export function callHourbook(args: readonly string[], environment: Environment) {
  return callNode([binary, ...args], environment)
}

/** Runs Node in the package's folder, as a program of its own that may import the package. */
export async function callNode(args: readonly string[], environment: Environment = {}) {
  const running = watchNode(environment, args)
  const code = await running.ended
  return { code, out: running.out(), err: running.err() }
}

/** Starts a command whose output is kept and which may be told to stop. */
export function watchCommand(environment: Environment, args: readonly string[]) {
  return watchNode(environment, [binary, ...args])
}

function watchNode(environment: Environment, args: readonly string[]) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => void out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => void err.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    process: child,
    ended,
    out: () => Buffer.concat(out).toString(),
    err: () => Buffer.concat(err).toString(),
  }
}

/** Starts a command that may be killed on its way. */
export function startCommand(environment: Environment, args: readonly string[]) {
  const child = spawn(process.execPath, [binary, ...args], {
    cwd: root,
    env: environmentOf(environment),
    stdio: 'ignore',
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    ended,
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

export type ServerProcess = {
  readonly address: string
  readonly process: ChildProcess
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>
  /** Asks it to end; resolves to its exit code. */
  stop(): Promise<number | null>
}

/** Starts a server; resolves when it says that it listens. */
export function startHourbook(
  environment: Environment,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [binary, 'serve', ...args], {
    cwd: root,
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return new Promise((resolve, reject) => {
    let [out, err] = ['', '']
    child.stderr.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString()).slice(-4_000)
    })
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const address = /^listening on (\S+)$/m.exec(out)?.[1]
      if (address === undefined) return
      resolve({
        address,
        process: child,
        kill: async () => void (await end('SIGKILL')),
        stop: () => end('SIGTERM'),
      })
    })
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${err}`)))
  })
}
