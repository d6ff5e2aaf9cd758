import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startFakeJira } from '../test/fake-jira/fake-jira.ts'
import type { Dialect } from '../test/fake-jira/switches.ts'
import { wallClock } from '../test/fake-jira/wall-clock.ts'
import { makeWorld, type World } from '../test/fake-jira/world.ts'
import { timed } from './clock.ts'
import { count, type Measure } from './measures.ts'

const binary = fileURLToPath(new URL('../bin/hourbook.js', import.meta.url))
const rows = 100_000
/** As dense as real logs are. */
const rowsPerIssue = 4

/** The first sync with a Jira that this process plays; embedded where no URL of a database is given. */
export async function measureBackfill(
  dialect: Dialect,
  databaseUrl: string,
  note: (measure: Measure) => void,
): Promise<void> {
  const jira = await startFakeJira({ dialect, world: aWorld() })
  const folder = mkdtempSync(join(tmpdir(), 'hourbook-bench-'))
  const environment = { HOURBOOK_DATA: join(folder, 'data'), DATABASE_URL: databaseUrl }
  try {
    const { email, apiToken, pat } = jira.credentials()
    const [secret, ...access] =
      dialect === 'cloud' ? [apiToken, '--auth', 'basic', '--user', email] : [pat, '--auth', 'pat']
    const secretFile = join(folder, 'secret')
    writeFileSync(secretFile, secret)
    const add = ['connection', 'add', dialect, '--url', jira.url, '--allow-private']
    await run([...add, '--secret-file', secretFile, ...access], environment)
    jira.requests.clear()
    let peak = 0
    const tookMs = await timed(async () => {
      peak = await run(['sync', '--once', '--connection', dialect], environment)
    })
    const perSecond = rows / (tookMs / 1_000)
    const least = databaseUrl === '' ? 4_000 : 10_000
    note({
      what: `backfill of ${count(rows)} worklogs from ${dialect}, start of the command and Jira's own work included: requests per 1,000, memory at most`,
      figure: `${count(perSecond)} worklogs/s, ${(jira.requests.all.length / (rows / 1_000)).toFixed(1)}, ${count(peak / 1e6)} MB`,
      target: `>= ${count(least)}/s, <= 5`,
      isMet: perSecond >= least && jira.requests.all.length <= 5 * (rows / 1_000),
    })
  } finally {
    await jira.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function aWorld(): World {
  const clock = wallClock()
  const world = makeWorld({ clock })
  const begun = clock.now()
  const people = Array.from({ length: 200 }, (_, at) => world.addUser({ name: `person${at}` }))
  const projects = Array.from({ length: 20 }, (_, at) => world.addProject({ key: `PR${at}` }))
  const issues = Array.from({ length: rows / rowsPerIssue }, (_, at) =>
    world.addIssue({ project: projects[at % projects.length]!, summary: `Issue ${at}` }),
  )
  for (let at = 0; at < rows; at += 1)
    world.logWork({
      issue: issues[Math.floor(at / rowsPerIssue)]!,
      author: people[at % people.length]!,
      timeSpentSeconds: 60 * (1 + (at % 480)),
      comment: `Row ${at}`,
      created: begun + at * 1_000,
    })
  clock.release()
  return world
}

/** Runs a command to its end; tells how much memory it held at most, in bytes. */
function run(args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [binary, ...args], {
    env: { ...process.env, HOURBOOK_LOG: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000)
  })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytes(child.pid))
  }, 50)
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearInterval(watch)
      if (code === 0) resolve(peak)
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${complaint}`))
    })
  })
}

function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024
  } catch {
    // It has just ended.
    return 0
  }
}
