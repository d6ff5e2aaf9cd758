import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { plainDimensions, type WorklogDimension } from '../domain/dimension.ts'
import type { Issue } from '../domain/issue.ts'
import type { WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import { drillDown } from '../reports/drill-down.ts'

const dimensions: readonly WorklogDimension[] = [
  ...plainDimensions,
  'field:customfield_10010',
  'field:customfield_10020',
  'attribute:_Phase_',
  'link:is part of',
  'link:relates to',
]

const plus = (sums: readonly WorklogSum[]) => ({
  seconds: sums.reduce((sum, one) => sum + one.timeSpentSeconds, 0),
  billable: sums.reduce((sum, one) => sum + one.billableSeconds, 0),
  count: sums.reduce((sum, one) => sum + one.count, 0),
})

export function worklogDimensionsContract(database: () => TestDatabase): void {
  it('neither lose nor double a worklog, whatever they are grouped by', async () => {
    const { store } = database()
    const query = await aSiteOfEverything(database())
    const whole = plus(await store.worklogs.sum(query, [], 1))
    expect(whole.count).toBe(60)
    for (const one of dimensions) {
      const sums = await store.worklogs.sum(query, [one], 1_000)
      expect([one, plus(sums)]).toEqual([one, whole])
      expect(new Set(sums.map(({ groups }) => groups[0]?.key)).size).toBe(sums.length)
    }
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 4 }),
        async (some) => {
          expect(plus(await store.worklogs.sum(query, some, 10_000))).toEqual(whole)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('find behind each group the worklogs it adds up', async () => {
    const { store } = database()
    const query = await aSiteOfEverything(database())
    for (const one of dimensions) {
      for (const sum of await store.worklogs.sum(query, [one], 1_000, 3)) {
        const rowKeys = sum.groups.map(({ key }) => key)
        const behind = drillDown(query, { rows: [one], columns: null }, { rowKeys }, 3)
        const { count, timeSpentSeconds } = await store.worklogs.tally(behind)
        expect([one, rowKeys, count, timeSpentSeconds]).toEqual([
          one,
          rowKeys,
          sum.count,
          sum.timeSpentSeconds,
        ])
      }
    }
  })

  it('read lists as one value, parents as issues, and fields of Jira as people read them', async () => {
    const { store } = database()
    const query = await aSiteOfEverything(database())
    const labels = async (one: WorklogDimension) =>
      (await store.worklogs.sum(query, [one], 100)).map((sum) => sum.groups[0]?.label).sort()
    expect(await labels('label')).toEqual(['', 'a, b', 'b'])
    expect(await labels('group')).toEqual(['', 'devs', 'devs, leads'])
    expect(await labels('parent')).toEqual(['', 'TOP-1'])
    expect(await labels('topIssue')).toEqual(['TOP-1', 'TOP-3'])
    expect(await labels('link:is part of')).toEqual(['TOP-1', 'TOP-2'])
    expect(await labels('link:relates to')).toEqual(['TOP-1', 'TOP-3'])
    expect(await labels('teamRole')).toEqual(['', 'Lead', 'Lead, Member'])
    expect(await labels('field:customfield_10010')).toEqual(['', 'Acme'])
    expect(await labels('field:customfield_10020')).toEqual(['', 'One, Two'])
    expect(await labels('hashtag')).toEqual(['', 'home, travel'])
    expect(await labels('commentFirstWord')).toEqual(['', 'Fix', 'work'])
    expect(await labels('attribute:_Phase_')).toEqual(['', 'Design'])
  })

  it('count the estimate of an issue once a group', async () => {
    const { store } = database()
    const query = await aSiteOfEverything(database())
    const whole = await store.worklogs.estimates(query, [], 10)
    expect(whole).toEqual([
      { keys: [], originalEstimateSeconds: 3_000, remainingEstimateSeconds: 70 },
    ])
    const people = await store.worklogs.estimates(query, ['person'], 10)
    expect(people.map((one) => one.originalEstimateSeconds)).toEqual([3_000, 3_000, 3_000])
  })

  it('leave out the members of excluded groups', async () => {
    const { store } = database()
    const query = await aSiteOfEverything(database())
    const [leads] = await store.groups.findByNames(query.siteId, ['leads'])
    const found = await store.worklogs.tally({ ...query, excludedGroupIds: [leads!.id] })
    expect(found.count).toBe(40)
  })
}

/** A link as Jira tells it: the issue that has it is part of another, or has a part. */
const linkTo = (way: 'inwardIssue' | 'outwardIssue', { jiraId: id }: Issue) => ({
  type: { inward: 'has part', outward: 'is part of' },
  [way]: { id },
})
const alike = (id: string) => ({
  type: { inward: 'relates to', outward: 'relates to' },
  inwardIssue: { id },
})

/** Every dimension has several values and a gap among them; one worklog is deleted. */
async function aSiteOfEverything({ store }: TestDatabase): Promise<WorklogQuery> {
  const site = await aSite(store)
  const { siteId } = site
  const people = await site.people([{}, {}, {}])
  await store.write(siteId, async (tx) => {
    const [devs, leads] = await tx.groups.create(siteId, ['devs', 'leads'])
    await tx.groups.addMembers(siteId, [
      { groupId: devs!.id, personId: people[0]!.id },
      { groupId: devs!.id, personId: people[1]!.id },
      { groupId: leads!.id, personId: people[0]!.id },
    ])
  })
  const lead = await store.teamRoles.insert(siteId, { name: 'Lead', isDefault: false, version: 0 })
  const always = { from: null, to: null, commitmentPercent: 50 }
  const teams = [
    await store.teams.create(siteId, { name: 'One', leadId: null }),
    await store.teams.create(siteId, { name: 'Two', leadId: null }),
  ] as const
  await store.teams.addMemberships(siteId, [
    { ...always, teamId: teams[0], personId: people[0]!.id, roleId: lead },
    { ...always, teamId: teams[1], personId: people[0]!.id, from: day('2026-01-01') },
    { ...always, teamId: teams[1], personId: people[1]!.id, to: day('2020-01-01') },
  ])
  const project = await site.aProject({ key: 'TOP', category: 'Books', leadId: people[1]!.id })
  const top = await site.anIssue({ project, key: 'TOP-1', labels: ['b', 'a'] })
  const child = await site.anIssue({
    project,
    key: 'TOP-2',
    parentJiraId: top.jiraId,
    labels: ['b'],
    assigneeId: people[2]!.id,
    status: 'Done',
    statusCategory: 'done',
    originalEstimateSeconds: 3_000,
    remainingEstimateSeconds: 70,
    fields: {
      customfield_10010: { id: '1', value: 'Acme' },
      issuelinks: [alike(top.jiraId), { ...linkTo('inwardIssue', top), id: 'x' }],
    },
  })
  const other = await site.anIssue({
    project,
    key: 'TOP-3',
    fields: {
      customfield_10010: null,
      customfield_10020: [{ name: 'One' }, 'Two'],
      issuelinks: [linkTo('outwardIssue', top), { type: 'odd' }, null],
    },
  })
  const comments = ['Fix the #travel and #Home page', 'work', '', '#travel #home #home']
  const wishes = Array.from({ length: 60 }, (_, at) => ({
    author: people[at % 3]!,
    issue: [top, child, other][Math.floor(at / 3) % 3]!,
    day: day(['2024-12-29', '2024-12-30', '2025-01-05', '2026-03-29', '2026-03-30'][at % 5]!),
    timeSpentSeconds: 60 + at * 977,
    billableSeconds: [null, 0, 30][at % 3]!,
    comment: at % 4 === 3 ? 'work #travel #home #home' : comments[at % 4]!,
    category: [null, 'Travel'][at % 2]!,
    attributes: at % 2 === 0 ? { _Phase_: 'Design' } : {},
  }))
  const made = await site.worklogs([...wishes, { author: people[0]!, issue: top }])
  await site.changeWorklog(made.at(-1)!, { deletedAt: 1 })
  return { siteId, viewer: { kind: 'all' } }
}
