import { type RawBuilder, sql } from 'kysely'
import {
  type HandOverAccount,
  type HandOverPart,
  type HandOverQuery,
  type HandOverRow,
  type HandOverStore,
  usualHandOverSettings,
} from '../domain/hand-over.ts'
import type { SiteId } from '../domain/site.ts'
import type { Engine } from './engine.ts'
import {
  handOverColumns,
  handOverIs,
  handOverMatches,
  handOverRows,
  handOverStates,
  type Reading,
} from './hand-over-columns.ts'
import { type Cells, toHandOverRow } from './hand-over-rows.ts'
import { type Db, isBigId, textList, textOfInstant } from './rows.ts'
import { all } from './worklog-filter.ts'

const batchSize = 2_000
const noParts: ReadonlySet<HandOverPart> = new Set()

export function makeHandOverStore(engine: Engine, db: Db): HandOverStore {
  const listed = (
    reading: Reading,
    rest: RawBuilder<unknown>,
    also: RawBuilder<unknown> = sql``,
  ) => {
    const cells = [...reading.columns.map(([name]) => name), 'fingerprint']
    const selected = cells.map((name) => sql`${sql.ref(`f.${name}`)}::text as ${sql.ref(name)}`)
    return {
      cells,
      statement: sql<Cells>`select ${sql.join(selected)} ${also} from ${handOverRows(reading)} ${rest}`,
    }
  }

  async function* readAll(
    query: HandOverQuery,
    parts: ReadonlySet<HandOverPart>,
    customFields: readonly string[],
    isLive: boolean,
  ): AsyncGenerator<readonly Cells[]> {
    const columns = handOverColumns(parts, customFields)
    const matches = handOverMatches(query, isLive)
    const states = handOverStates(query)
    if (engine.copy) {
      const reading = { columns, where: matches, isLive }
      const { cells, statement } = listed(reading, sql`where ${states} order by f.day, f.id`)
      for await (const batch of engine.copy(statement.compile(db)))
        yield batch.map((row) =>
          Object.fromEntries(cells.map((name, at) => [name, row[at] ?? null])),
        )
      return
    }
    // How a row stands is told, not asked for: else each batch would look through all that follow.
    let after: Cells | undefined
    for (;;) {
      const where = after
        ? all([matches, sql`(w.day, w.id) > (${after.day}::date, ${after.id}::bigint)`])
        : matches
      const { statement } = listed(
        { columns, where, isLive, limit: batchSize },
        sql`order by f.day, f.id`,
        sql`, (${states})::text as is_wanted`,
      )
      const { rows } = await statement.execute(db)
      const wanted = rows.filter((row) => row.is_wanted === 'true')
      if (wanted.length > 0) yield wanted
      if (rows.length < batchSize) return
      after = rows.at(-1)
    }
  }

  async function toRows(
    siteId: SiteId,
    batch: readonly Cells[],
    parts: ReadonlySet<HandOverPart>,
  ): Promise<readonly HandOverRow[]> {
    const keys = batch.flatMap(({ account_key: key }) => (key == null ? [] : [key]))
    const accounts = parts.has('account')
      ? await findAccounts(db, siteId, [...new Set(keys)])
      : new Map<string, HandOverAccount>()
    return batch.map((cells) => toHandOverRow(cells, parts, accounts))
  }

  return {
    async count(query) {
      const columns = handOverColumns(noParts, [])
      const sums = (query.withTombstones ? [true, false] : [true]).map(async (isLive) => {
        const rows = handOverRows({ columns, where: handOverMatches(query, isLive), isLive })
        const result = await sql<{ n: string }>`select count(*)::text as n from ${rows}
          where ${handOverStates(query)}`.execute(db)
        return Number(result.rows[0]?.n)
      })
      return (await Promise.all(sums)).reduce((sum, n) => sum + n, 0)
    },
    async *scan(query, parts, customFields) {
      for await (const batch of readAll(query, parts, customFields, true))
        yield await toRows(query.siteId, batch, parts)
      if (!query.withTombstones) return
      for await (const batch of readAll(query, parts, customFields, false))
        yield await toRows(query.siteId, batch, parts)
    },
    async findRow(siteId, id) {
      if (!isBigId(id)) return undefined
      const columns = handOverColumns(noParts, [])
      const reading = { columns, where: handOverIs(siteId, id), isLive: true }
      const { rows } = await listed(reading, sql``).statement.execute(db)
      const [row] = await toRows(siteId, rows, noParts)
      return row
    },
    async put(siteId, id, { externalId, hours, result, at, fingerprint }) {
      const values = { external_id: externalId, hours, result, at: textOfInstant(at), fingerprint }
      await db
        .insertInto('external_result')
        .values({ site_id: siteId, worklog_id: id, ...values })
        .onConflict((conflict) => conflict.columns(['site_id', 'worklog_id']).doUpdateSet(values))
        .execute()
    },
    async getSettings(siteId) {
      const row = await db
        .selectFrom('hand_over_setting')
        .selectAll()
        .where('site_id', '=', siteId)
        .executeTakeFirst()
      if (!row) return usualHandOverSettings
      return {
        customFields: row.custom_fields,
        showsStartTime: row.shows_start_time,
        keepsTombstones: row.keeps_tombstones,
        version: Number(row.version),
      }
    },
    async putSettings(siteId, settings) {
      const values = {
        custom_fields: sql<string[]>`${textList(settings.customFields)}`,
        shows_start_time: settings.showsStartTime,
        keeps_tombstones: settings.keepsTombstones,
        version: String(settings.version),
      }
      await db
        .insertInto('hand_over_setting')
        .values({ site_id: siteId, ...values })
        .onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
        .execute()
    },
  }
}

async function findAccounts(
  db: Db,
  siteId: SiteId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, HandOverAccount>> {
  const result = await sql<{
    key: string
    name: string
    status: HandOverAccount['status']
    customer_key: string | null
    customer_name: string | null
    category_key: string | null
    category_name: string | null
    lead_name: string
    contact_name: string | null
  }>`
    select t.key, t.name, t.status, c.key as customer_key, c.name as customer_name,
      g.key as category_key, g.name as category_name, l.display_name as lead_name,
      coalesce(n.display_name, t.external_contact) as contact_name
    from account t
    join person l on l.site_id = t.site_id and l.id = t.lead_id
    left join person n on n.site_id = t.site_id and n.id = t.contact_id
    left join customer c on c.site_id = t.site_id and c.id = t.customer_id
    left join account_category g on g.site_id = t.site_id and g.id = t.category_id
    where t.site_id = ${siteId} and t.key = any(${textList(keys)})`.execute(db)
  return new Map(
    result.rows.map((row) => [
      row.key,
      {
        key: row.key,
        name: row.name,
        status: row.status,
        customerKey: row.customer_key,
        customerName: row.customer_name,
        categoryKey: row.category_key,
        categoryName: row.category_name,
        leadName: row.lead_name,
        contactName: row.contact_name,
      },
    ]),
  )
}
