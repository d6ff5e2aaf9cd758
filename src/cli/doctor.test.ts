import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runIn } from '../../test/command.ts'
import { aDataFolder, type DataFolder } from '../../test/data-folder.ts'
import { type App, openApp } from '../compose.ts'
import { readConfig } from '../config.ts'
import { openPglite } from '../store/pglite.ts'

let folder: DataFolder
beforeAll(async () => {
  folder = await aDataFolder()
})
afterAll(() => folder?.remove())

async function withApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp({ config: readConfig({ HOURBOOK_DATA: folder.path }) })
  return work(app).finally(() => app.close())
}

describe('doctor', () => {
  it('finds the first audit entry that somebody altered behind our back', async () => {
    await withApp(async (app) => {
      for (const name of ['one', 'two', 'three'])
        expect((await runIn(app, ['token', 'create', '--name', name])).code).toBe(0)
      const { code, out } = await runIn(app, ['doctor'])
      expect([code, out]).toEqual([0, expect.stringMatching(/^ {2}audit chain +unbroken$/m)])
    })
    const engine = await openPglite(folder.path)
    const { rows } = await sql<{ seq: string }>`update audit
      set after = jsonb_set(after::jsonb, '{name}', '"2"')::json where after->>'name' = 'two'
      returning seq`.execute(engine.db)
    await engine.close()
    await withApp(async (app) => {
      const { code, out } = await runIn(app, ['doctor'])
      expect([code, out]).toEqual([
        1,
        expect.stringMatching(new RegExp(`^! audit chain +broken at entry ${rows[0]?.seq}$`, 'm')),
      ])
    })
  })

  it('shows what is in force, secrets masked', async () => {
    await withApp(async (app) => {
      const { out } = await runIn(app, ['doctor', '--json'])
      const found = JSON.parse(out) as Record<string, string>
      expect(found).toMatchObject({
        HOURBOOK_DATA: folder.path,
        DATABASE_URL: '(not set)',
        database: 'embedded',
      })
    })
  })
})
