import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { type App, openApp } from '../src/compose.ts'
import { type Environment, readConfig } from '../src/config.ts'
import { makeLogger } from '../src/http/log.ts'
import { readMigrations } from '../src/store/migrate.ts'

/** A data folder of its own in which a server has been once: nobody and nothing in it. */
export type DataFolder = { readonly path: string; readonly remove: () => void }

/** What a folder holds before a test begins: made once in a run of the tests, by this name. */
export type Contents = { readonly name: string; fill(app: App): Promise<void> }

/** Creating a cluster takes seconds, so one is made for all tests and copied for each. */
export async function aDataFolder(contents?: Contents): Promise<DataFolder> {
  const path = mkdtempSync(join(tmpdir(), 'hourbook-data-'))
  const template = contents ? await filledFolder(contents) : await templateFolder()
  cpSync(template, path, { recursive: true })
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type TestApp = { readonly app: App; readonly logLines: string[]; close(): Promise<void> }

/** Everything wired, on a data folder of its own; what it logs is kept. */
export async function aTestApp(
  environment: Environment = {},
  now: () => number = Date.now,
  contents?: Contents,
): Promise<TestApp> {
  const folder = await aDataFolder(contents)
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
  return madeOnce(template, async (draft) => {
    const config = readConfig({ HOURBOOK_DATA: draft, HOURBOOK_SITE_TIME_ZONE: 'Europe/Berlin' })
    await (await openApp({ config })).close()
  })
}

/** For this run alone, known by the process that began it: what fills it may change before the next. */
async function filledFolder({ name, fill }: Contents): Promise<string> {
  const parent = join(tmpdir(), `hourbook-tests-${userInfo().uid}`)
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  for (const found of readdirSync(parent)) {
    const run = /^run-(\d+)-/.exec(found)?.[1]
    if (run && !isAlive(Number(run))) rmSync(join(parent, found), { recursive: true, force: true })
  }
  return madeOnce(join(parent, `run-${process.ppid}-${name}`), async (draft) => {
    cpSync(await templateFolder(), draft, { recursive: true })
    const app = await openApp({ config: readConfig({ HOURBOOK_DATA: draft }) })
    await fill(app).finally(() => app.close())
  })
}

async function madeOnce(template: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(template)) return template
  mkdirSync(dirname(template), { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(`${template}.`)
  await make(draft)
  try {
    renameSync(draft, template)
  } catch {
    // Another test worker was faster: its folder is as good.
    rmSync(draft, { recursive: true, force: true })
  }
  return template
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
