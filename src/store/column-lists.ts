import { type RawBuilder, sql } from 'kysely'
import type { DimensionKind } from '../domain/dimension.ts'
import type { Db } from './rows.ts'

/**
 * The rows of a statement as a list per column, in the database's writing of arrays: thousands of
 * short rows take the driver longer to read than the database to add them up. Days travel as
 * numbers, which are written in half the time; what may hold any text is written as JSON.
 */
export async function readLists(
  db: Db,
  statement: RawBuilder<unknown>,
  columns: readonly (readonly [name: string, kind: DimensionKind | 'figure'])[],
): Promise<readonly string[]> {
  const lists = columns.map(([name, kind]) => {
    const [cell, list] = [sql.ref(`g.${name}`), sql.ref(name)]
    if (kind === 'text') return sql`json_agg(${cell})::text as ${list}`
    return sql`array_agg(${kind === 'time' ? sql`${cell} - '1970-01-01'::date` : cell})::text as ${list}`
  })
  const result = await sql<
    Readonly<Record<string, string | null>>
  >`select ${sql.join(lists)} from (${statement}) g`.execute(db)
  return columns.map(([name]) => result.rows[0]?.[name] ?? '')
}

/** The whole numbers of an array as the database writes it; what is null is not a number. */
export function numbersOf(list: string): number[] {
  const numbers: number[] = []
  if (list.length <= 2) return numbers
  for (let at = 1; at < list.length; at += 1) {
    let [value, isNegative] = [0, false]
    for (let code = list.charCodeAt(at); code !== comma && code !== brace; ) {
      if (code === minus) isNegative = true
      // The letters of NULL are no digits either.
      else value = code > nine ? Number.NaN : value * 10 + code - zero
      at += 1
      code = list.charCodeAt(at)
    }
    numbers.push(isNegative ? -value : value)
  }
  return numbers
}

const [comma, minus, zero, nine, brace] = [44, 45, 48, 57, 125]
