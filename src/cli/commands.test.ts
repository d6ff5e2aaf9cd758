import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runIn } from '../../test/command.ts'
import { aTestApp, type TestApp } from '../../test/data-folder.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import { aJiraIssue, aJiraWorklog } from '../../test/jira-export.ts'
import { hashSecret } from '../http/identity.ts'
import type { Io } from './io.ts'

let test: TestApp
let folder: string
beforeAll(async () => {
  test = await aTestApp({}, () => Date.UTC(2026, 2, 3, 12))
  folder = mkdtempSync(join(tmpdir(), 'hourbook-commands-'))
  await ok('person', 'add', 'ann', '--name', 'Ann', '--time-zone', 'Asia/Tokyo', '--group', 'a,b')
  await ok('person', 'add', 'bob', '--name', 'Bob', '--group', 'b')
  await ok('project', 'add', 'APP', '--name', 'My app', '--lead', 'ann')
  await ok('issue', 'add', 'APP', 'First', '--estimate', '6h', '--due', '2026-04-01')
  await ok('issue', 'add', 'APP', '=Second', '--label', 'x,y', '--assignee', 'bob')
  await ok('log', 'APP-1', '1h30m', '--user', 'ann', '--day', '2026-03-02', '--comment', '=1+1')
  await ok('log', 'APP-2', '930-1100', '--user', 'bob', '--day', 'yesterday', '--category', 'Dev')
  await ok('log', 'APP-2', '45m', '--user', 'bob')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await test?.close()
})

const run = (argv: readonly string[], more: Partial<Io> = {}) => runIn(test.app, argv, more)

async function ok(...argv: string[]): Promise<string> {
  const { code, out, err } = await run(argv)
  expect([code, err]).toEqual([0, ''])
  return out
}

const version = async () => (await test.app.store.sites.get(test.app.site.id)).version

describe('add and log', () => {
  it('prints what it made, as a line or as JSON', async () => {
    expect(await ok('issue', 'add', 'APP', 'Third')).toMatch(/^APP-3\n$/)
    const person = JSON.parse(await ok('person', 'add', 'eve', '--name', 'Eve', '--json'))
    expect(person).toMatchObject({ username: 'eve', displayName: 'Eve', role: 'employee' })
    const line = await ok('log', 'APP-1', '15m', '--user', 'eve', '--day', '2020-01-01')
    expect(line).toBe('APP-1  2020-01-01 09:00:00  0:15  Eve\n')
  })

  it.each([
    [['log', 'APP-99', '1h'], 1, /APP-99/],
    [['log', 'APP-1', '+1h'], 1, /leave the \+ out/],
    [['log', 'APP-1', '1h', '--day', 'tomorrow'], 1, /is no day/],
    [['log', 'APP-1', '1h', '--user', 'nobody'], 1, /nobody/],
    [['log', 'APP-1'], 2, /missing required argument 'time'/],
    [['person', 'add', 'ann', '--name', 'Again'], 1, /ann/],
    [['person', 'add', 'x', '--name', 'X', '--role', 'boss'], 2, /Choose one of administrator/],
    [['person', 'add', 'x'], 2, /required option '--name/],
    [['issue', 'add', 'APP', 'S', '--due', '2026-02-30'], 2, /YYYY-MM-DD/],
    [['issue', 'add', 'APP', 'S', '--estimate', 'soon'], 2, /soon/],
    [['issue', 'add', 'NONE', 'S'], 1, /NONE/],
    [['export', 'worklogs', '--from', '2026-02-01', '--to', '2026-01-01'], 1, /lies after/],
    [['export', 'worklogs', '--format', 'pdf'], 2, /Choose one of csv/],
    [['export', 'worklogs', '--fields', 'day,nonsense'], 2, /no field "nonsense"/],
    [['export', 'worklogs', '--group', 'none'], 1, /There is no group "none"/],
    [['export', 'worklogs', '--project', 'NO'], 1, /There is no project "NO"/],
    [['export', 'worklogs', '--issue', 'NO-1'], 1, /There is no issue "NO-1"/],
    [['export', 'worklogs', '-o', '/no/such/folder/x.csv'], 1, /ENOENT/],
    [['report', '--rows', 'colour'], 2, /none of person/],
    [['token', 'create', '--user', 'nobody'], 1, /There is no person "nobody"/],
    [['token', 'create', '--networks', 'office'], 1, /office/],
    [['token', 'create', '--scopes', 'everything'], 1, /everything/],
    [['token', 'create', '--expires', '2026-03-02'], 1, /must lie in the future/],
    [['token', 'create', '--value', 'short'], 1, /at least|16 to 4096/],
    [['token', 'create', '--value-file', 'none.txt'], 1, /The file .*none\.txt is not there/],
    [['extract', '--jira', 'https://a.example', '--secret-file', '/'], 1, /cannot be read/],
    [['connection', 'add', 'x', '--url', 'https://a.example', '--auth', 'oauth'], 2, /basic, pat/],
    [['connection', 'test', 'none'], 1, /There is no connection "none"/],
    [['connection', 'remove', 'none'], 1, /There is no connection "none"/],
    [['connection', 'hook', 'none'], 1, /There is no connection "none"/],
    [['sync', '--once'], 1, /No Jira is connected yet/],
    [['token', 'revoke', '4711'], 1, /4711/],
    [['nonsense'], 2, /unknown command 'nonsense'/],
    [[], 2, /Usage: hourbook/],
  ])('%j exits %i and writes nothing', async (argv, code, reason) => {
    const before = await version()
    const outcome = await run(argv as string[])
    expect(outcome.err).toMatch(reason)
    expect([outcome.code, outcome.out]).toEqual([code, ''])
    expect(await version()).toBe(before)
  })

  it.each([
    [['--version'], /^0\.0\.0-test\n$/],
    [['--help'], /Usage: hourbook/],
    [['export', 'worklogs', '--help'], /--no-guard/],
  ])('%j goes to standard output', async (argv, text) => {
    const outcome = await run(argv)
    expect([outcome.code, outcome.err]).toEqual([0, ''])
    expect(outcome.out).toMatch(text)
  })
})

describe('export', () => {
  const fields = ['--fields', 'author,issueKey,day,timeSpentSeconds,comment']
  const rows = async (...argv: string[]) =>
    parse(await ok('export', 'worklogs', ...fields, '--from', '2026-01-01', ...argv), {
      columns: true,
    }) as Record<string, string>[]

  it.each([
    [[], 3],
    [['--user', 'ann'], 1],
    [['--user', 'ann,bob'], 3],
    [['--user', 'ann', '--user', 'bob'], 3],
    [['--group', 'a'], 1],
    [['--group', 'b', '--to', '2026-03-02'], 2],
    [['--project', 'APP'], 3],
    [['--issue', 'APP-2'], 2],
    [['--issue', 'APP-2', '--user', 'ann'], 0],
  ])('%j gives %i worklogs', async (argv, count) => {
    expect((await rows(...argv)).length).toBe(count)
  })

  it('guards formulas unless told not to', async () => {
    expect((await rows('--user', 'ann'))[0]?.Comment).toBe("'=1+1")
    expect((await rows('--user', 'ann', '--no-guard'))[0]?.Comment).toBe('=1+1')
  })

  it('takes the day of the person for yesterday', async () => {
    const [entry] = await rows('--to', '2026-03-02', '--user', 'bob')
    expect(entry).toMatchObject({ Day: '2026-03-02', Seconds: '5400' })
  })

  it.each(['csv', 'json', 'ndjson', 'xlsx', 'xml'])(
    'writes %s to a file as to the output',
    async (format) => {
      const told = await run(['export', 'worklogs', '--format', format, '-o', 'file'], {
        cwd: folder,
      })
      expect(told).toEqual({ code: 0, out: '', err: '' })
      const direct = await ok('export', 'worklogs', '--format', format)
      expect(readFileSync(join(folder, 'file')).toString()).toBe(direct)
    },
  )

  it('stopped on its way leaves nothing that looks like a file', async () => {
    const stopped = await run(['export', 'worklogs', '-o', 'cut'], {
      cwd: folder,
      signal: AbortSignal.abort(),
    })
    expect(stopped).toEqual({ code: 1, out: '', err: 'hourbook: stopped\n' })
    expect([existsSync(join(folder, 'cut')), existsSync(join(folder, 'cut.part'))]).toEqual([
      false,
      false,
    ])
  })
})

describe('report', () => {
  it('sums to the same total in the terminal and in a file', async () => {
    const table = await ok('report', '--rows', 'user', '--columns', 'month', '--from', '2026-01-01')
    expect(table).toMatch(/^Person +2026-03 +Total$/m)
    expect(table).toMatch(/^Bob +2:15 +2:15$/m)
    expect(table).toMatch(/^Total +3:45 +3:45$/m)
    const argv = ['report', '--from', '2026-01-01', '--format', 'json']
    const [ann, , total] = JSON.parse(await ok(...argv))
    expect([ann, total]).toEqual([
      { person: 'Ann', total: 5_400 },
      { person: 'Total', total: 13_500 },
    ])
  })
})

describe('import', () => {
  it('sums up what it did, tells what was odd on standard error, and twice changes nothing', async () => {
    const worklogs = [aJiraWorklog(1), aJiraWorklog(2, { timeSpentSeconds: -1 })]
    writeFileSync(join(folder, 'a.ndjson'), JSON.stringify(aJiraIssue(500, worklogs)))
    const first = await run(['import', 'jira', 'a.ndjson'], { cwd: folder })
    expect(first.code).toBe(0)
    expect(first.out).toMatch(
      /^issues +1 new.*\nworklogs +1 new.*\n.*\n.*\ntime +1:00 h \(3600 s\)$/m,
    )
    expect(first.err).toMatch(/^warning: .*a\.ndjson:1: .*negative/)
    const before = await version()
    const again = await run(['import', 'jira', 'a.ndjson', '--json'], { cwd: folder })
    expect(JSON.parse(again.out)).toMatchObject({ worklogs: { new: 0, changed: 0, unchanged: 1 } })
    expect(await version()).toBe(before)
  })

  it('that breaks exits 1, says what it had taken and where it broke', async () => {
    const issue = JSON.stringify(aJiraIssue(600, [aJiraWorklog(600)]))
    writeFileSync(join(folder, 'b.ndjson'), `${issue}\n{`)
    const broken = await run(['import', 'jira', 'b.ndjson'], { cwd: folder })
    expect(broken.code).toBe(1)
    expect(broken.out).toMatch(/^worklogs +1 new/m)
    expect(broken.err).toMatch(/^hourbook: .*b\.ndjson, line 2: not JSON/m)
  })

  it('of a file that is not there exits 1 and writes nothing', async () => {
    const before = await version()
    const { code, err } = await run(['import', 'jira', 'none.ndjson'])
    expect([code, err]).toEqual([1, expect.stringMatching(/none\.ndjson: there is no such file/)])
    expect(await version()).toBe(before)
  })
})

describe('token', () => {
  it('adopts a value from a file, and shows a secret only when it is made', async () => {
    const adopted = 'A.value+that/scripts=carry'
    writeFileSync(join(folder, 'value.txt'), `${adopted}\n`)
    const argv = ['token', 'create', '--user', 'bob', '--value-file', 'value.txt', '--name', 'old']
    expect(await run(argv, { cwd: folder })).toEqual({ code: 0, out: `${adopted}\n`, err: '' })
    const actor = await test.app.identity.identify(adopted, '127.0.0.1')
    expect(actor.scopes).toEqual(['read'])
    const made = JSON.parse(await ok('token', 'create', '--json', '--expires', '2026-03-03'))
    const list = (await ok('token', 'list')) + (await ok('token', 'list', '--json'))
    for (const secret of [adopted, made.token])
      for (const part of [secret, secret.slice(0, 12), hashSecret(secret)])
        expect(list).not.toContain(part)
    expect(list).toMatch(/old +Bob/)
    const revoked = await run(['token', 'revoke', String(made.id)])
    expect(revoked).toMatchObject({ code: 0, out: '' })
    await expect(test.app.identity.identify(made.token, '127.0.0.1')).rejects.toThrow(/revoked/)
    expect((await run(argv, { cwd: folder })).code).toBe(1)
  })
})

describe('connection and sync', () => {
  it('connect a Jira, read it, say what happened and let it go', async () => {
    const jira = await startFakeJira({ dialect: 'cloud', world: aGoldenWorld() })
    const { email, apiToken } = jira.credentials()
    writeFileSync(join(folder, 'jira-token'), `${apiToken}\n`)
    const secret = ['--secret-file', join(folder, 'jira-token')]
    const firstKey = [...jira.world.state.projects.values()][0]!.key
    try {
      const add = ['connection', 'add', 'main', '--url', jira.url, '--allow-private', ...secret]
      expect(await run([...add, '--login', 'who@example.org'])).toMatchObject({ code: 1, out: '' })
      expect(await run([...add, '--user', email, '--project', firstKey, 'NOWHERE'])).toMatchObject({
        code: 1,
        err: expect.stringMatching(/may not browse there: NOWHERE/),
      })
      const added = await run([...add, '--user', email])
      expect(added).toEqual({
        code: 0,
        out: 'main: Jira Cloud 1001.0.0-SNAPSHOT, logged in as Ada Admin, UTC\n',
        err: 'next: hourbook sync --connection main\n',
      })
      expect((await run([...add, '--login', email])).code).toBe(1)
      expect(await ok('sync', '--once')).toMatch(
        /^main: 210 new, 38 issues \(\d+ requests, \d+\.\d s/,
      )
      expect(await ok('sync', '--connection', 'main')).toMatch(/^main: nothing new \(\d+ requests/)
      expect(JSON.parse(await ok('sync', '--full', '--json'))).toMatchObject({ new: 0, gone: 0 })
      expect(JSON.parse(await ok('connection', 'list', '--json'))).toMatchObject([
        { name: 'main', kind: 'cloud', phase: 'ready', worklogsHeld: 210, trouble: '' },
      ])
      const choose = ['connection', 'choose', 'main']
      expect(await run(choose)).toMatchObject({ code: 1, out: '' })
      expect(await run([...choose, '--project', 'nowhere'])).toMatchObject({ code: 1, out: '' })
      expect(await run([...choose, '--project', firstKey])).toMatchObject({
        code: 1,
        err: expect.stringMatching(/worklogs of projects that are not chosen/),
      })
      expect(await run([...choose, '--project', firstKey, '--accept-hidden'])).toMatchObject({
        code: 0,
        out: `main: ${firstKey}\n`,
      })
      await ok('sync', '--once')
      const [held] = JSON.parse(await ok('connection', 'list', '--json'))
      expect(held.worklogsHeld).toBeLessThan(210)
      expect(held.projects).toBe(firstKey)
      expect(await run([...choose, '--all'])).toMatchObject({
        code: 0,
        out: 'main: all projects\n',
      })
      await ok('sync', '--once')
      expect(JSON.parse(await ok('connection', 'list', '--json'))).toMatchObject([
        { worklogsHeld: 210, projects: 'all' },
      ])
      const login = ['connection', 'login', 'main', '--person', 'jose', '--login', email, ...secret]
      expect(await run(login)).toMatchObject({ code: 1 })
    } finally {
      await jira.close()
    }
    const removed = await run(['connection', 'remove', 'main'])
    expect(removed.err).toBe('connection main is removed; its worklogs stay\n')
  })
})
