import { sql } from 'kysely'
import type { Day } from '../src/domain/day.ts'
import { loadPeople } from '../src/domain/people-load.ts'
import { type Actor, scopes } from '../src/domain/permission.ts'
import { makePlanning } from '../src/domain/planning.ts'
import { usualPlanningSettings } from '../src/domain/planning-settings.ts'
import type { Engine } from '../src/store/engine.ts'
import { migrate } from '../src/store/migrate.ts'
import { makeStore } from '../src/store/store.ts'
import { typical } from './clock.ts'
import { count, type Measure, ms } from './measures.ts'

const people = 1_000
const events = 200_000

/** Workloads and a stretch of the timeline at 200,000 events, through the use cases. */
export async function measurePlanning(
  engine: Engine,
  note: (measure: Measure) => void,
): Promise<void> {
  await migrate(engine)
  const store = makeStore(engine)
  const site = await store.sites.create({ name: 'planning bench', timeZone: 'Europe/Berlin' })
  await fill(engine, site.id)
  await engine.execute('vacuum (analyze)')
  const everybody = await store.people.list({ siteId: site.id, limit: people })
  const ids = everybody.map(({ id }) => id)
  const year = { from: '2025-01-01' as Day, to: '2025-12-31' as Day }
  const quarter = { from: '2025-04-01' as Day, to: '2025-06-30' as Day }
  const yearMs = await typical(() =>
    loadPeople(store, {
      siteId: site.id,
      personIds: ids.slice(0, 50),
      period: year,
      settings: usualPlanningSettings,
      today: year.from,
    }),
  )
  note({
    what: `workload, capacity, availability of 50 people x 1 year, ${count(events)} events`,
    figure: ms(yearMs),
    target: '<= 50 ms',
    isMet: yearMs <= 50,
  })
  const actor: Actor = {
    siteId: site.id,
    personId: ids[0]!,
    role: 'administrator',
    scopes,
    groupNames: [],
    teammateIds: [],
    ledIds: [],
    via: 'bench',
  }
  const planning = makePlanning({ store, now: Date.now, newId: () => '1', newUid: () => '' })
  const wish = { period: quarter, teamIds: [], personIds: ids.slice(0, 500) }
  const shown = (await planning.timeline(actor, wish)).events.length
  const quarterMs = await typical(() => planning.timeline(actor, wish))
  note({
    what: `timeline of 500 people x quarter with figures, ${count(shown)} of ${count(events)} events`,
    figure: ms(quarterMs),
    target: '<= 300 ms',
    isMet: quarterMs <= 300,
  })
}

/** 200 events a person over four years: bookings, placeholders, absences, each a few days long. */
async function fill(engine: Engine, siteId: number): Promise<void> {
  await sql`insert into person (site_id, account_id, display_name, version)
    select ${siteId}, 'bench ' || n, 'Person ' || n, 0 from generate_series(1, ${people}::int) n`.execute(
    engine.db,
  )
  await sql`insert into planned_event (site_id, id, kind, type_id, person_id, from_day, to_day, title,
      seconds_per_day, original_seconds, remaining_seconds)
    select ${siteId}, row_number() over (), t.kind, t.id, p.id, d.from_day, d.from_day + (n * 7 % 9),
      'Event ' || n,
      case when t.kind = 'booking' then 7200 end,
      case when t.kind = 'placeholder' then 50000 end,
      case when t.kind = 'placeholder' then 50000 end
    from person p cross join generate_series(1, ${events / people}::int) n
    cross join lateral (select date '2022-06-01' + (n * 7 + (p.id % 7)::int) as from_day) d
    join event_type t on t.site_id = ${siteId} and t.kind = case n % 8
      when 0 then 'vacation' when 1 then 'placeholder' when 2 then 'placeholder'
      when 3 then 'note' else 'booking' end
    where p.site_id = ${siteId}`.execute(engine.db)
}
