import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import { describeStores } from '../../test/database.ts'
import type { IssueId } from '../domain/issue.ts'
import type { IssueCondition, IssueSearch, TextQuery } from '../domain/issue-query.ts'
import type { Viewer } from '../domain/permission.ts'
import { countIssues, searchIssues } from './issue-search.ts'

const everyone: Viewer = { kind: 'all' }

describeStores('searching issues', (database) => {
  const find = async (search: Partial<IssueSearch> & Pick<IssueSearch, 'siteId'>) => {
    const whole = {
      viewer: everyone,
      condition: { kind: 'everything' },
      order: [],
      ...search,
    } as const
    const { issues } = await searchIssues(database().engine.db, whole, { limit: 100 })
    expect(await countIssues(database().engine.db, whole)).toBe(issues.length)
    return issues.map(({ summary }) => summary).sort()
  }

  it('pages by offset from where the page before ended, and counts once a reading', async () => {
    const { store } = database()
    const site = await aSite(store)
    for (let at = 0; at < 25; at += 1)
      await site.anIssue({ summary: `${at}`, createdAt: at * 1_000 })
    const search: IssueSearch = {
      siteId: site.siteId,
      viewer: everyone,
      condition: { kind: 'everything' },
      order: [{ by: 'createdAt', direction: 'desc' }],
    }
    const page = async (offset: number, limit = 10) => {
      const { issues, total } = await store.issueSearch.page(search, { offset, limit })
      return [issues.map(({ summary }) => Number(summary)), total] as const
    }
    const down = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => from - at)
    expect(await page(0)).toEqual([down(24, 10), 25])
    await site.anIssue({ summary: '25', createdAt: 25_000 })
    expect(await page(10)).toEqual([down(14, 10), 25])
    // Nobody paged to there, so it begins at the nearest known place.
    expect(await page(15)).toEqual([down(9, 10), 25])
    expect(await page(20)).toEqual([down(4, 5), 25])
    expect(await page(0, 0)).toEqual([[], 26])
    expect(await page(100)).toEqual([[], 26])
    // Whoever begins anew sees the new one, on every page and with every size of page.
    expect(await page(0, 5)).toEqual([down(25, 5), 26])
    expect(await page(10)).toEqual([down(15, 10), 26])
    expect(await page(20)).toEqual([down(5, 6), 26])
  })

  it('counts a restricted worklog only for those who may see it', async () => {
    const site = await aSite(database().store)
    const [author, other] = await site.people([{}, {}])
    const issue = await site.anIssue({ summary: 'hidden' })
    await site.aWorklog({ issue, author: author!, visibility: { type: 'group', value: 'board' } })
    const workedOn: IssueCondition = { kind: 'workedOn', worklog: [] }
    const as = (viewer: Viewer, condition: IssueCondition = workedOn) =>
      find({ siteId: site.siteId, viewer, condition })
    const limited = (personId = other!.id, groupNames: readonly string[] = []): Viewer => ({
      kind: 'limited',
      personId,
      authorIds: 'everybody',
      groupNames,
    })
    expect(await as(everyone)).toEqual(['hidden'])
    expect(await as(limited())).toEqual([])
    expect(await as(limited(), { kind: 'complement', condition: workedOn })).toEqual(['hidden'])
    expect(await as(limited(other!.id, ['board']))).toEqual(['hidden'])
    expect(await as(limited(author!.id))).toEqual(['hidden'])
    expect(await as({ ...limited(), authorIds: [] } as Viewer)).toEqual([])
    // Time nobody showed the viewer is no time either, unless Jira's own total tells it.
    const spent: IssueCondition = { kind: 'empty', field: 'timeSpentSeconds', not: true }
    expect(await as(everyone, spent)).toEqual(['hidden'])
    expect(await as(limited(), spent)).toEqual([])
  })

  it('asks all of one worklog, not of several', async () => {
    const site = await aSite(database().store)
    const [ann, ben] = await site.people([{}, {}])
    const apart = await site.anIssue({ summary: 'apart' })
    const together = await site.anIssue({ summary: 'together' })
    await site.worklogs([
      { issue: apart, author: ann!, day: '2026-03-01' },
      { issue: apart, author: ben!, day: '2026-03-02' },
      { issue: together, author: ann!, day: '2026-03-02' },
    ])
    const worklog = [
      { kind: 'author', people: { personIds: [ann!.id], groupIds: [] }, not: false },
      { kind: 'days', spans: [{ from: day('2026-03-02'), to: day('2026-03-02') }], not: false },
    ] as const
    const { siteId } = site
    expect(await find({ siteId, condition: { kind: 'workedOn', worklog } })).toEqual(['together'])
    const each = worklog.map((one) => ({ kind: 'workedOn', worklog: [one] }) as const)
    expect(await find({ siteId, condition: { kind: 'and', conditions: each } })).toEqual([
      'apart',
      'together',
    ])
  })

  it('never matches an empty field by what it is not', async () => {
    const site = await aSite(database().store)
    await site.anIssue({ summary: 'open', status: 'Open', labels: ['red'] })
    await site.anIssue({ summary: 'done', status: 'Done', labels: ['red', 'blue'] })
    await site.anIssue({ summary: 'none' })
    const names = (field: 'status' | 'labels', name: string, not: boolean) =>
      find({ siteId: site.siteId, condition: { kind: 'names', field, names: [name], not } })
    expect(await names('status', 'Open', false)).toEqual(['open'])
    expect(await names('status', 'Open', true)).toEqual(['done'])
    expect(await names('labels', 'blue', true)).toEqual(['open'])
    expect(await names('labels', 'red', true)).toEqual([])
    expect(
      await find({
        siteId: site.siteId,
        condition: { kind: 'empty', field: 'labels', not: false },
      }),
    ).toEqual(['none'])
  })

  const word = (text: string): TextQuery => ({ kind: 'word', word: text })
  it.each<[string, TextQuery, string[]]>([
    ['a word, whatever its case', word('über'), ['Über-Plan: x_1', 'über']],
    ['a beginning', { kind: 'prefix', word: 'pl' }, ['Plan B', 'Über-Plan: x_1']],
    [
      'words apart by punctuation',
      { kind: 'phrase', words: ['plan', 'x', '1'], isPrefix: false },
      ['Über-Plan: x_1'],
    ],
    ['wildcards', { kind: 'pattern', word: '*l?n' }, ['Plan B', 'Über-Plan: x_1']],
    ['none of it', { kind: 'none', query: word('plan') }, ['1.5', 'über']],
    ['a number', word('5'), ['1.5']],
    ['a word longer than any', word('x'.repeat(5_000)), []],
    ['quotes and operators', word("a'b & c"), []],
  ])('finds text by %s', async (_, query, expected) => {
    const site = await aSite(database().store)
    for (const summary of ['Plan B', 'Über-Plan: x_1', 'über', '1.5', ''])
      await site.anIssue({ summary })
    const condition: IssueCondition = { kind: 'text', fields: ['summary'], query, not: false }
    expect(await find({ siteId: site.siteId, condition })).toEqual(expected)
  })

  it('survives values no database can hold', async () => {
    const site = await aSite(database().store)
    const field = { customFieldIds: ['customfield_1"]; drop', "o'clock\\"] }
    await site.anIssue({ summary: 'kept', fields: { "o'clock\\": '2026-02-29T25:00:00Z' } })
    const conditions: IssueCondition[] = [
      { kind: 'names', field: 'status', names: ['\0', '\ud800'], not: false },
      { kind: 'issues', issueIds: ['99999999999999999999' as IssueId], not: false },
      { kind: 'options', field, values: ["'; drop table issue; --"], not: false },
      { kind: 'instants', field, spans: [{ from: 0 }], not: false },
      { kind: 'days', field, spans: [{ from: day('2026-01-01') }], not: false },
      { kind: 'numbers', field, spans: [{ from: 1e21 }, { before: -0.5 }], not: false },
    ]
    for (const condition of conditions)
      expect(await find({ siteId: site.siteId, condition })).toEqual([])
    expect(
      await find({ siteId: site.siteId, condition: { kind: 'empty', field, not: true } }),
    ).toEqual(['kept'])
  })

  it('keeps sites apart, shows nothing for no rows, refuses a bookmark of another order', async () => {
    const [one, other] = [await aSite(database().store), await aSite(database().store)]
    await one.anIssue({ summary: 'mine' })
    await other.anIssue({ summary: 'theirs' })
    expect(await find({ siteId: one.siteId })).toEqual(['mine'])
    const search: IssueSearch = {
      siteId: one.siteId,
      viewer: everyone,
      condition: { kind: 'everything' },
      order: [{ by: 'createdAt', direction: 'desc' }],
    }
    const { db } = database().engine
    expect(await searchIssues(db, search, { limit: 0 })).toEqual({ issues: [] })
    await expect(
      searchIssues(db, search, { limit: 1, after: { values: [], id: '1' as IssueId } }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})
