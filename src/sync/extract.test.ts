import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import type { World } from '../../test/fake-jira/world.ts'
import {
  type ExtractedWorklog,
  type ExtractProgress,
  type ExtractWish,
  extractWorklogs,
} from './extract.ts'

function membersOf({ state }: World, name: string): string[] {
  const group = [...state.groups.values()].find((one) => one.name === name)
  return [...group!.members].map((id) => state.people.get(id)!.accountId)
}

describe.each(['cloud', 'dc'] as const)('extracting from %s', (dialect) => {
  async function anExtract(more: Partial<ExtractWish> = {}) {
    const world = aGoldenWorld()
    const filter = world.addFilter({ name: 'web', jql: 'project = WEB', owner: world.admin })
    const jira = await startFakeJira({ dialect, world, contextPath: '/jira' })
    // Lowered without a word: what came counts, not what was asked for.
    jira.switches.searchMax = 10
    const { email, apiToken, pat } = jira.credentials()
    const login =
      dialect === 'cloud'
        ? ({ auth: 'basic', login: email, secret: apiToken } as const)
        : ({ auth: 'pat', secret: pat } as const)
    const wait = async (ms: number) => jira.clock.advance(ms)
    const rows: ExtractedWorklog[] = []
    const progress: ExtractProgress[] = []
    const onProgress = (now: ExtractProgress) => void progress.push({ ...now })
    const given = more.filter === 'web' ? { filter: String(filter.id) } : {}
    const wish = { url: jira.url, allowsPrivate: true, ...login, onProgress, ...more, ...given }
    const needs = { now: () => jira.clock.now(), wait, random: () => 0.5, userAgent: 'test' }
    try {
      for await (const page of extractWorklogs(wish, needs)) rows.push(...page)
    } finally {
      await jira.close()
    }
    return { rows, truth: jira.world.visibleWorklogs(), progress, world }
  }
  const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id).sort()

  it('gives every worklog once, also of issues with more than a search shows', async () => {
    const { rows, truth } = await anExtract()
    expect(idsOf(rows)).toEqual(idsOf(truth))
  })

  it("keeps to the days, in the authors' own zones, and to the project", async () => {
    const [from, to] = [day('2026-01-12'), day('2026-01-16')]
    const { rows: all } = await anExtract()
    const project = all[0]!.projectKey
    const { rows } = await anExtract({ from, to, projects: [project] })
    const wanted = all.filter(
      (row) => row.day >= from && row.day <= to && row.projectKey === project,
    )
    expect(idsOf(rows)).toEqual(idsOf(wanted))
    expect(rows.length).toBeGreaterThan(0)
  })

  it('keeps to the authors asked for', async () => {
    const { rows: all } = await anExtract()
    const author = all[0]!.accountId!
    const { rows } = await anExtract({ users: [author.toUpperCase()] })
    expect(idsOf(rows)).toEqual(idsOf(all.filter((row) => row.accountId === author)))
  })

  it('keeps to a group, a saved filter and a query, all at once', async () => {
    const { truth, world } = await anExtract()
    const inGroup = new Set<string | undefined>(membersOf(world, 'developers'))
    const wanted = (project: string) =>
      truth.filter((row) => row.projectKey === project && inGroup.has(row.author?.accountId))
    const { rows } = await anExtract({ groups: ['developers'], filter: 'web' })
    expect(idsOf(rows)).toEqual(idsOf(wanted('WEB')))
    expect(rows.length).toBeGreaterThan(0)
    // The order of a query is no condition, nor is what only looks like one.
    const jql = 'project = APP OR summary ~ "order by x" ORDER BY created DESC'
    expect(idsOf((await anExtract({ groups: ['developers'], jql })).rows)).toEqual(
      idsOf(wanted('APP')),
    )
    expect(
      (await anExtract({ filter: 'web', jql: 'project = APP OR project = OPS' })).rows,
    ).toEqual([])
  })

  it('tells how far it is', async () => {
    const { progress, rows } = await anExtract()
    const [first, last] = [progress[0]!, progress.at(-1)!]
    expect(first).toMatchObject({ issues: 0, worklogs: 0 })
    expect(last).toEqual({ issues: first.total, total: first.total, worklogs: rows.length })
    expect(progress.length).toBe(1 + Math.ceil(first.total! / 10))
  })

  it.each([
    [{ projects: ['NONE'] }, 'upstream', /NONE/],
    [{ jql: 'colour = red' }, 'upstream', /colour/],
    [{ jql: 'project =' }, 'upstream', /./],
    [{ groups: ['nobody'] }, 'not-found', /no group "nobody"/],
    [{ filter: 'mine' }, 'invalid', /number of a saved filter/],
    [{ from: '2026-02-30' }, 'invalid', /./],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'invalid', /lies after/],
    [{ secret: 'wrong' }, 'upstream', /login/],
  ] as const)('refuses %j', async (wish, code, message) => {
    await expect(anExtract(wish)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })
})
