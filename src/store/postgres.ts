import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { DomainError } from '../domain/errors.ts'
import { type Engine, keptAsText, type Statement } from './engine.ts'
import type { Tables } from './tables.ts'

const textTypes = new Set<number>(Object.values(keptAsText))

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    textTypes.has(oid)
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Reports group much in memory and read indexes alone; compiling their plans costs more than it gives. */
const sessionSettings = [
  'TimeZone=UTC',
  'DateStyle=ISO',
  'client_min_messages=warning',
  'work_mem=64MB',
  'random_page_cost=1.1',
  'jit=off',
]

export type PostgresOptions = {
  readonly url: string
  readonly poolSize?: number
  /** Told about connections that break while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void
}

/** Opens a pool on a PostgreSQL server (14 or later). Throws `unavailable` when nobody answers. */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    types,
    options: sessionSettings.map((setting) => `-c ${setting}`).join(' '),
    application_name: 'hourbook',
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => options.onIdleError?.(error))
  try {
    await checkServerVersion(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    kind: 'postgres',
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    execute: async (script) => {
      await pool.query(script)
    },
    cursor: (statement, batchSize) => readCursor(pool, statement, batchSize),
    close: () => pool.end(),
  }
}

async function checkServerVersion(pool: pg.Pool): Promise<void> {
  let number: number
  try {
    const result = await pool.query<{ v: string }>(
      "select current_setting('server_version_num') as v",
    )
    number = Number(result.rows[0]?.v)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DomainError('unavailable', `PostgreSQL does not answer: ${reason}`)
  }
  if (number < 140_000)
    throw new DomainError('unavailable', `PostgreSQL 14 or later is needed, this is ${number}`)
}

async function* readCursor(
  pool: pg.Pool,
  statement: Statement,
  batchSize: number,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  const client = await pool.connect()
  let failed: Error | undefined
  try {
    await client.query('begin isolation level repeatable read read only')
    const cursor = client.query(
      new Cursor<unknown[]>(statement.sql, [...statement.parameters], { rowMode: 'array', types }),
    )
    try {
      for (;;) {
        const rows = await cursor.read(batchSize)
        if (rows.length === 0) break
        yield rows
      }
    } finally {
      await cursor.close()
    }
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // A reader that stops early leaves by this way too: the snapshot must not stay open.
    if (!failed) await client.query('rollback').catch((error: Error) => (failed = error))
    client.release(failed)
  }
}
