import { expect, it } from 'vitest'
import { plainDefinition, type ReportFilters } from './report.ts'
import { withGroupRenamed } from './report-groups.ts'

const rename = {
  from: 'crew',
  to: 'team',
  inOrder: async (names: readonly string[]) => [...names].sort(),
  inJql: (jql: string, from: string, to: string) => jql.replaceAll(from, to),
}

it.each<[ReportFilters, ReportFilters | undefined]>([
  [{}, undefined],
  [{ group: ['crews'], author: ['crew'], project: ['crew'] }, undefined],
  [{ group: ['a', 'crew'] }, { group: ['a', 'team'] }],
  [{ excludeGroup: ['crew'] }, { excludeGroup: ['team'] }],
  [{ jql: 'in crew' }, { jql: 'in team' }],
  [
    {
      among: [
        { dimension: 'group', keys: ['a, crew, z', 'crew', 'crews', 'y, crew', ''] },
        { dimension: 'project', keys: ['crew'] },
      ],
    },
    {
      among: [
        { dimension: 'group', keys: ['a, team, z', 'team', 'crews', 'team, y', ''] },
        { dimension: 'project', keys: ['crew'] },
      ],
    },
  ],
])('a report filtered by %j becomes %j', async (filters, after) => {
  const renamed = await withGroupRenamed({ ...plainDefinition, filters }, rename)
  expect(renamed).toEqual(after && { ...plainDefinition, filters: after })
})
