import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { packageFolder } from '../package-folder.ts'
import type { Engine } from './engine.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

// Beside the sources, and shipped there.
const migrationsFolder = join(packageFolder, 'src/store/migrations')

/** All migrations, in order. Throws when names or numbers are not 0001, 0002 … without a hole. */
export function readMigrations(folder: string = migrationsFolder): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name, index) => {
      const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1])
      if (number !== index + 1) throw new Error(`migration out of order: ${name}`)
      const text = readFileSync(join(folder, name), 'utf8')
      return { number, name, sql: text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/** Any fixed number: holds back a second server that starts on the same database meanwhile. */
const advisoryLock = 817_253

/**
 * Brings the database to the newest schema, forward only, one transaction each. Returns the names
 * of what was applied. Refuses (`unavailable`) a database that is newer, or whose history differs.
 */
export async function migrate(engine: Engine): Promise<readonly string[]> {
  const migrations = readMigrations()
  const applied: string[] = []
  await engine.db.connection().execute(async (db) => {
    await sql`select pg_advisory_lock(${sql.lit(advisoryLock)})`.execute(db)
    try {
      await sql`create table if not exists schema_migration (
        number integer primary key, name text not null, checksum text not null,
        applied_at timestamptz(3) not null default now())`.execute(db)
      const done = await db.selectFrom('schema_migration').selectAll().orderBy('number').execute()
      checkHistory(migrations, done)
      for (const migration of migrations.slice(done.length)) {
        await sql`begin`.execute(db)
        try {
          for (const statement of statementsOf(migration.sql)) await sql.raw(statement).execute(db)
          const { number, name, checksum } = migration
          await db.insertInto('schema_migration').values({ number, name, checksum }).execute()
          await sql`commit`.execute(db)
        } catch (error) {
          await sql`rollback`.execute(db)
          throw error
        }
        applied.push(migration.name)
      }
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(advisoryLock)})`.execute(db)
    }
  })
  return applied
}

function checkHistory(
  migrations: readonly Migration[],
  done: readonly { number: number; name: string; checksum: string }[],
): void {
  for (const row of done) {
    const known = migrations[row.number - 1]
    if (!known)
      throw new DomainError(
        'unavailable',
        `The database is newer than this Hourbook (it has ${row.name}); use the newer version`,
      )
    if (known.checksum !== row.checksum)
      throw new DomainError(
        'unavailable',
        `Migration ${row.name} differs from the one this database was made with`,
      )
  }
}

/** Migrations hold plain statements only: no function bodies, so a semicolon at a line's end ends one. */
function statementsOf(script: string): string[] {
  return script
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
