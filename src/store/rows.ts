import { type Kysely, type RawBuilder, sql } from 'kysely'
import { textProblem } from '../domain/text.ts'
import type { Instant } from '../domain/zone.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

const momentPattern = /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?\+00$/

/** PostgreSQL's text of a timestamp in UTC to epoch milliseconds. */
export function instantOfText(text: string): Instant {
  // The common shape, by position: twice as fast as the pattern on a page of rows.
  const year = text[4] === '-' && text.endsWith('+00') ? digits(text, 0, 4) : 0
  if (year >= 100) {
    const base = Date.UTC(
      year,
      digits(text, 5, 2) - 1,
      digits(text, 8, 2),
      digits(text, 11, 2),
      digits(text, 14, 2),
      digits(text, 17, 2),
    )
    return text[19] === '.' ? base + fraction(text) : base
  }
  const match = momentPattern.exec(text)
  if (!match) throw new Error(`unexpected timestamp from the database: ${text}`)
  const date = new Date(0)
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; real data has the year 16.
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  date.setUTCHours(Number(match[4]), Number(match[5]), Number(match[6]))
  return date.getTime() + Number((match[7] ?? '').padEnd(3, '0'))
}

export function instantOrNull(text: string | null): Instant | null {
  return text === null ? null : instantOfText(text)
}

/** Epoch milliseconds to the text a timestamp column takes. */
export function textOfInstant(instant: Instant): string {
  return new Date(instant).toISOString()
}

export function textOrNull(instant: Instant | null): string | null {
  return instant === null ? null : textOfInstant(instant)
}

export function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text)
}

/**
 * Rows with the named columns, as `r`: a parameter per column carries any number of rows, which is
 * read in two thirds of the time that one of JSON takes. A column with one value throughout is sent
 * once. What is itself a list or JSON travels as text.
 */
export function recordset(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: Readonly<Record<string, string>>,
): RawBuilder<unknown> {
  const unnested: RawBuilder<unknown>[] = [sql`generate_series(1, ${rows.length}::integer)`]
  const selected: RawBuilder<unknown>[] = []
  for (const [name, type] of Object.entries(columns)) {
    const read = type.startsWith('json') ? jsonOrNull : type.endsWith('[]') ? listOrNull : same
    const values = rows.map((row) => read(row[name]))
    const column = sql.ref(name)
    if (values.every((value) => value === values[0])) {
      const text = values[0] === null || values[0] === undefined ? null : String(values[0])
      selected.push(sql`(${text}::text)::${sql.raw(type)} as ${column}`)
      continue
    }
    const isText = read !== same
    unnested.push(
      sql`unnest(${arrayLiteral(values)}::${sql.raw(isText ? 'text[]' : `${type}[]`)}) as ${column}`,
    )
    selected.push(isText ? sql`u.${column}::${sql.raw(type)} as ${column}` : sql`u.${column}`)
  }
  return sql`(select ${sql.join(selected)} from (select ${sql.join(unnested)}) u) as r`
}

function same(value: unknown): unknown {
  return value
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function listOrNull(value: unknown): string | null {
  return Array.isArray(value) ? arrayLiteral(value) : null
}

/** A list in PostgreSQL's own writing of arrays. */
function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(elementOf).join(',')}}`
}

function elementOf(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = String(value)
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`
}

/**
 * Inserts rows in one statement; `tail` ends it: `returning …` names columns to
 * give back, in no promised order.
 */
export async function insertMany<R>(
  db: Db,
  table: keyof Tables,
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
  tail = '',
): Promise<readonly R[]> {
  if (rows.length === 0) return []
  const names = sql.raw(quoted(columns).join(', '))
  const result = await sql<R>`insert into ${sql.table(table)} (${names})
    select ${names} from ${recordset(rows, columns)} ${sql.raw(tail)}`.execute(db)
  return result.rows
}

/** Inserts rows that each carry a version of their own; their ids come back in the order given. */
export async function insertVersioned<Id extends string>(
  db: Db,
  table: 'person' | 'project' | 'issue' | 'worklog',
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown> & { version: number }>[],
): Promise<Id[]> {
  // The database promises no order of what it returns; the versions tell the rows apart.
  const written = await insertMany<{ id: string; version: string }>(
    db,
    table,
    columns,
    rows,
    'returning id, version',
  )
  const byVersion = new Map(written.map((row) => [Number(row.version), row.id as Id]))
  return rows.map((row) => byVersion.get(row.version)!)
}

/** Overwrites rows found by site and id in one statement. */
export async function updateMany(
  db: Db,
  table: keyof Tables,
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return
  const assignments = quoted(columns)
    .filter((name) => name !== '"site_id"')
    .map((name) => `${name} = r.${name}`)
  await sql`update ${sql.table(table)} as t set ${sql.raw(assignments.join(', '))}
    from ${recordset(rows, { ...columns, id: 'bigint' })}
    where t.site_id = r.site_id and t.id = r.id`.execute(db)
}

function quoted(columns: Readonly<Record<string, string>>): string[] {
  return Object.keys(columns).map((name) => `"${name}"`)
}

/** A list as one array parameter: `= any(${idList(ids)})`. What is no number matches nothing. */
export function idList(ids: readonly (string | number)[]): RawBuilder<string[]> {
  return sql<string[]>`${`{${ids.filter(isBigint).join(',')}}`}::bigint[]`
}

/** Texts to compare with. What PostgreSQL cannot store is left out: no column can hold it. */
export function textList(values: readonly string[]): RawBuilder<string[]> {
  const storable = values.filter((value) => textProblem(value, value.length) === undefined)
  return sql<string[]>`array(select json_array_elements_text(${JSON.stringify(storable)}::json))`
}

/** Text that a person typed, without what PostgreSQL takes in no text. */
export function typedText(text: string): string {
  return text.replaceAll('\0', '')
}

/** Text that a person typed, as a pattern that finds it anywhere in a column. */
export function containsPattern(text: string): string {
  return `%${typedText(text).replace(/[\\%_]/g, '\\$&')}%`
}

function isBigint(value: string | number): boolean {
  const text = String(value)
  return /^\d{1,18}$/.test(text) || (/^\d{19}$/.test(text) && text <= '9223372036854775807')
}

/** Whether a text can be a bigint id at all; anything else cannot exist. */
export function isBigId(text: string): boolean {
  return !text.startsWith('0') && isBigint(text)
}

function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let at = from; at < from + count; at += 1) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

function fraction(text: string): number {
  const length = text.indexOf('+', 20) - 20
  return digits(text, 20, length) * (length === 1 ? 100 : length === 2 ? 10 : 1)
}
