import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { ownConnection } from '../domain/site.ts'
import type { Worklog, WorklogId } from '../domain/worklog.ts'

const oddTexts = [
  ['empty', ''],
  ['blank', ' '],
  ['apostrophe', "it's"],
  ['quotes', '"quoted"'],
  ['backslashes', 'back\\slash \\n \\u0041'],
  ['list and JSON punctuation', '{},"[]:'],
  ['placeholders', '$1 %s ? :name'],
  ['CJK and zero-width', '山田さんの作業\u200b\u200d\ufeff'],
  ['emoji', '👩‍💻 🏳️‍🌈 \u{10ffff}'],
  ['line ends and control characters', 'line\r\nfeed\ttab\u0001\u007f\u2028'],
  ['SQL', "'; drop table worklog; --"],
  ['long', 'x'.repeat(32_767)],
] as const

export function worklogValuesContract(database: () => TestDatabase): void {
  it('shows a worklog with the names every list shows', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const author = await site.aPerson({ timeZone: 'Asia/Tokyo', isActive: false })
    const project = await site.aProject()
    const issue = await site.anIssue({ project })
    const worklog = await site.aWorklog({ author, issue })
    expect(await store.worklogs.get(siteId, worklog.id)).toEqual({
      ...worklog,
      issue: { id: issue.id, jiraId: issue.jiraId, key: issue.key, summary: issue.summary },
      project: { id: project.id, jiraId: project.jiraId, key: project.key, name: project.name },
      author: {
        id: author.id,
        accountId: author.accountId,
        username: author.username,
        key: author.key,
        displayName: author.displayName,
        email: author.email,
        timeZone: 'Asia/Tokyo',
        isActive: false,
      },
    })
  })

  it.each(oddTexts)('keeps %s text wherever a text can stand', async (_, text) => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const worklog = await site.aWorklog({
      comment: text,
      category: text,
      visibility: { type: 'group', value: text },
      attributes: { [text]: text, __proto__x: text },
      properties: { [text]: [text, { deep: { [text]: null } }] },
    })
    expect(await store.worklogs.getMany(siteId, [worklog.id])).toEqual([worklog])
  })

  it.each<[string, Partial<Worklog> & { day?: never }]>([
    ['zero seconds', { timeSpentSeconds: 0, billableSeconds: 0 }],
    ['the longest real entry', { timeSpentSeconds: 7_561_800, billableSeconds: 36_000_000 }],
    ['a source id above 2^53', { jiraId: '9223372036854775807', copy: 32_767 }],
    ['the year 16', { startedAt: Date.parse('0016-01-11T16:22:26.123Z'), createdAt: -6e13 }],
    ['the last moment', { updatedAt: Date.parse('9999-12-31T23:59:59.999Z') }],
    ['moments around the epoch', { startedAt: -1, createdAt: 0, updatedAt: 1 }],
    ['fractions of one, two and three digits', { startedAt: 100, createdAt: 1_010, updatedAt: 5 }],
    ['an odd offset', { offsetSeconds: -17_762, startTime: '23:59:59' }],
    ['a role', { visibility: { type: 'role', value: 'Administrators' } }],
    ['a deletion', { deletedAt: 1_700_000_000_001 }],
  ])('keeps %s', async (_, values) => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const worklog = await site.aWorklog(values)
    expect(await store.worklogs.getMany(siteId, [worklog.id])).toEqual([worklog])
  })

  it('keeps the day of the year 16', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const worklog = await site.aWorklog({ day: '0016-01-11' })
    expect(await store.worklogs.get(siteId, worklog.id)).toMatchObject({
      day: '0016-01-11',
      startedAt: Date.parse('0016-01-11T09:00:00Z'),
    })
  })

  it.each([
    ['a NUL character', { comment: 'a\0b' }],
    ['negative seconds', { timeSpentSeconds: -1 }],
    ['negative billable seconds', { billableSeconds: -1 }],
  ])('refuses %s and writes nothing', async (_, values) => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    await expect(site.aWorklog(values)).rejects.toThrow()
    const viewer = { kind: 'all' } as const
    expect(await store.worklogs.tally({ siteId, viewer })).toMatchObject({ count: 0 })
  })

  it('inserts and updates 2,500 rows in one statement, ids in the order given', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const rows = await site.worklogs(
      Array.from({ length: 2_500 }, (_, at) => ({ comment: `row ${at}`, timeSpentSeconds: at })),
    )
    const ids = rows.map((row) => row.id)
    const byId = (found: readonly Worklog[]) => new Map(found.map((row) => [row.id, row]))
    const stored = byId(await store.worklogs.getMany(siteId, ids))
    expect(ids.map((id) => stored.get(id))).toEqual(rows)
    const changed = await store.write(siteId, async (tx) => {
      const next = rows.map((row) => ({ ...row, comment: 'c', version: tx.takeVersions(1) }))
      await tx.worklogs.update(siteId, next)
      return next
    })
    const after = byId(await store.worklogs.getMany(siteId, ids))
    expect(ids.map((id) => after.get(id))).toEqual(changed)
  })

  it('changes every part of a row but its number', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const row = await site.aWorklog()
    const [author, issue] = [await site.aPerson(), await site.anIssue()]
    const changed = await site.changeWorklog(row, {
      issueId: issue.id,
      projectId: issue.projectId,
      authorId: author.id,
      updateAuthorId: author.id,
      jiraId: '77',
      copy: 1,
      startedAt: 5,
      day: day('1970-01-01'),
      startTime: '00:00:00',
      offsetSeconds: 3_600,
      timeSpentSeconds: 60,
      billableSeconds: 30,
      comment: 'c',
      category: 'k',
      visibility: { type: 'role', value: 'r' },
      attributes: { a: 'b' },
      properties: { p: 1 },
      createdAt: 6,
      updatedAt: 7,
      deletedAt: 8,
    })
    expect(await store.worklogs.getMany(siteId, [row.id])).toEqual([changed])
    const back = await site.changeWorklog(row, {})
    expect(await store.worklogs.getMany(siteId, [row.id])).toEqual([back])
  })

  it('finds rows by the ids of their source, deleted ones too', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const { id: jira } = await store.connections.create(siteId, { name: 'jira', baseUrl: null })
    const [a, b, c, d] = await site.worklogs([
      { connectionId: jira, jiraId: '5', copy: 1 },
      { connectionId: jira, jiraId: '5', copy: 0, deletedAt: 1 },
      { connectionId: jira, jiraId: '9007199254740993' },
      { connectionId: ownConnection, jiraId: '5' },
    ])
    const big = '9007199254740993'
    expect(await store.worklogs.findByJiraIds(siteId, jira, [big, '5', '6'])).toEqual([b, a, c])
    expect(await store.worklogs.findByJiraIds(siteId, ownConnection, ['5'])).toEqual([d])
    expect(await store.worklogs.findByJiraIds(siteId, jira, [])).toEqual([])
    await expect(site.aWorklog({ connectionId: jira, jiraId: '5' })).rejects.toThrow(/duplicate/)
  })

  it('hides deleted rows and those of another site from get, and changes nothing there', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const theirs = await there.aWorklog({ jiraId: '5' })
    const mine = await here.aWorklog({ jiraId: '5' })
    const gone = await here.aWorklog({ deletedAt: 1 })
    const wrong = [theirs.id, gone.id, '0', '', 'x', '1e3', '99999999999999999999'] as WorklogId[]
    for (const id of wrong)
      await expect(store.worklogs.get(here.siteId, id)).rejects.toMatchObject({ code: 'not-found' })
    const ids = [mine.id, theirs.id, gone.id]
    expect(await store.worklogs.getMany(here.siteId, ids)).toEqual([mine, gone])
    expect(await store.worklogs.getMany(here.siteId, [])).toEqual([])
    expect(await store.worklogs.findByJiraIds(here.siteId, ownConnection, ['5'])).toEqual([mine])
    await store.worklogs.update(here.siteId, [{ ...mine, id: theirs.id, comment: 'taken over' }])
    expect((await store.worklogs.get(there.siteId, theirs.id)).comment).toBe('')
  })
}
