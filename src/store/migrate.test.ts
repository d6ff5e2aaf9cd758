import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmptyServerDatabase, serverUrl } from '../../test/database.ts'
import { dumpSchema, readColumns, type SchemaColumn, schemaPath } from '../../test/dump-schema.ts'
import type { Engine } from './engine.ts'
import { migrate, readMigrations } from './migrate.ts'
import { openMemoryPglite } from './pglite.ts'

const names = readMigrations().map(({ name }) => name)

describe('the migrations', () => {
  it('are numbered from 0001 without a hole', () => {
    expect(names.length).toBeGreaterThanOrEqual(3)
    names.forEach((name, at) => {
      expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}_[a-z0-9_]+\\.sql$`))
    })
  })

  it.each([
    ['a hole', ['0001_a.sql', '0003_c.sql']],
    ['a number twice', ['0001_a.sql', '0001_b.sql']],
    ['a late start', ['0002_b.sql']],
    ['a name of another shape', ['0001_a.sql', '0002-b.sql']],
    ['capitals', ['0001_A.sql']],
  ])('are refused with %s', (_, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'hourbook-migrations-'))
    try {
      for (const file of files) writeFileSync(join(folder, file), 'select 1;')
      writeFileSync(join(folder, 'README.md'), 'not a migration')
      expect(() => readMigrations(folder)).toThrow(/out of order/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('migrating PGlite', () => migrationSuite(() => openMemoryPglite()))
describe.skipIf(!serverUrl)(
  `migrating PostgreSQL${serverUrl ? '' : ' (skipped: TEST_DATABASE_URL is not set)'}`,
  () => migrationSuite(openEmptyServerDatabase),
)

function migrationSuite(open: () => Promise<Engine>): void {
  let engine: Engine
  beforeAll(async () => {
    engine = await open()
  })
  afterAll(() => engine.close())

  it('applies all of them to an empty database, once', async () => {
    // Two servers that start at the same time: one waits, and then finds nothing left to do.
    const applied = await Promise.all([migrate(engine), migrate(engine)])
    expect(applied.flat()).toEqual(names)
  })

  it('gives the schema that is committed; "npm run schema" writes it anew', async () => {
    expect(await dumpSchema(engine)).toBe(readFileSync(schemaPath, 'utf8'))
  })

  it('changes nothing when run again', async () => {
    const before = await history(engine)
    expect(await migrate(engine)).toEqual([])
    expect(await history(engine)).toEqual(before)
    expect(await dumpSchema(engine)).toBe(readFileSync(schemaPath, 'utf8'))
  })

  it('refuses a database whose history differs', async () => {
    const set = (checksum: string) =>
      sql`update schema_migration set checksum = ${checksum} where number = 2`.execute(engine.db)
    await set('f'.repeat(64))
    const refused = migrate(engine)
    await expect(refused).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`${names[1]} differs`),
    })
    await set(readMigrations()[1]!.checksum)
    expect(await migrate(engine)).toEqual([])
  })

  it('refuses a database that is newer', async () => {
    const number = names.length + 1
    await sql`insert into schema_migration (number, name, checksum)
      values (${number}, 'of_tomorrow.sql', 'x')`.execute(engine.db)
    await expect(migrate(engine)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('newer'),
    })
    await sql`delete from schema_migration where number = ${number}`.execute(engine.db)
    expect(await migrate(engine)).toEqual([])
  })

  it('leads every key and every index of a table of a site with the site', async () => {
    const result = await sql<{ index: string; first: string }>`
      select c.relname as index, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and i.indrelid::regclass::text not in
        ('site', 'schema_migration')
      order by 1`.execute(engine.db)
    const others = result.rows.filter(({ first }) => first !== 'site_id')
    // A request brings nothing but the secret of its token, session or link. An index of words and
    // of values, which PostgreSQL keeps apart from plain columns, only narrows a query by the site.
    expect(others.map(({ index }) => index).sort()).toEqual([
      'login_link_hash',
      'oauth_app_client',
      'report_link_hash',
      'session_hash',
      'token_hash',
      'worklog_attributes',
    ])
  })

  it('matches the table types, column by column', async () => {
    const schema = new Map<string, Record<string, string>>()
    for (const column of await readColumns(engine)) {
      const columns = schema.get(column.table) ?? {}
      columns[column.name] = expectedShape(column)
      schema.set(column.table, columns)
    }
    expect(typesInSource()).toEqual(Object.fromEntries(schema))
  })
}

function history(engine: Engine): Promise<unknown> {
  return engine.db.selectFrom('schema_migration').selectAll().orderBy('number').execute()
}

/** What the tables' types must say of a column: whether it may be null, and left out of an insert. */
function expectedShape({ isNullable, isIdentity, default: value }: SchemaColumn): string {
  const parts = [isNullable ? 'nullable' : 'required']
  if (isIdentity || value !== null) parts.push('generated')
  return parts.join(' ')
}

/** Table by table what the tables' types say, read from their text: types are gone when tests run. */
function typesInSource(): Record<string, Record<string, string>> {
  const folder = new URL('.', import.meta.url)
  const source = readdirSync(folder)
    .filter((name) => /^tables.*\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const bodies = new Map(
    [...source.matchAll(/^export type (\w+) = (?:\w+ & )?\{([^}]*)\}/gm)].map(([, name, body]) => [
      name,
      body,
    ]),
  )
  const all = `${bodies.get('Tables')}\n${bodies.get('PlanningTables')}`
  const tables = [...all.matchAll(/^ {2}(\w+): (\w+)$/gm)]
  return Object.fromEntries(
    tables.map(([, table, type]) => {
      const columns = [...(bodies.get(type!) ?? '').matchAll(/(\w+): ([^\n;]+)/g)]
      return [table, Object.fromEntries(columns.map(([, name, text]) => [name, shapeOf(text!)]))]
    }),
  )
}

function shapeOf(type: string): string {
  const parts = [/\| null\b/.test(type) ? 'nullable' : 'required']
  if (/Generated/.test(type) || /\| undefined/.test(type)) parts.push('generated')
  return parts.join(' ')
}
