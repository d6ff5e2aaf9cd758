import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Issue, IssueId } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import { ownConnection } from '../domain/site.ts'

const ids = (rows: Iterable<{ id: string }>) => [...rows].map((row) => row.id)
const idsByName = (found: ReadonlyMap<string, { id: string }[]>) =>
  Object.fromEntries([...found].map(([name, rows]) => [name, ids(rows)]))
const awkward = [
  'a,b',
  '{}',
  '"quoted"',
  'back\\slash',
  '',
  'NULL',
  '{a,"b"}',
  ' 開発 \u200b',
  '👩‍💻',
]

export function issuesContract(database: () => TestDatabase): void {
  it('keeps projects with all their attributes', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const lead = await site.aPerson()
    const project = await site.aProject({
      jiraId: '9007199254740993',
      name: '案件 "\\"',
      category: 'Kunde',
      leadId: lead.id,
      isActive: false,
      isGhost: true,
    })
    expect(await store.projects.get(siteId, project.id)).toEqual(project)
    const changed = { ...project, name: 'Plain', category: null, leadId: null, isGhost: false }
    await store.projects.update(siteId, [changed])
    expect(await store.projects.getMany(siteId, [project.id])).toEqual([changed])
    expect(await store.projects.getMany(siteId, [])).toEqual([])
  })

  it('finds projects by id, key, name and source, keys before names', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const alpha = await site.aProject({ key: 'AL', name: 'BE', jiraId: '1' })
    const beta = await site.aProject({ key: 'BE', name: 'Twin', jiraId: '2' })
    const gamma = await site.aProject({ key: 'GA', name: 'Twin', jiraId: '3' })
    const found = await store.projects.findByNames(siteId, [alpha.id, 'BE', 'Twin', 'twin', '\0'])
    expect(idsByName(found)).toEqual({
      [alpha.id]: [alpha.id],
      BE: [beta.id],
      Twin: [beta.id, gamma.id],
    })
    const byJira = await store.projects.findByJiraIds(siteId, ownConnection, ['2', '4'])
    expect(ids(byJira)).toEqual([beta.id])
    expect(ids(await store.projects.findByKeys(siteId, ownConnection, ['GA', 'X']))).toEqual([
      gamma.id,
    ])
    expect(ids(await store.projects.list(siteId, { limit: 2 }))).toEqual([alpha.id, beta.id])
    expect(ids(await store.projects.list(siteId, { limit: 2, afterId: beta.id }))).toEqual([
      gamma.id,
    ])
    expect(ids(await store.projects.list(siteId, { limit: 9, text: 'tWi' }))).toEqual([
      beta.id,
      gamma.id,
    ])
  })

  it('gives out issue numbers one by one', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [project, other] = [await site.aProject(), await site.aProject()]
    const numbers = await Promise.all(
      Array.from({ length: 20 }, () => store.projects.nextIssueNumber(siteId, project.id)),
    )
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
    expect(await store.projects.nextIssueNumber(siteId, other.id)).toBe(1)
  })

  it('keeps every attribute of an issue, and the absence of each', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const full = await site.anIssue({
      jiraId: '9223372036854775807',
      summary: '\u200b要件 "x" \\ \n\r\n\t 👩‍💻',
      issueType: 'バグ',
      isSubtask: true,
      status: '完了',
      statusCategory: 'done',
      priority: 'Major',
      resolution: "Won't fix",
      assigneeId: person.id,
      reporterId: person.id,
      creatorId: person.id,
      parentJiraId: '9007199254740993',
      labels: awkward,
      components: awkward,
      fixVersions: awkward,
      affectedVersions: awkward,
      sprints: awkward,
      originalEstimateSeconds: 9_007_199_254_740_991,
      remainingEstimateSeconds: 0,
      reportedTimeSpentSeconds: 3_628_800,
      reportedWorklogCount: 67,
      dueDay: day('0016-01-11'),
      createdAt: Date.UTC(2026, 2, 2, 3, 4, 5, 6),
      updatedAt: -1,
      resolvedAt: 0,
      fields: { customfield_1: { value: 'x', child: [null, 1.5, true, awkward] }, 'ключ "': {} },
      isGhost: true,
    })
    const bare = await site.anIssue()
    expect(await store.issues.get(siteId, full.id)).toEqual(full)
    expect(await store.issues.get(siteId, bare.id)).toEqual(bare)
    const changed: Issue = { ...full, id: bare.id, jiraId: bare.jiraId, version: 900 }
    await store.issues.update(siteId, [changed, { ...bare, id: full.id, version: 901 }].slice(0, 1))
    await store.issues.update(siteId, [])
    expect(await store.issues.getMany(siteId, [bare.id])).toEqual([changed])
    expect(await store.issues.getMany(siteId, [])).toEqual([])
  })

  it('inserts 2,000 issues at once and gives their ids in order', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const pattern = await site.anIssue()
    const rows = Array.from({ length: 2_000 }, (_, at) => ({
      ...pattern,
      jiraId: `${30_000 + at}`,
    }))
    const given = await store.write(siteId, (tx) =>
      tx.issues.insert(
        siteId,
        rows.map((row) => ({ ...row, version: tx.takeVersions(1) })),
      ),
    )
    const stored = new Map((await store.issues.getMany(siteId, given)).map((one) => [one.id, one]))
    expect(given.map((id) => stored.get(id)?.jiraId)).toEqual(rows.map((row) => row.jiraId))
  })

  it('takes worklogs along when an issue moves to another project', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [from, to] = [await site.aProject(), await site.aProject()]
    const issue = await site.anIssue({ project: from })
    const stays = await site.anIssue({ project: from })
    const [moved, left] = await site.worklogs([{ issue }, { issue: stays }])
    await store.issues.update(siteId, [{ ...issue, projectId: to.id, key: `${to.key}-1` }])
    expect(await store.worklogs.get(siteId, moved!.id)).toMatchObject({
      projectId: to.id,
      project: { key: to.key },
      issue: { key: `${to.key}-1` },
    })
    expect(await store.worklogs.get(siteId, left!.id)).toMatchObject({ projectId: from.id })
  })

  it('finds issues by id, key and old key; a present key beats an old one', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const project = await site.aProject()
    const moved = await site.anIssue({ project, key: 'NEW-1', jiraId: '1' })
    const heir = await site.anIssue({ project, key: 'OLD-2', jiraId: '2' })
    const twin = await site.anIssue({ project, key: 'NEW-1', jiraId: '3' })
    const keys = [
      { key: 'OLD-1', issueId: moved.id },
      { key: 'OLD-2', issueId: moved.id },
      { key: 'OLD-3', issueId: moved.id },
      { key: 'OLD-3', issueId: heir.id },
    ]
    await store.issues.addOldKeys(siteId, keys)
    await store.issues.addOldKeys(siteId, [...keys, ...keys])
    await store.issues.addOldKeys(siteId, [])
    const asked = [moved.id, 'OLD-1', 'OLD-2', 'OLD-3', 'NEW-1', 'new-1', 'NO-1', '\0', '']
    expect(idsByName(await store.issues.findByNames(siteId, asked))).toEqual({
      [moved.id]: [moved.id],
      'OLD-1': [moved.id],
      'OLD-2': [heir.id],
      'OLD-3': [moved.id, heir.id],
      'NEW-1': [moved.id, twin.id],
    })
    expect(ids(await store.issues.findByJiraIds(siteId, ownConnection, ['3', '9']))).toEqual([
      twin.id,
    ])
  })

  it('takes more old keys than one statement has parameters', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const issue = await site.anIssue()
    await store.issues.addOldKeys(
      siteId,
      Array.from({ length: 25_000 }, (_, at) => ({ key: `OLD-${at}`, issueId: issue.id })),
    )
    const found = await store.issues.findByNames(siteId, ['OLD-24999'])
    expect(found.get('OLD-24999')).toHaveLength(1)
  })

  it('lists issues by id, by project and by text', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const [p, q] = [await site.aProject({ key: 'PP' }), await site.aProject({ key: 'QQ' })]
    const a = await site.anIssue({ project: p, summary: '100% done' })
    const b = await site.anIssue({ project: q, summary: '1000 done' })
    const list = async (query: object) =>
      ids(await store.issues.list({ siteId, limit: 10, ...query }))
    expect(await list({})).toEqual([a.id, b.id])
    expect(await list({ limit: 1 })).toEqual([a.id])
    expect(await list({ afterId: a.id })).toEqual([b.id])
    expect(await list({ projectIds: [q.id] })).toEqual([b.id])
    expect(await list({ projectIds: [] })).toEqual([])
    expect(await list({ text: '0%' })).toEqual([a.id])
    expect(await list({ text: 'qq-' })).toEqual([b.id])
  })

  it('puts saved filters and fields, counting only what is new or differs', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const owner = await site.aPerson()
    const filter = {
      connectionId: ownConnection,
      jiraId: '10000',
      name: 'Mine',
      jql: 'summary ~ "\\"x\\"" order by key',
      description: null,
      ownerId: owner.id,
      isFavourite: true,
    }
    const field = {
      connectionId: ownConnection,
      id: 'customfield_1',
      name: 'Story Points',
      isCustom: true,
      type: null,
      clauseNames: awkward,
    }
    const other = { ...filter, jiraId: '10001', ownerId: null, description: 'd' }
    expect(await store.catalogue.putFilters(siteId, [filter, other])).toBe(2)
    expect(await store.catalogue.putFilters(siteId, [filter, other])).toBe(0)
    expect(await store.catalogue.putFilters(siteId, [filter, { ...other, name: 'n' }])).toBe(1)
    expect(await store.catalogue.listFilters(siteId)).toMatchObject([filter, { name: 'n' }])
    expect(await store.catalogue.putFields(siteId, [field])).toBe(1)
    expect(await store.catalogue.putFields(siteId, [field])).toBe(0)
    expect(await store.catalogue.putFields(siteId, [{ ...field, type: 'number' }])).toBe(1)
    expect(await store.catalogue.listFields(siteId)).toEqual([{ ...field, type: 'number' }])
    expect(await store.catalogue.putFields(siteId, [])).toBe(0)
    expect(await store.catalogue.putFilters(siteId, [])).toBe(0)
  })

  it('never shows projects, issues and catalogues of another site', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const make = async (site: typeof here) => {
      const project = await site.aProject({ key: 'SAME', name: 'Same', jiraId: '1' })
      const issue = await site.anIssue({ project, key: 'SAME-1', jiraId: '1' })
      await store.issues.addOldKeys(site.siteId, [{ key: 'WAS-1', issueId: issue.id }])
      const field = { connectionId: ownConnection, name: 'f', isCustom: false, type: null }
      await store.catalogue.putFields(site.siteId, [{ ...field, id: 'same', clauseNames: [] }])
      return { project, issue }
    }
    const [mine, theirs] = [await make(here), await make(there)]
    const { siteId } = here
    for (const id of [theirs.issue.id, '0', 'x', '99999999999999999999'] as IssueId[])
      await expect(store.issues.get(siteId, id)).rejects.toMatchObject({ code: 'not-found' })
    for (const id of [theirs.project.id, '-1', ''] as ProjectId[])
      await expect(store.projects.get(siteId, id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.issues.getMany(siteId, [theirs.issue.id])).toEqual([])
    expect(await store.projects.getMany(siteId, [theirs.project.id])).toEqual([])
    const names = ['SAME-1', 'WAS-1', theirs.issue.id]
    expect(idsByName(await store.issues.findByNames(siteId, names))).toEqual({
      'SAME-1': [mine.issue.id],
      'WAS-1': [mine.issue.id],
    })
    const projectNames = ['SAME', 'Same', theirs.project.id]
    expect(idsByName(await store.projects.findByNames(siteId, projectNames))).toEqual({
      SAME: [mine.project.id],
      Same: [mine.project.id],
    })
    expect(ids(await store.issues.findByJiraIds(siteId, ownConnection, ['1']))).toEqual([
      mine.issue.id,
    ])
    expect(ids(await store.projects.findByJiraIds(siteId, ownConnection, ['1']))).toEqual([
      mine.project.id,
    ])
    expect(ids(await store.projects.findByKeys(siteId, ownConnection, ['SAME']))).toEqual([
      mine.project.id,
    ])
    expect(ids(await store.issues.list({ siteId, limit: 9 }))).toEqual([mine.issue.id])
    expect(ids(await store.projects.list(siteId, { limit: 9 }))).toEqual([mine.project.id])
    expect(await store.catalogue.listFields(siteId)).toHaveLength(1)
    await store.issues.update(siteId, [{ ...theirs.issue, summary: 'taken over' }])
    expect((await store.issues.get(there.siteId, theirs.issue.id)).summary).toBe(
      theirs.issue.summary,
    )
  })

  it('refuses references across sites', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const theirs = await there.anIssue()
    await expect(here.aWorklog({ issue: theirs })).rejects.toThrow('does not have')
    await expect(here.aProject({ leadId: '999999999' as PersonId })).rejects.toThrow(/foreign key/)
  })
}
