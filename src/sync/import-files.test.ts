import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, type TestDatabase } from '../../test/database.ts'
import { aJiraIssue, aJiraWorklog, anAuthor, anImport } from '../../test/jira-export.ts'

// Every quirk the real files have, hand-made and small: see the data folder's README.

let database: TestDatabase
const worlds: { remove(): void }[] = []
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(async () => {
  for (const world of worlds) world.remove()
  await database.close()
})

async function aWorld(timeZone?: string) {
  const world = await anImport(database, timeZone)
  worlds.push(world)
  return world
}

/** The only worklog of a fresh site after an import of just this entry. */
async function importOne(more: Record<string, unknown>, timeZone?: string) {
  const world = await aWorld(timeZone)
  const summary = await world.take(aJiraIssue(1, [aJiraWorklog(10, more)]))
  const [worklog, ...others] = await world.worklogs()
  expect(others).toEqual([])
  return { world, summary, worklog: worklog! }
}

describe('counts of an import', () => {
  it('shows what Jira announced and cut off after 20 entries', async () => {
    const world = await aWorld()
    const twenty = Array.from({ length: 20 }, (_, at) => aJiraWorklog(100 + at))
    await world.take(aJiraIssue(1, twenty, {}, { total: 67 }), aJiraIssue(2, [aJiraWorklog(500)]))
    expect(await world.census()).toEqual([68, 21])
  })

  it('shows an entry that is announced and hidden', async () => {
    const world = await aWorld()
    await world.take(aJiraIssue(1, [], { timespent: 10_800 }, { total: 1 }))
    expect(await world.census()).toEqual([1, 0])
    expect((await world.issue('ABC-1'))?.reportedTimeSpentSeconds).toBe(10_800)
  })

  it('keeps a time spent that is not the sum of the entries', async () => {
    const world = await aWorld()
    const entries = [1, 2, 3].map((id) => aJiraWorklog(id, { timeSpentSeconds: 600 }))
    const summary = await world.take(aJiraIssue(1, entries, { timespent: 7_800 }))
    expect(summary.seconds).toBe(1_800)
    expect((await world.issue('ABC-1'))?.reportedTimeSpentSeconds).toBe(7_800)
    expect(await world.census()).toEqual([3, 3])
  })

  it('takes an issue with time spent and no worklog field', async () => {
    const world = await aWorld()
    const summary = await world.take(aJiraIssue(1, undefined, { timespent: 600 }))
    expect(summary.issues.new).toBe(1)
    const issue = await world.issue('ABC-1')
    expect([issue?.reportedTimeSpentSeconds, issue?.reportedWorklogCount]).toEqual([600, null])
    expect(await world.census()).toEqual([0, 0])
  })

  it('takes hundreds of entries of several people on one issue', async () => {
    const world = await aWorld()
    const people = ['ann', 'bob', 'eve'].map((name) => ({ name, displayName: name }))
    const entries = Array.from({ length: 439 }, (_, at) =>
      aJiraWorklog(1_000 + at, { author: people[at % 3], updateAuthor: undefined }),
    )
    const summary = await world.take(aJiraIssue(1, entries))
    expect([summary.worklogs.new, summary.people.new, summary.seconds]).toEqual([
      439,
      3,
      439 * 3_600,
    ])
  })
})

describe('entries of every kind', () => {
  it.each([
    ['zero seconds', 0],
    ['36 seconds', 36],
    ['a day and more', 201_600],
    ['2,100 hours', 7_561_800],
  ])('keeps %s', async (_name, timeSpentSeconds) => {
    const { worklog, summary } = await importOne({ timeSpentSeconds })
    expect(worklog.timeSpentSeconds).toBe(timeSpentSeconds)
    expect(summary.seconds).toBe(timeSpentSeconds)
    expect(summary.warnings).toEqual([])
  })

  it('keeps a start in the year 16', async () => {
    const { worklog } = await importOne({ started: '0016-01-11T16:22:26.000+0000' })
    expect([worklog.day, worklog.startTime]).toEqual(['0016-01-11', '16:22:26'])
  })

  it.each([
    ['-0500', '2024-03-03', '23:30:00'],
    ['+0800', '2024-03-04', '12:30:00'],
    ['+0530', '2024-03-04', '10:00:00'],
  ])('takes the day of the written offset %s where no zone is known', async (offset, day, time) => {
    const sign = offset.startsWith('-') ? -1 : 1
    const seconds = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3))) * 60
    const local = new Date(Date.UTC(2024, 2, 4, 4, 30) + seconds * 1_000).toISOString()
    const { worklog } = await importOne({ started: local.replace('Z', offset) })
    expect([worklog.day, worklog.startTime]).toEqual([day, time])
    expect(worklog.startedAt).toBe(Date.UTC(2024, 2, 4, 4, 30))
    expect(worklog.offsetSeconds).toBe(seconds)
  })

  it("takes the author's day, whatever offset the reader of the export had", async () => {
    const author = { ...anAuthor, timeZone: 'Europe/Moscow' }
    const { worklog } = await importOne({ author, started: '2024-03-04T22:30:00.000+0100' })
    expect([worklog.day, worklog.startTime]).toEqual(['2024-03-05', '00:30:00'])
    expect(worklog.offsetSeconds).toBe(3 * 3_600)
  })

  it('keeps entries at exactly midnight on their day', async () => {
    const { worklog } = await importOne({ started: '2024-03-04T00:00:00.000+0000' })
    expect([worklog.day, worklog.startTime]).toEqual(['2024-03-04', '00:00:00'])
  })

  it('keeps one that begins after it was created, and one edited later', async () => {
    const { worklog } = await importOne({
      started: '2024-03-06T09:00:00.000+0000',
      created: '2024-03-04T08:00:00.000+0000',
      updated: '2024-03-20T10:00:00.123+0000',
      updateAuthor: { name: 'bob', displayName: 'Bob' },
    })
    expect(worklog.createdAt).toBe(Date.UTC(2024, 2, 4, 8))
    expect(worklog.updatedAt).toBe(Date.UTC(2024, 2, 20, 10, 0, 0, 123))
    expect(worklog.startedAt).toBeGreaterThan(worklog.createdAt)
    expect(worklog.updateAuthorId).not.toBe(worklog.authorId)
  })

  it.each([
    ['missing', undefined, ''],
    ['empty', '', ''],
    ['of several lines, CRLF', 'one\r\ntwo\r\n', 'one\r\ntwo\r\n'],
    ['with emoji and code', '👩‍👩‍👧 :+1: <b>|a|b|</b>\n- x', '👩‍👩‍👧 :+1: <b>|a|b|</b>\n- x'],
    ['in Chinese', '修复登录问题', '修复登录问题'],
    ['that begins with a zero-width space', '\u200bfix', '\u200bfix'],
    ['with a NUL', 'a\0b', 'ab'],
    ['of 2,000 characters', 'x'.repeat(2_000), 'x'.repeat(2_000)],
  ])('reads a comment %s', async (_name, comment, expected) => {
    const { worklog } = await importOne({ comment })
    expect(worklog.comment).toBe(expected)
  })

  it('keeps the restriction of an entry', async () => {
    const visibility = { type: 'group', value: 'managers' }
    const { worklog } = await importOne({ visibility })
    expect(worklog.visibility).toEqual(visibility)
  })

  it('keeps entity properties', async () => {
    const properties = [{ key: 'cesaw.interruptMinutes', value: 12 }]
    const { worklog } = await importOne({ properties })
    expect(worklog.properties).toEqual({ 'cesaw.interruptMinutes': 12 })
  })

  it('skips a negative time and says so, with file and line', async () => {
    const world = await aWorld()
    const file = world.lines(
      aJiraIssue(1, [aJiraWorklog(1, { timeSpentSeconds: -60 }), aJiraWorklog(2)]),
    )
    const summary = await world.run([file])
    expect(summary.worklogs.new).toBe(1)
    expect(summary.warnings).toEqual([
      expect.stringMatching(/file-1\.ndjson:1: .*worklog 1.*negative/),
    ])
  })

  it('takes the same time by the same person twice for two entries', async () => {
    const world = await aWorld()
    await world.take(aJiraIssue(1, [aJiraWorklog(1), aJiraWorklog(2)]))
    expect((await world.worklogs()).length).toBe(2)
  })

  it('keeps entries apart that share an id under two issues', async () => {
    const world = await aWorld()
    const file = world.lines(
      aJiraIssue(1, [aJiraWorklog(10_000, { comment: 'first' })]),
      aJiraIssue(2, [aJiraWorklog(10_000, { comment: 'second', timeSpentSeconds: 60 })]),
    )
    const summary = await world.run([file])
    expect(summary.worklogs.new).toBe(2)
    expect((await world.worklogs()).map((one) => [one.jiraId, one.copy, one.comment])).toEqual([
      ['10000', 0, 'first'],
      ['10000', 1, 'second'],
    ])
    const before = await world.state()
    await world.run([file])
    expect(await world.state()).toEqual(before)
  })
})
