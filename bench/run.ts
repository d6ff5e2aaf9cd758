import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openPglite } from '../src/store/pglite.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { measureBackfill } from './backfill.ts'
import { openBare } from './bare.ts'
import { scale } from './generate.ts'
import {
  type Bench,
  count,
  type Measure,
  measureExport,
  measureHundredThousand,
  measurePages,
  measureReaders,
  measureWrites,
  ms,
} from './measures.ts'
import { measurePlanning } from './planning.ts'
import { machine, section, sectionNow, webTitle, writeReadme } from './readme.ts'
import { makeClient, makeToken, startServer } from './server.ts'
import { measureStore } from './store.ts'
import { measureServlet, measureTempo, measureTracker, measureWalk } from './surfaces.ts'

// npm run bench -- [--rows N] [--embedded-rows N] [--engine pglite|postgres] [--write]
const flag = (name: string) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : (process.argv[at + 1] ?? '')
}
const rows = Number(flag('--rows') ?? scale.worklogs)
const embeddedRows = Number(flag('--embedded-rows') ?? rows)
const only = flag('--engine')
const dialects = ['cloud', 'dc'] as const
const serverUrl = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

async function onPostgres(): Promise<Measure[]> {
  const measures: Measure[] = []
  const note = noteInto(measures)
  await withFreshDatabase(async (url) => {
    const engine = await openPostgres({ url })
    await measureStore(engine, rows, note)
    await measurePlanning(engine, note)
    await engine.close()
    const bare = await openBare(url)
    try {
      await overHttp({ DATABASE_URL: url }, bare, note, rows)
    } finally {
      await bare.close()
    }
  })
  for (const dialect of dialects)
    await withFreshDatabase((url) => measureBackfill(dialect, url, note))
  return measures
}

async function withFreshDatabase(use: (url: string) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  const name = `hourbook_bench_${randomBytes(4).toString('hex')}`
  await admin.query(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  try {
    await use(url.href)
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
}

async function onPglite(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hourbook-bench-'))
  try {
    const measures: Measure[] = []
    const note = noteInto(measures)
    const engine = await openPglite(folder)
    await measureStore(engine, embeddedRows, note)
    await engine.close()
    await overHttp({ HOURBOOK_DATA: folder, DATABASE_URL: '' }, undefined, note, embeddedRows)
    for (const dialect of dialects) await measureBackfill(dialect, '', note)
    return measures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function overHttp(
  environment: Record<string, string>,
  bare: Bench['bare'],
  note: (measure: Measure) => void,
  rows: number,
): Promise<void> {
  const token = await makeToken(environment)
  const servletToken = await makeToken(environment, 'servlet')
  const server = await startServer(environment)
  const client = makeClient(server.address, token)
  await client.get('/api/v1/worklogs?limit=1')
  const idle = server.memory()
  const [mostMs, mostMb] = [2_000, bare ? 150 : 400]
  note({
    what: 'start on a filled store to the first answer; idle memory',
    figure: `${ms(server.startMs)}; ${count(idle / 1e6)} MB`,
    target: `<= 2 s; <= ${mostMb} MB`,
    isMet: server.startMs <= mostMs && idle <= mostMb * 1e6,
  })
  const bench: Bench = { server, client, bare, rows, servletToken, note }
  await measurePages(bench)
  await measureExport(bench)
  await measureHundredThousand(bench)
  await measureTempo(bench)
  await measureTracker(bench)
  await measureServlet(bench)
  await measureWalk(bench)
  await measureReaders(bench)
  await measureWrites(bench)
  client.close()
  await server.stop()
}

async function freshStart(): Promise<Measure[]> {
  const measures: Measure[] = []
  const folder = mkdtempSync(join(tmpdir(), 'hourbook-bench-'))
  const server = await startServer({ HOURBOOK_DATA: join(folder, 'data'), DATABASE_URL: '' })
  noteInto(measures)({
    what: 'first start embedded, fresh folder; idle memory',
    figure: `${ms(server.startMs)}; ${count(server.memory() / 1e6)} MB`,
    target: '<= 8 s; <= 400 MB',
    isMet: server.startMs <= 8_000 && server.memory() <= 400e6,
  })
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  return measures
}

function noteInto(measures: Measure[]): (measure: Measure) => void {
  return (measure) => {
    measures.push(measure)
    const mark = measure.isMet === null ? ' ' : measure.isMet ? '+' : '-'
    process.stdout.write(`${mark} ${measure.what}: ${measure.figure} (target ${measure.target})\n`)
  }
}

const sections: string[] = []
if (only === undefined) sections.push(section('Fresh folder', await freshStart()))
if (only !== 'pglite')
  sections.push(section(`PostgreSQL, ${count(rows)} worklogs`, await onPostgres()))
if (only !== 'postgres')
  sections.push(section(`Embedded (PGlite), ${count(embeddedRows)} worklogs`, await onPglite()))
if (process.argv.includes('--write')) {
  const intro = `# Bench

Written by \`npm run bench -- --write\`: generated worklogs on ${count(scale.issues)} issues by ${count(scale.people)} people over 18 months, the server in a process of its own, client and database on the same machine. Machines are noisy: read the
ratios, which compare things measured in the same run.

Machine: ${machine()}.

`
  const web = sectionNow(webTitle)
  const notes = readFileSync(new URL('./notes.md', import.meta.url), 'utf8')
  writeReadme(`${intro}${sections.join('\n')}\n${web === '' ? '' : `${web}\n`}${notes}`)
}
