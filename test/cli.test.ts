import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDataFolder, type DataFolder } from './data-folder.ts'
import { type FakeJira, startFakeJira } from './fake-jira/fake-jira.ts'
import { aGoldenWorld } from './fake-jira/golden-world.ts'
import { aJiraIssue, aJiraWorklog } from './jira-export.ts'
import { callHourbook, callNode, startHourbook, watchCommand } from './server-process.ts'

// The command line as users have it. Each start costs a second or two, so these are few; what needs
// no process of its own is tested beside the commands.

let folder: DataFolder
let environment: { HOURBOOK_DATA: string }
const issueCount = 250
const perIssue = 20

beforeAll(async () => {
  folder = await aDataFolder()
  environment = { HOURBOOK_DATA: join(folder.path, '.') }
})
afterAll(() => folder?.remove())

const run = (...args: string[]) => callHourbook(args, environment)

/** A Jira export of our own making; a comment that is long makes for more than a pipe holds. */
function anExport(name: string, issues: number, firstId = 1): string {
  const comment = 'all work and no play '.repeat(20)
  const lines = Array.from({ length: issues }, (_, issue) => {
    const worklogs = Array.from({ length: perIssue }, (_, at) =>
      aJiraWorklog(firstId * 1_000 + issue * perIssue + at, { comment }),
    )
    return JSON.stringify(aJiraIssue(firstId + issue, worklogs))
  })
  const path = join(folder.path, name)
  writeFileSync(path, lines.join('\n'))
  return path
}

describe('the command line alone', { timeout: 120_000 }, () => {
  it('imports, exports and reports', async () => {
    const imported = await run('import', 'jira', anExport('first.ndjson', issueCount))
    expect(imported).toMatchObject({ code: 0, err: '' })
    expect(imported.out).toMatch(/^worklogs +5000 new, 0 changed, 0 unchanged$/m)
    const exported = await run('export', 'worklogs', '--fields', 'timeSpentSeconds')
    expect(exported).toMatchObject({ code: 0, err: '' })
    expect(exported.out.split('\r\n').length).toBe(issueCount * perIssue + 2)
    const report = await run('report', '--rows', 'person', '--columns', 'year')
    expect(report.code).toBe(0)
    expect(report.out).toMatch(/^Ann +5000:00 +5000:00$/m)
  })

  it('exits 2 when misused, 1 when refused, and says why on standard error', async () => {
    const misused = await run('export', 'worklogs', '--nonsense')
    expect(misused).toMatchObject({ code: 2, out: '' })
    expect(misused.err).toMatch(/unknown option '--nonsense'/)
    const refused = await run('export', 'worklogs', '--user', 'nobody')
    expect(refused).toEqual({ code: 1, out: '', err: 'hourbook: There is no person "nobody"\n' })
  })

  it('stops quietly when its reader has had enough', async () => {
    const exporting = watchCommand(environment, ['export', 'worklogs', '--format', 'ndjson'])
    exporting.process.stdout.once('data', () => exporting.process.stdout.destroy())
    expect([await exporting.ended, exporting.err()]).toEqual([0, ''])
  })

  it('gives up an import when told to, and leaves a store that works', async () => {
    const file = anExport('second.ndjson', 2_000, 100_000)
    const importing = watchCommand(environment, ['import', 'jira', file])
    // The lock is the sign that it is under way.
    while (!existsSync(join(folder.path, 'hourbook.lock'))) await new Promise(setImmediate)
    importing.process.kill('SIGINT')
    expect(await importing.ended).toBe(130)
    expect(importing.err()).toMatch(/^hourbook: stopped$/m)
    expect(existsSync(join(folder.path, 'hourbook.lock'))).toBe(false)
    expect((await run('doctor')).out).toMatch(/audit chain +unbroken/)
  })
})

describe('the command line beside a server', { timeout: 120_000 }, () => {
  it('gives the same bytes as alone, and the server refuses a second one', async () => {
    const commands = [
      ['export', 'worklogs', '--format', 'csv'],
      ['export', 'worklogs', '--format', 'xlsx'],
      ['report', '--rows', 'issue', '--columns', 'month'],
      ['export', 'worklogs', '--user', 'nobody'],
    ]
    const alone: Awaited<ReturnType<typeof run>>[] = []
    for (const command of commands) alone.push(await run(...command))
    expect(alone[0]?.out.length).toBeGreaterThan(1_500_000)

    const server = await startHourbook(environment)
    const through: typeof alone = []
    for (const command of commands) through.push(await run(...command))
    expect(through.map(({ code, err }) => ({ code, err }))).toEqual(
      alone.map(({ code, err }) => ({ code, err })),
    )
    through.forEach(({ out }, at) => {
      expect(out === alone[at]?.out, commands[at]?.join(' ')).toBe(true)
    })

    const token = await run('token', 'create', '--name', 'through the server')
    expect(token.out).toMatch(/^hb_[\w-]{43}\n$/)
    expect(token.err).toBe('')
    const who = await fetch(`${server.address}/api/v1/me`, {
      headers: { authorization: `Bearer ${token.out.trim()}` },
    })
    expect(who.status).toBe(200)

    const exporting = watchCommand(environment, ['export', 'worklogs', '--format', 'ndjson'])
    exporting.process.stdout.once('data', () => exporting.process.stdout.destroy())
    expect([await exporting.ended, exporting.err()]).toEqual([0, ''])

    const second = await run('serve')
    expect(second.code).toBe(1)
    expect(second.err).toContain(`in use by process ${server.process.pid} at ${server.address}`)
    const wrong = await fetch(`${server.address}/local/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hourbook-local': 'a guess' },
      body: JSON.stringify({ argv: ['doctor'], cwd: '/', isWatched: false, columns: null }),
    })
    expect(wrong.status).toBe(401)
    expect(await server.stop()).toBe(0)
  })

  it('writes files where the user stands, not where the server does', async () => {
    const server = await startHourbook(environment)
    const target = join(folder.path, 'out.csv')
    expect(await run('export', 'worklogs', '-o', target)).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(target, 'utf8').split('\r\n').length).toBeGreaterThan(5_000)
    expect(existsSync(`${target}.part`)).toBe(false)
    expect(await server.stop()).toBe(0)
  })
})

describe('straight from a Jira', { timeout: 120_000 }, () => {
  let jira: FakeJira
  const file = (name: string) => join(folder.path, name)
  const extract = (...more: string[]) => [
    ...['extract', '--jira', jira.url, '--auth', 'pat', '--secret-file', file('secret')],
    ...['--allow-private', ...more],
  ]
  beforeAll(async () => {
    jira = await startFakeJira({ dialect: 'dc', world: aGoldenWorld() })
    jira.switches.searchMax = 10
    writeFileSync(file('secret'), jira.credentials().pat)
  })
  afterAll(() => jira?.close())

  it('stopped by Ctrl-C, leaves whole lines, says so and exits 130', async () => {
    jira.faults.next({ match: { route: 'POST search' }, fault: { kind: 'hang' }, skip: 3 })
    const extracting = watchCommand(environment, extract('-o', file('part.csv')))
    let searches = 0
    const stopListening = jira.faults.onRequest(({ route }) => {
      if (route === 'POST search') searches += 1
      if (searches === 4) extracting.process.kill('SIGINT')
    })
    expect(await extracting.ended).toBe(130)
    stopListening()
    const text = readFileSync(file('part.csv'), 'utf8')
    expect(text.endsWith('\r\n')).toBe(true)
    const [header, ...rows] = parse(text) as string[][]
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.length).toBeLessThan(jira.world.visibleWorklogs().length)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header!.length]))
    expect(extracting.err()).toBe(
      `${file('part.csv')} holds the first ${rows.length} worklogs only\nhourbook: stopped\n`,
    )
    expect(existsSync(`${file('part.csv')}.part`)).toBe(false)
  })

  it('is a function of the package too', async () => {
    const script = `
      import { DomainError, extract } from 'hourbook'
      const wish = { url: ${JSON.stringify(jira.url)}, auth: 'pat', allowsPrivate: true }
      let rows = 0
      for await (const page of extract({ ...wish, secret: process.argv[1], from: '2025-12-01' }))
        rows += page.length
      console.log(rows)
      const refused = await extract({ ...wish, secret: 'wrong' }).next().catch((error) => error)
      console.log(refused instanceof DomainError, refused.code)`
    const secret = jira.credentials().pat
    const ran = await callNode(['--input-type=module', '--eval', script, secret])
    const rows = jira.world.visibleWorklogs().length
    expect(ran).toEqual({ code: 0, out: `${rows}\ntrue upstream\n`, err: '' })
  })
})
