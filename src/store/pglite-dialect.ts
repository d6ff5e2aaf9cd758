import type { PGlite } from '@electric-sql/pglite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'

/**
 * Kysely over PGlite. There is one connection, so whoever holds it (a transaction above all)
 * keeps everybody else waiting in line.
 */
export function pgliteDialect(pglite: PGlite): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => makeDriver(pglite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

function makeDriver(pglite: PGlite): Driver {
  const waiting: (() => void)[] = []
  let isTaken = false
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await pglite.query<R>(query.sql, [...query.parameters])
      return result.affectedRows === undefined
        ? { rows: result.rows as R[] }
        : { rows: result.rows as R[], numAffectedRows: BigInt(result.affectedRows) }
    },
    // biome-ignore lint/correctness/useYield: PGlite has no cursors to stream from
    async *streamQuery() {
      throw new Error('PGlite cannot stream; read in keyset batches')
    },
  }
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
  return {
    init: () => pglite.waitReady,
    async acquireConnection() {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve))
      isTaken = true
      return connection
    },
    async releaseConnection() {
      const next = waiting.shift()
      if (next) next()
      else isTaken = false
    },
    async beginTransaction() {
      await run('begin')
    },
    async commitTransaction() {
      await run('commit')
    },
    async rollbackTransaction() {
      await run('rollback')
    },
    destroy: () => pglite.close(),
  }
}
