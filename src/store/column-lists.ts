import { type RawBuilder, sql } from 'kysely'
import type { DimensionKind } from '../domain/dimension.ts'
import type { Db } from './rows.ts'

export type Column = { readonly name: string; readonly kind: DimensionKind | 'figure' }

/** The values of one column: texts where it may hold any, else whole numbers; NaN for null. */
export type Values = readonly (number | string)[]

/**
 * The rows of a statement as values by column, in one block, or in one for each day in `by`:
 * thousands of short rows take the driver longer to read than the database to add them up, and many
 * small arrays are built faster than a large one. Days travel as days since 1970, which are written
 * in half the time.
 */
export async function readBlocks(
  db: Db,
  statement: RawBuilder<unknown>,
  columns: readonly Column[],
  by?: string,
): Promise<readonly (readonly Values[])[]> {
  const lists = columns.map(({ name, kind }) => {
    const [cell, list] = [sql.ref(`g.${name}`), sql.ref(name)]
    if (kind === 'text') return sql`json_agg(${cell})::text as ${list}`
    const value = kind === 'time' ? sql`${cell} - '1970-01-01'::date` : cell
    return name === by ? sql`${value} as ${list}` : sql`array_agg(${value})::text as ${list}`
  })
  const grouped = by === undefined ? sql`` : sql`group by ${sql.ref(`g.${by}`)}`
  const result = await sql<Readonly<Record<string, string | number | null>>>`
    select ${sql.join(lists)} from (${statement}) g ${grouped}`.execute(db)
  return result.rows.map((row) => {
    const values = columns.map(({ name, kind }) => {
      const list = row[name] ?? ''
      if (typeof list === 'number') return [list]
      return kind === 'text' ? textsOf(list) : numbersOf(list)
    })
    const length = Math.max(...values.map((one) => one.length))
    return values.map((one, at) =>
      columns[at]!.name === by ? new Array<number | string>(length).fill(one[0]!) : one,
    )
  })
}

function textsOf(list: string): string[] {
  return list === '' ? [] : (JSON.parse(list) as (string | null)[]).map((text) => text ?? '')
}

/** The whole numbers of an array as the database writes it. */
function numbersOf(list: string): number[] {
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
