import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, type TestDatabase } from '../../test/database.ts'
import { aJiraIssue, aJiraWorklog, anAuthor, anImport } from '../../test/jira-export.ts'
import { DomainError } from '../domain/errors.ts'
import type { ImportProgress } from './import-files.ts'

let database: TestDatabase
const worlds: { remove(): void }[] = []
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(async () => {
  for (const world of worlds) world.remove()
  await database.close()
})

async function aWorld() {
  const world = await anImport(database)
  worlds.push(world)
  return world
}

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  if (error instanceof DomainError) return error
  throw new Error(`was not refused: ${error}`)
}

describe('people and issues of an import', () => {
  it('takes entries without an author, and of deleted users, for one former user', async () => {
    const world = await aWorld()
    await world.take(
      aJiraIssue(1, [
        aJiraWorklog(1, { author: undefined, updateAuthor: undefined }),
        aJiraWorklog(2, { author: null, updateAuthor: null }),
      ]),
    )
    const authors = new Set((await world.worklogs()).map((one) => one.author.displayName))
    expect([...authors]).toEqual(['Former user'])
  })

  it('knows people of an old Jira by name alone, and inactive ones as such', async () => {
    const world = await aWorld()
    const author = { name: 'old', displayName: 'Öld 張', active: false }
    await world.take(aJiraIssue(1, [aJiraWorklog(1, { author, updateAuthor: author })]))
    const person = await world.person('old')
    expect(person).toMatchObject({ key: null, timeZone: null, displayName: 'Öld 張' })
    expect([person?.isActive, person?.isGhost]).toEqual([false, false])
  })

  it('makes ghosts of issues that only worklogs name, and fills them when they come', async () => {
    const world = await aWorld()
    const page = { total: 1, worklogs: [aJiraWorklog(1, { issueId: '77' })] }
    await world.run([world.write('page.json', JSON.stringify(page))], {
      source: 'jira.example.org',
    })
    const [before] = await world.worklogs()
    expect(before?.issue.key).toBe('UNKNOWN-77')
    await world.take(aJiraIssue(77))
    const [after, ...others] = await world.worklogs()
    expect(others).toEqual([])
    expect([after?.id, after?.issue.key]).toEqual([before?.id, 'ABC-77'])
  })

  it('finds a moved issue by its old key', async () => {
    const world = await aWorld()
    const changelog = {
      histories: [
        {
          id: '1',
          created: '2024-03-01T09:00:00.000+0000',
          items: [{ field: 'Key', fromString: 'OLD-5', toString: 'ABC-1' }],
        },
      ],
    }
    await world.take(aJiraIssue(1, [], {}, { changelog }))
    expect((await world.issue('OLD-5'))?.key).toBe('ABC-1')
  })

  it('takes a status name that has several ids, CJK names, and a reporter who is null', async () => {
    const world = await aWorld()
    const category = { statusCategory: { key: 'new', name: 'To Do' } }
    await world.take(
      aJiraIssue(1, [], { status: { id: '3', name: '待处理', ...category }, reporter: null }),
      aJiraIssue(2, [], { status: { id: '10003', name: '待处理', ...category } }),
    )
    const issues = [await world.issue('ABC-1'), await world.issue('ABC-2')]
    expect(issues.map((issue) => [issue?.status, issue?.reporterId])).toEqual([
      ['待处理', null],
      ['待处理', null],
    ])
  })

  it('takes a listed user for better informed than one beside a worklog', async () => {
    const world = await aWorld()
    const listed = { ...anAuthor, displayName: 'Ann Archer', timeZone: 'Asia/Shanghai' }
    const file = { users: [listed], search: { issues: [aJiraIssue(1, [aJiraWorklog(1)])] } }
    await world.run([world.write('all.json', JSON.stringify(file))])
    expect(await world.person('ann')).toMatchObject({
      displayName: 'Ann Archer',
      timeZone: 'Asia/Shanghai',
    })
    expect((await world.worklogs())[0]?.startTime).toBe('17:00:00')
  })
})

describe('sources of an import', () => {
  const pair = (world: Awaited<ReturnType<typeof aWorld>>) =>
    ['one.example.org', 'two.example.org/jira'].map((host) =>
      world.lines(aJiraIssue(1, [aJiraWorklog(5, { comment: host })], {}, { host })),
    )

  it('keeps two Jiras with the same ids apart, told by their links', async () => {
    const world = await aWorld()
    await world.run(pair(world))
    expect((await world.worklogs()).map((one) => one.comment)).toEqual([
      'one.example.org',
      'two.example.org/jira',
    ])
    expect(await world.census('one.example.org')).toEqual([1, 1])
    expect(await world.census('two.example.org/jira')).toEqual([1, 1])
  })

  it('takes everything for one Jira when its name is given', async () => {
    const world = await aWorld()
    await world.run(pair(world), { source: 'ours' })
    expect((await world.worklogs()).length).toBe(1)
    expect(await world.census('ours')).toEqual([1, 1])
    expect(await world.census('one.example.org')).toEqual([undefined, undefined])
  })

  it('calls a source without links and name simply import', async () => {
    const world = await aWorld()
    await world.take({ ...aJiraIssue(1, [aJiraWorklog(1)]), self: undefined })
    expect(await world.census('import')).toEqual([1, 1])
  })

  it('counts the worklogs of people listed before any issue to the Jira of the issues', async () => {
    const world = await aWorld()
    const projects = { values: [{ id: '1', key: 'ABC', name: 'Named by the list' }] }
    const file = { users: [anAuthor], projects, issues: [aJiraIssue(1)] }
    await world.run([world.write('order.json', JSON.stringify(file))])
    const { siteId, store } = world
    const project = (await store.projects.findByNames(siteId, ['ABC'])).get('ABC')?.[0]
    expect(project?.name).toBe('Named by the list')
    expect(await world.census('import')).toEqual([undefined, undefined])
  })
})

describe('a broken import', () => {
  it('names file, line and reason, keeps what stood before, and leaves later files alone', async () => {
    const world = await aWorld()
    const first = world.lines(aJiraIssue(1, [aJiraWorklog(1)]))
    const broken = world.lines(
      aJiraIssue(2, [aJiraWorklog(2)]),
      aJiraIssue(3, [aJiraWorklog(3)]),
      '{"id": "4", "key": ',
      aJiraIssue(5, [aJiraWorklog(5)]),
    )
    const later = world.lines(aJiraIssue(6, [aJiraWorklog(6)]))
    const error = await refusal(world.run([first, broken, later]))
    expect(error.code).toBe('invalid')
    expect(error.message).toMatch(/^\S+file-2\.ndjson, line 3: not JSON: \S/)
    expect(error.details).toMatchObject({ file: broken, line: 3 })
    expect(error.details.imported).toMatchObject({ worklogs: { new: 3 } })
    expect((await world.worklogs()).map((one) => one.jiraId)).toEqual(['1', '2', '3'])
    expect(await world.census()).toEqual([3, 3])
  })

  it.each([
    ['an empty file', 'a.ndjson', '', /it is empty/],
    ['an unknown kind of file', 'a.csv', 'a,b', /unknown kind of file/],
    ['gzip that ends early', 'a.ndjson.gz', gzipSync('{"id":1}\n').subarray(0, 15), /ends early/],
    ['a document that ends early', 'a.json', '{"issues": [\n{"id": "1",', /line 2: .*ends early/],
  ])('refuses %s and writes nothing', async (_name, name, content, reason) => {
    const world = await aWorld()
    const before = await world.state()
    const error = await refusal(world.run([world.write(name, content)]))
    expect(error.message).toMatch(reason)
    expect(error.message).toContain(name)
    expect(await world.state()).toEqual(before)
  })

  it('refuses a file that is not there', async () => {
    const world = await aWorld()
    const error = await refusal(world.run([`${world.folder}/none.json`]))
    expect(error.message).toMatch(/none\.json: there is no such file/)
  })

  it('stops when told to, and keeps what was committed and read', async () => {
    const world = await aWorld()
    const issues = Array.from({ length: 7_000 }, (_, at) => aJiraIssue(1 + at))
    const stop = new AbortController()
    const onProgress = ({ counts }: ImportProgress) => {
      if (counts.issues.new > 0) stop.abort()
    }
    const files = [world.lines(...issues)]
    const { signal } = stop
    await expect(
      world.importFiles({ siteId: world.siteId, files, signal, onProgress }),
    ).rejects.toThrow(/abort/i)
    expect(await world.issue('ABC-2000')).toBeDefined()
    expect(await world.issue('ABC-7000')).toBeUndefined()
    const { issues: again } = await world.run(files)
    expect(again.unchanged).toBeGreaterThanOrEqual(2_000)
    expect(again).toMatchObject({ changed: 0, new: 7_000 - again.unchanged })
  })
})

describe('an import told twice', () => {
  it('writes nothing the second time: no version, no audit', async () => {
    const world = await aWorld()
    const twice = [aJiraWorklog(7), aJiraWorklog(7, { comment: 'the same id', created: undefined })]
    const files = [
      world.lines(
        aJiraIssue(1, [aJiraWorklog(1), aJiraWorklog(2, { author: null })]),
        aJiraIssue(2, twice, { timespent: 10 }, { total: 30 }),
        aJiraIssue(1, [aJiraWorklog(1)]),
      ),
      world.write(
        'page.json',
        JSON.stringify({ users: [anAuthor], worklogs: [aJiraWorklog(9, { issueId: 4_711 })] }),
      ),
    ]
    await world.run(files)
    const before = await world.state()
    const again = await world.run(files)
    expect(await world.state()).toEqual(before)
    expect([again.worklogs.new, again.worklogs.changed]).toEqual([0, 0])
    expect(again.people).toEqual({ new: 0, changed: 0 })
  })

  it('changes only what the Jira changed', async () => {
    const world = await aWorld()
    await world.take(aJiraIssue(1, [aJiraWorklog(1), aJiraWorklog(2)]))
    const later = { updated: '2024-04-01T09:00:00.000+0000', timeSpentSeconds: 60 }
    const summary = await world.take(aJiraIssue(1, [aJiraWorklog(1, later), aJiraWorklog(2)]))
    expect(summary.worklogs).toMatchObject({ new: 0, changed: 1, unchanged: 1 })
    // An export from before the change comes late: it must not turn the clock back.
    const old = await world.take(aJiraIssue(1, [aJiraWorklog(1), aJiraWorklog(2)]))
    expect(old.worklogs).toMatchObject({ new: 0, changed: 0, unchanged: 2 })
  })
})
