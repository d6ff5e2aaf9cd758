import { sql } from 'kysely'
import type { DatabaseFigures } from '../domain/health.ts'
import type { SiteId } from '../domain/site.ts'
import type { Engine } from './engine.ts'

type Row = {
  readonly version: string
  readonly size: string
  readonly schema: number | null
  readonly worklogs: string
  readonly people: string
}

/** What the database is, how big, and how much of a site it holds. */
export async function describeDatabase(engine: Engine, siteId: SiteId): Promise<DatabaseFigures> {
  const result = await sql<Row>`select current_setting('server_version') as version,
    pg_database_size(current_database())::text as size,
    (select max(number) from schema_migration) as schema,
    (select count(*)::text from worklog
      where site_id = ${siteId} and deleted_at is null) as worklogs,
    (select count(*)::text from person where site_id = ${siteId}) as people`.execute(engine.db)
  const row = result.rows[0]!
  return {
    engine: engine.kind === 'pglite' ? 'embedded' : 'postgresql',
    // Distributions add their own name behind the number.
    version: row.version.split(' ', 1)[0] ?? '',
    sizeBytes: Number(row.size),
    schemaVersion: Number(row.schema ?? 0),
    worklogs: Number(row.worklogs),
    people: Number(row.people),
  }
}
