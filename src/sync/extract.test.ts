import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import { type ExtractedWorklog, type ExtractWish, extractWorklogs } from './extract.ts'

describe.each(['cloud', 'dc'] as const)('extracting from %s', (dialect) => {
  async function anExtract(more: Partial<ExtractWish> = {}) {
    const jira = await startFakeJira({ dialect, world: aGoldenWorld(), contextPath: '/jira' })
    const { email, apiToken, pat } = jira.credentials()
    const login =
      dialect === 'cloud'
        ? ({ auth: 'basic', login: email, secret: apiToken } as const)
        : ({ auth: 'pat', secret: pat } as const)
    const wait = async (ms: number) => jira.clock.advance(ms)
    const rows: ExtractedWorklog[] = []
    const wish = { url: jira.url, allowsPrivate: true, ...login, ...more }
    const needs = { now: () => jira.clock.now(), wait, random: () => 0.5, userAgent: 'test' }
    for await (const page of extractWorklogs(wish, needs)) rows.push(...page)
    const truth = jira.world.visibleWorklogs()
    await jira.close()
    return { rows, truth }
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
})
