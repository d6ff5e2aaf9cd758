import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A statement ready to run: text with $1, $2 … and their values. */
export type Statement = { readonly sql: string; readonly parameters: readonly unknown[] }

/** A row as the database wrote it. */
export type TextRow = readonly (string | null)[]

/**
 * What is copied: one statement; or its first rows by a statement of their own, which an index
 * answers at once while the whole would be sorted first, and then those behind the last of them.
 */
export type CopiedRows =
  | Statement
  | { readonly first: Statement; readonly firstCount: number; rest(last: TextRow): Statement }

/** A database that speaks PostgreSQL: PGlite in a folder or in memory, or a server. */
export type Engine = {
  readonly kind: 'pglite' | 'postgres'
  readonly db: Kysely<Tables>
  /** All rows of one statement as arrays, in the order selected: what long lists read fastest. */
  rows(statement: Statement): Promise<readonly (readonly unknown[])[]>
  /** Runs several statements separated by semicolons, outside any transaction of ours. */
  execute(script: string): Promise<void>
  /**
   * Rows in batches, every cell as text, from one read-only snapshot and in constant memory. Only a
   * server has it; PGlite has a single connection, which it would block.
   */
  readonly copy?: (rows: CopiedRows) => AsyncIterable<readonly TextRow[]>
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
