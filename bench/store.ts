import { createHash } from 'node:crypto'
import type { Day } from '../src/domain/day.ts'
import type { WorklogDimension } from '../src/domain/dimension.ts'
import { makeIngest } from '../src/domain/ingest.ts'
import type { WorklogQuery } from '../src/domain/worklog.ts'
import type { Engine } from '../src/store/engine.ts'
import { migrate } from '../src/store/migrate.ts'
import { makeStore } from '../src/store/store.ts'
import { timed, typical } from './clock.ts'
import { generate, scale } from './generate.ts'
import { count, type Measure, ms } from './measures.ts'
import { measureSearch } from './search.ts'

/** Fills a fresh database through the same path a backfill takes, and times the sums in the store. */
export async function measureStore(
  engine: Engine,
  rows: number,
  note: (measure: Measure) => void,
): Promise<void> {
  await migrate(engine)
  const store = makeStore(engine)
  const site = await store.sites.create({ name: 'bench', timeZone: 'Europe/Berlin' })
  const accountIdFor = (seed: string) =>
    createHash('sha256').update(seed).digest('hex').slice(0, 24)
  const ingest = makeIngest({ store, now: Date.now, accountIdFor })
  const connection = await ingest.connect(site.id, 'bench.example.org', null)
  const loadMs = await timed(async () => {
    for (const batch of generate(rows)) await ingest.take(site.id, connection, batch)
  })
  const finishMs = await timed(() => ingest.finish(site.id, connection))
  if (engine.kind === 'postgres') await engine.execute('vacuum (analyze)')
  const perSecond = rows / (loadMs / 1_000)
  const least = engine.kind === 'postgres' ? 10_000 : 4_000
  note({
    what: `taking in ${count(rows)} worklogs on ${count(scale.issues)} issues (the store's part of a backfill)`,
    figure: `${count(perSecond)} worklogs/s, census ${ms(finishMs)}`,
    target: `>= ${count(least)}/s`,
    isMet: perSecond >= least,
  })
  const query = (from: string, to: string): WorklogQuery => ({
    siteId: site.id,
    viewer: { kind: 'all' },
    period: { from: from as Day, to: to as Day },
  })
  const pivot = async (
    what: string,
    dimensions: readonly BareKey[],
    asked: WorklogQuery,
    most: number,
  ) => {
    const took = await typical(() => store.worklogs.sum(asked, dimensions, 1_000_000))
    const bareMs = await typical(() => engine.rows(bareSums(asked, dimensions)))
    note({
      what: `${what} (x the bare \`group by\` of the same rows, read by the driver)`,
      figure: `${ms(took)} (${(took / bareMs).toFixed(2)} x)`,
      target: `<= ${most} ms`,
      isMet: took <= most,
    })
  }
  await pivot(
    'pivot person x day of a month',
    ['person', 'day'],
    query('2024-03-01', '2024-03-31'),
    25,
  )
  await pivot(
    'pivot person x month of a year',
    ['person', 'month'],
    query('2024-01-01', '2024-12-31'),
    250,
  )
  await measureSearch(store, site.id, rows, note)
}

const bareKeys = {
  person: 'author_id',
  day: 'day',
  month: "date_trunc('month', day)::date",
} satisfies Partial<Record<WorklogDimension, string>>

type BareKey = keyof typeof bareKeys

/** What somebody with the database in front of them would write for a pivot, by number alone. */
function bareSums({ siteId, period }: WorklogQuery, dimensions: readonly BareKey[]) {
  return {
    sql: `select ${dimensions.map((one) => bareKeys[one]).join(', ')}, sum(time_spent_seconds),
        sum(coalesce(billable_seconds, time_spent_seconds)), count(*)
      from worklog where site_id = $1 and day between $2 and $3 and deleted_at is null group by 1, 2`,
    parameters: [siteId, period?.from, period?.to],
  }
}
