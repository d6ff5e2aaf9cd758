import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Engine, keptAsText } from './engine.ts'
import type { Tables } from './tables.ts'

const textTypes = new Set<number>(Object.values(keptAsText))

/** How values come out of the database: what `keptAsText` names as the text that was sent. */
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    textTypes.has(oid)
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** The engine over a pool of connections, to a server or to the one PGlite has. */
export function makeEngine(
  kind: Engine['kind'],
  pool: pg.Pool,
  closeDatabase: () => Promise<void> = async () => {},
): Engine {
  return {
    kind,
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    rows: async ({ sql, parameters }) => {
      const values = [...parameters]
      const result = await pool.query({ text: sql, values, rowMode: 'array', types })
      return result.rows
    },
    execute: async (script) => {
      await pool.query(script)
    },
    async close() {
      await pool.end()
      await closeDatabase()
    },
  }
}
