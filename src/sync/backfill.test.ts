import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  openMemoryDatabase,
  openServerDatabase,
  serverUrl,
  withDatabase,
} from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import { loadWorldFrom } from '../../test/fake-jira/load.ts'
import type { Dialect } from '../../test/fake-jira/switches.ts'
import { makeWorld, type World } from '../../test/fake-jira/world.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

/** Runs by hand over all of the largest log: minutes instead of seconds. */
const isThorough = process.env.HOURBOOK_THOROUGH === '1'
const everything = ['timelog-cesaw.ndjson.gz']
const dataFolder = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const worklogs = Number(process.env.HOURBOOK_BACKFILL_ROWS ?? 6_000)

/** Asked once a day and not per row: who there is, and what things are called. */
const daily = /serverInfo|myself|GET (project|user|group|filter|field)|GET users|configuration/

withDatabase(openMemoryDatabase, (database) => suite('embedded', () => database().store))
if (serverUrl)
  withDatabase(openServerDatabase, (database) => suite('PostgreSQL', () => database().store))

function suite(engine: string, store: () => Parameters<typeof aSyncedSite>[0]): void {
  describe.each(['cloud', 'dc'] as const)(`a backfill from %s, ${engine}`, (dialect) => {
    it('of the golden world ends equal to it, row for row', async () => {
      const jira = await startFakeJira({ dialect, world: aGoldenWorld() })
      const site = await aSyncedSite(store(), jira)
      expect(await site.run()).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(trueRows(jira))
      jira.clock.advance(90_000_000)
      expect(await site.run({ isFull: true })).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })

    it('ends equal to its Jira, row for row, in at most five requests per 1,000 rows', async () => {
      await compare(dialect, await aLargeWorld())
    })
  })

  // Cloud describes a hundred issues a request, so that only logs with several rows an issue do with
  // five requests per 1,000 rows: time log `cesaw` has four.
  const real = {
    cloud: { files: ['timelog-cesaw.ndjson.gz'], mostIssues: 2_000 },
    dc: { files: ['timelog-sip.ndjson.gz', 'jira-duraspace-2014.ndjson.gz'], mostIssues: 4_000 },
  } as const
  describe.each(['cloud', 'dc'] as const)(`real worklogs from %s, ${engine}`, (dialect) => {
    const { files, mostIssues } = isThorough
      ? { files: everything, mostIssues: 60_000 }
      : real[dialect]
    const paths = files.map((name) => `${dataFolder}${name}`)
    const skipped = paths.every((path) => existsSync(path)) ? '' : ' (skipped: no ../shared/data)'
    const timeout = isThorough ? 3_600_000 : 60_000
    it.skipIf(skipped !== '')(
      `are held row for row after a backfill${skipped}`,
      { timeout },
      async () => compare(dialect, await loadWorldFrom(paths, { mostIssues })),
    )
  })

  async function compare(dialect: Dialect, world: World): Promise<void> {
    const jira = await startFakeJira({ dialect, contextPath: '/jira', world })
    try {
      const site = await aSyncedSite(store(), jira)
      jira.requests.clear()
      const begun = performance.now()
      const outcome = await site.run()
      const seconds = (performance.now() - begun) / 1_000
      expect(outcome.kind).toBe('done')
      const truth = trueRows(jira)
      expect(await site.rows()).toEqual(truth)
      const { byRoute, all } = jira.requests
      const asked = all.filter((request) => !daily.test(request.route)).length
      const perThousand = asked / (truth.length / 1_000)
      console.log(
        `${dialect} ${engine}: ${truth.length} rows, ${perThousand.toFixed(2)} requests per 1,000 (and ${all.length - asked} that go out once a day), ${Math.round(truth.length / seconds)} rows/s`,
        byRoute(),
      )
      expect(perThousand).toBeLessThanOrEqual(5)
      jira.clock.advance(360_000)
      jira.requests.clear()
      await site.run()
      expect(jira.requests.byRoute()).toMatchObject({
        'GET worklog/updated': 1,
        'GET worklog/deleted': 1,
      })
      expect(jira.requests.all.length).toBeLessThanOrEqual(4)
    } finally {
      await jira.close()
    }
  }
}

/** As dense as real logs are: four worklogs an issue, a row each second. */
async function aLargeWorld(): Promise<World> {
  const world = makeWorld()
  const begun = world.clock.now()
  const people = Array.from({ length: 40 }, (_, at) => world.addUser({ name: `person${at}` }))
  const projects = Array.from({ length: 5 }, (_, at) => world.addProject({ key: `PR${at}` }))
  const issues = Array.from({ length: worklogs / 4 }, (_, at) =>
    world.addIssue({ project: projects[at % 5]!, summary: `Issue ${at}` }),
  )
  for (let at = 0; at < worklogs; at += 1)
    world.logWork({
      issue: issues[Math.floor(at / 4)]!,
      author: people[at % 40]!,
      timeSpentSeconds: 60 * (1 + (at % 480)),
      comment: `Row ${at}`,
      created: begun + at * 1_000,
    })
  world.clock.advance(worklogs * 1_000 + 61_000)
  return world
}
