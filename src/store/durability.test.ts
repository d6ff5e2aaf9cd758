import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import { migrate } from './migrate.ts'
import { openPglite } from './pglite.ts'
import { makeStore } from './store.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourbook-durability-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the embedded database in a folder', () => {
  it('syncs the disk at least once for every committed write, and keeps what it wrote', async () => {
    const engine = await openPglite(folder)
    await migrate(engine)
    const store = makeStore(engine)
    const site = await aSite(store)
    const before = engine.fsyncCount()
    const writes = 100
    for (let at = 0; at < writes; at += 1)
      await store.write(site.siteId, (tx) => tx.groups.create(site.siteId, [`group ${at}`]))
    expect(engine.fsyncCount() - before).toBeGreaterThanOrEqual(writes)

    const reads = engine.fsyncCount()
    for (let at = 0; at < writes; at += 1) await store.groups.list(site.siteId, { limit: 1 })
    expect(engine.fsyncCount() - reads).toBeLessThan(writes)
    await store.close()

    const again = await openPglite(folder)
    expect(await migrate(again)).toEqual([])
    expect(await makeStore(again).groups.list(site.siteId, { limit: 999 })).toHaveLength(writes)
    await again.close()
  })

  it('runs with the settings that make its syncs real', async () => {
    const engine = await openPglite(folder)
    const show = async (name: string) =>
      (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(engine.db))
        .rows[0]?.value
    expect(await show('fsync')).toBe('on')
    expect(await show('synchronous_commit')).toBe('on')
    expect(await show('full_page_writes')).toBe('on')
    expect(await show('wal_sync_method')).toBe('fsync')
    await engine.close()
  })

  it('refuses to start where syncing has no effect', async () => {
    const refused = openPglite(folder, { syncsDisk: false })
    await expect(refused).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('does not sync'),
    })
    await (await openPglite(folder)).close()
  })

  it('refuses a folder of another version of PostgreSQL, and leaves it alone', async () => {
    const foreign = mkdtempSync(join(tmpdir(), 'hourbook-foreign-'))
    mkdirSync(join(foreign, 'db'))
    writeFileSync(join(foreign, 'db', 'PG_VERSION'), '17\n')
    await expect(openPglite(foreign)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('PostgreSQL 17'),
    })
    expect(readdirSync(join(foreign, 'db'))).toEqual(['PG_VERSION'])
    rmSync(foreign, { recursive: true })
  })
})

describe('a creation that is cut short', () => {
  it('leaves nothing that looks finished, and the next start creates anew', async () => {
    const cut = mkdtempSync(join(tmpdir(), 'hourbook-cut-'))
    try {
      const opener = fileURLToPath(new URL('./pglite.ts', import.meta.url))
      const script = `const { openPglite } = await import(${JSON.stringify(opener)}); await openPglite(${JSON.stringify(cut)})`
      const begun = draftBegun(cut)
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script],
        {
          stdio: 'inherit',
        },
      )
      const ended = once(child, 'exit')
      await begun
      child.kill('SIGKILL')
      await ended
      expect(existsSync(join(cut, 'db'))).toBe(false)
      expect(readdirSync(cut).some((name) => name.startsWith('db.new-'))).toBe(true)

      // The killed opener's own child may still be writing its draft; that must not disturb us.
      const engine = await openPglite(cut)
      expect(await migrate(engine)).not.toEqual([])
      await engine.close()
      expect(readdirSync(cut)).toEqual(['db'])
    } finally {
      rmSync(cut, { recursive: true, force: true })
    }
  })
})

/** Resolves once the folder holds the draft of a cluster with something in it. */
async function draftBegun(cut: string): Promise<void> {
  for await (const _ of changesIn(cut)) {
    const draft = readdirSync(cut).find((name) => name.startsWith('db.new-'))
    if (draft && readdirSync(join(cut, draft)).length > 0) return
  }
}

async function* changesIn(path: string): AsyncGenerator<void> {
  const watcher = watch(path, { recursive: true })
  try {
    for (;;) {
      await once(watcher, 'change')
      yield
    }
  } finally {
    watcher.close()
  }
}
