import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A statement ready to run: text with $1, $2 … and their values. */
export type Statement = { readonly sql: string; readonly parameters: readonly unknown[] }

/** A database that speaks PostgreSQL: PGlite in a folder or in memory, or a server. */
export type Engine = {
  readonly kind: 'pglite' | 'postgres'
  readonly db: Kysely<Tables>
  /** All rows of one statement as arrays, in the order selected: what long lists read fastest. */
  rows(statement: Statement): Promise<readonly (readonly unknown[])[]>
  /** Runs several statements separated by semicolons, outside any transaction of ours. */
  execute(script: string): Promise<void>
  /**
   * Rows of one statement in batches, every cell as text, from one read-only snapshot and in
   * constant memory. Only a server has it; PGlite has a single connection, which it would block.
   */
  readonly copy?: (statement: Statement) => AsyncIterable<readonly (readonly (string | null)[])[]>
  close(): Promise<void>
}

/** PostgreSQL type numbers whose values stay the text the database sent: exact, and cheap. */
export const keptAsText = {
  int8: 20,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
} as const
