import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { aDataFolder } from './data-folder.ts'
import type { Environment } from './server-process.ts'

const databaseUrl = process.env.TEST_DATABASE_URL

/** Where processes that will be killed keep their data. */
export type Place = { readonly environment: Environment; close(): Promise<void> }

/** A data folder: one server at a time. */
export async function folderPlace(): Promise<Place> {
  const { path, remove } = await aDataFolder()
  return { environment: { HOURBOOK_DATA: path }, close: async () => remove() }
}

/** A database of its own on the PostgreSQL server of the tests. */
export async function databasePlace(): Promise<Place> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  const name = `hourbook_kill_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name}`)
  const url = new URL(databaseUrl!)
  url.pathname = `/${name}`
  return {
    environment: { DATABASE_URL: url.href, HOURBOOK_DATA: join(tmpdir(), name) },
    async close() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
