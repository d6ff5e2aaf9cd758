import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { DomainError } from '../domain/errors.ts'
import type { CopiedRows, Engine, Statement, TextRow } from './engine.ts'
import { makeEngine, types } from './pool-engine.ts'

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
    ...makeEngine('postgres', pool),
    copy: (rows) => readCopy(pool, rows),
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

const allText = {
  getTypeParser: (() => (value: string) => value) as typeof pg.types.getTypeParser,
}

/** Below this many characters of lines a batch waits for more, but for the first one. */
const batchLength = 256 * 1_024

/**
 * COPY in one read-only snapshot: several times faster to read than rows of the protocol, for its
 * lines are cut from text by the hundred. It takes no parameters, so these are set for the
 * transaction, bound as ever, and the statement reads them from there.
 */
async function* readCopy(pool: pg.Pool, rows: CopiedRows): AsyncGenerator<readonly TextRow[]> {
  const client = await pool.connect()
  let isDone = false
  try {
    await client.query('begin isolation level repeatable read read only')
    let statement: Statement | undefined
    if ('first' in rows) {
      const { sql, parameters } = rows.first
      const values = [...parameters]
      const first = await client.query({ text: sql, values, rowMode: 'array', types: allText })
      const last = first.rows.at(-1)
      if (last && first.rows.length >= rows.firstCount) statement = rows.rest(last)
      if (last) yield first.rows
    } else statement = rows
    if (statement) {
      await prepareCopy(client, statement)
      yield* linesOf(client.query(copyTo(`copy (${withSettings(statement)}) to stdout`)))
    }
    await client.query('rollback')
    isDone = true
  } finally {
    // A reader that stops early, or an error, leaves a COPY under way: it ends with its connection.
    client.release(!isDone)
  }
}

async function prepareCopy(client: pg.PoolClient, { parameters }: Statement): Promise<void> {
  // Rows in the order of days lie scattered: reading them all by index would fetch page by page.
  await client.query('set local random_page_cost = 4')
  await client.query(
    'select set_config(key, value, true) from json_each_text($1::json) where value is not null',
    [JSON.stringify(Object.fromEntries(parameters.map((value, at) => [nameOf(at), value])))],
  )
}

function nameOf(parameter: number): string {
  return `hourbook.p${parameter + 1}`
}

/** `$1` becomes the setting that holds its value; numbers keep their type, texts are cast in place. */
function withSettings({ sql, parameters }: Statement): string {
  return sql.replace(/\$(\d+)/g, (_, digits: string) => {
    const at = Number(digits) - 1
    const setting = `current_setting('${nameOf(at)}')`
    return typeof parameters[at] === 'number' ? `${setting}::bigint` : `(${setting})`
  })
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<readonly TextRow[]> {
  let chunks: Buffer[] = []
  let length = 0
  let wanted = 1
  for await (const chunk of stream) {
    chunks.push(chunk)
    length += chunk.length
    if (length < wanted) continue
    const bytes = Buffer.concat(chunks)
    const end = bytes.lastIndexOf(10) + 1
    if (end > 0) yield rowsOfLines(bytes.toString('utf8', 0, end - 1))
    chunks = [bytes.subarray(end)]
    length = bytes.length - end
    wanted = batchLength
  }
  const rest = Buffer.concat(chunks)
  if (rest.length > 0) yield rowsOfLines(rest.toString('utf8', 0, rest.length - 1))
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Lines of COPY's text format: cells between tabs, `\\N` for null, backslashes before what would be cut. */
function rowsOfLines(text: string): (string | null)[][] {
  return text.split('\n').map((line) => {
    const cells: (string | null)[] = line.split('\t')
    if (line.includes('\\'))
      for (let at = 0; at < cells.length; at += 1) {
        const cell = cells[at]!
        if (cell === '\\N') cells[at] = null
        else if (cell.includes('\\'))
          cells[at] = cell.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter)
      }
    return cells
  })
}
