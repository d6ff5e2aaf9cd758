import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { ByIssueOptions, WorklogQuery } from '../domain/worklog.ts'

export function worklogByIssueContract(database: () => TestDatabase): void {
  async function read(query: WorklogQuery, options: ByIssueOptions = {}) {
    const issues: { issueId: string; seconds: number[]; parts: number }[] = []
    let isOpen = false
    for await (const batch of database().store.worklogs.byIssue(query, options))
      for (const { issueId, worklogs, isLast } of batch) {
        if (!isOpen) issues.push({ issueId, seconds: [], parts: 0 })
        const issue = issues.at(-1)!
        expect(issue.issueId).toBe(issueId)
        issue.seconds.push(...worklogs.map((one) => one.timeSpentSeconds))
        issue.parts += 1
        isOpen = !isLast
      }
    expect(isOpen).toBe(false)
    return issues
  }

  it('come in the natural order of their keys, by id or by when work began', async () => {
    const { store } = database()
    const site = await aSite(store)
    const [a, b] = [await site.aProject({ key: 'AB' }), await site.aProject({ key: 'ABC' })]
    const issues = [
      await site.anIssue({ project: b, key: 'ABC-1' }),
      await site.anIssue({ project: a, key: 'AB-10' }),
      await site.anIssue({ project: a, key: 'AB-9' }),
      await site.anIssue({ project: a, key: 'AB-8' }),
    ]
    await site.worklogs([
      { issue: issues[0]!, timeSpentSeconds: 1 },
      { issue: issues[1]!, timeSpentSeconds: 2, startedAt: 2_000 },
      { issue: issues[2]!, timeSpentSeconds: 3 },
      { issue: issues[1]!, timeSpentSeconds: 4, startedAt: 1_000 },
    ])
    const query: WorklogQuery = { siteId: site.siteId, viewer: { kind: 'all' } }
    const ids = [issues[2]!.id, issues[1]!.id, issues[0]!.id]
    expect((await read(query)).map((one) => [one.issueId, one.seconds])).toEqual([
      [ids[0], [3]],
      [ids[1], [2, 4]],
      [ids[2], [1]],
    ])
    expect((await read(query, { order: 'started' }))[1]!.seconds).toEqual([4, 2])
  })

  it('stand under the issue that theirs links to, and under no other', async () => {
    const { store } = database()
    const site = await aSite(store)
    const project = await site.aProject({ key: 'LN' })
    const whole = await site.anIssue({ project, key: 'LN-1' })
    const type = { inward: 'has part', outward: 'Is part of' }
    const part = await site.anIssue({
      project,
      key: 'LN-2',
      fields: { issuelinks: [{ type, outwardIssue: { id: whole.jiraId } }] },
    })
    const child = await site.anIssue({ project, key: 'LN-3', parentJiraId: part.jiraId })
    await site.worklogs([
      { issue: whole, timeSpentSeconds: 1 },
      { issue: part, timeSpentSeconds: 2 },
      { issue: child, timeSpentSeconds: 4 },
    ])
    const query: WorklogQuery = { siteId: site.siteId, viewer: { kind: 'all' } }
    const shown = async (options: ByIssueOptions) =>
      (await read(query, options)).map(({ issueId, seconds }) => [issueId, seconds])
    const alone = [child.id, [4]]
    expect(await shown({ underLinks: ['is part OF'] })).toEqual([[whole.id, [1, 2]], alone])
    expect(await shown({ underLinks: ['is part of'], underParent: true })).toEqual([
      [whole.id, [1, 2]],
      [part.id, [4]],
    ])
    const each = [[whole.id, [1]], [part.id, [2]], alone]
    expect(await shown({ underLinks: ['has part'] })).toEqual(each)
    expect(await shown({ underLinks: ['blocks'] })).toEqual(each)
  })

  it('come with issues nobody worked on, where a project or a condition chooses some', async () => {
    const { store } = database()
    const site = await aSite(store)
    const [a, b] = [await site.aProject({ key: 'EA' }), await site.aProject({ key: 'EB' })]
    const [worked, empty, other] = [
      await site.anIssue({ project: a, key: 'EA-2', issueType: 'Bug' }),
      await site.anIssue({ project: a, key: 'EA-1' }),
      await site.anIssue({ project: b, key: 'EB-1', issueType: 'Bug' }),
    ]
    await site.worklogs([{ issue: worked, timeSpentSeconds: 7 }])
    const query: WorklogQuery = { siteId: site.siteId, viewer: { kind: 'all' } }
    const ids = async (more: Partial<WorklogQuery>) =>
      (await read({ ...query, ...more }, { withEmpty: true })).map((one) => [
        one.issueId,
        ...one.seconds,
      ])
    expect(await ids({})).toEqual([[worked.id, 7]])
    expect(await ids({ projectIds: [a.id] })).toEqual([[empty.id], [worked.id, 7]])
    const bugs = { kind: 'names', field: 'issueType', names: ['Bug'], not: false } as const
    expect(await ids({ issueCondition: bugs })).toEqual([[worked.id, 7], [other.id]])
    expect(await ids({ issueCondition: bugs, projectIds: [b.id] })).toEqual([[other.id]])
  })

  it('show sub-tasks under their parents where asked to', async () => {
    const { store } = database()
    const site = await aSite(store)
    const parent = await site.anIssue({ key: 'P-2' })
    const child = await site.anIssue({ key: 'P-1', parentJiraId: parent.jiraId })
    await site.worklogs([
      { issue: child, timeSpentSeconds: 1 },
      { issue: parent, timeSpentSeconds: 2 },
    ])
    const query: WorklogQuery = { siteId: site.siteId, viewer: { kind: 'all' } }
    expect(await read(query, { underParent: true })).toEqual([
      { issueId: parent.id, seconds: [1, 2], parts: 1 },
    ])
  })

  it('come in parts where one has more worklogs than are held at a time, none lost or doubled', async () => {
    const { store } = database()
    const site = await aSite(store)
    const [many, few] = [await site.anIssue({ key: 'P-1' }), await site.anIssue({ key: 'P-2' })]
    const seconds = Array.from({ length: 1_200 }, (_, at) => at)
    await site.worklogs(seconds.map((one) => ({ issue: many, timeSpentSeconds: one })))
    await site.worklogs([{ issue: few, timeSpentSeconds: 7 }])
    const query: WorklogQuery = { siteId: site.siteId, viewer: { kind: 'all' } }
    for (const order of ['id', 'started'] as const) {
      const issues = await read(query, { order })
      expect(issues[0]!.parts).toBe(3)
      expect(issues[0]!.seconds).toEqual(seconds)
      expect(issues[1]).toEqual({ issueId: few.id, seconds: [7], parts: 1 })
    }
  })
}
