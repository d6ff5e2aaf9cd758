import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type App, openApp } from '../src/compose.ts'
import { type Environment, readConfig } from '../src/config.ts'
import { makeLogger } from '../src/http/log.ts'
import { readMigrations } from '../src/store/migrate.ts'

/** A data folder of its own in which a server has been once: nobody and nothing in it. */
export type DataFolder = { readonly path: string; readonly remove: () => void }

/** Creating a cluster takes seconds, so one is made for all tests and copied for each. */
export async function aDataFolder(): Promise<DataFolder> {
  const path = mkdtempSync(join(tmpdir(), 'hourbook-data-'))
  cpSync(await templateFolder(), path, { recursive: true })
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type TestApp = { readonly app: App; readonly logLines: string[]; close(): Promise<void> }

/** Everything wired, on a data folder of its own; what it logs is kept. */
export async function aTestApp(
  environment: Environment = {},
  now: () => number = Date.now,
): Promise<TestApp> {
  const folder = await aDataFolder()
  const logLines: string[] = []
  const config = readConfig({
    HOURBOOK_DATA: folder.path,
    HOURBOOK_REQUESTS_PER_MINUTE: '0',
    HOURBOOK_SYNC_SECONDS: '0',
    ...environment,
  })
  const logger = makeLogger('debug', { write: (line) => void logLines.push(line) })
  const app = await openApp({ config, logger, now })
  return {
    app,
    logLines,
    async close() {
      await app.close()
      folder.remove()
    },
  }
}

async function templateFolder(): Promise<string> {
  const { version } = createRequire(import.meta.url)(
    '../node_modules/@electric-sql/pglite/package.json',
  ) as { version: string }
  const hash = createHash('sha256').update(version)
  for (const { name, checksum } of readMigrations()) hash.update(`${name} ${checksum}\n`)
  const parent = join(tmpdir(), `hourbook-tests-${userInfo().uid}`)
  const template = join(parent, `folder-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(template)) return template
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(`${template}.`)
  const config = readConfig({ HOURBOOK_DATA: draft, HOURBOOK_SITE_TIME_ZONE: 'Europe/Berlin' })
  await (await openApp({ config })).close()
  try {
    renameSync(draft, template)
  } catch {
    // Another test worker was faster: its folder is as good.
    rmSync(draft, { recursive: true, force: true })
  }
  return template
}
