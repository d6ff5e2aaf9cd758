import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type App, ensureAdministrator, wireApp } from '../src/compose.ts'
import { makeHttpServer } from '../src/compose-server.ts'
import { readConfig } from '../src/config.ts'
import type { Scope } from '../src/domain/permission.ts'
import { openMemoryDatabase } from '../test/database.ts'

/** The moment the golden world stands still at. */
const now = Date.UTC(2026, 2, 31, 12)

/** Secrets of the golden world, by the name a case uses: `Authorization: Bearer {admin}`. */
export const secrets: Readonly<Record<string, string>> = {
  admin: 'golden-admin-secret-0001',
  mira: 'golden-mira-secret-0002',
  reader: 'golden-reader-secret-03',
  servlet: 'golden-servlet-secret-05',
}

export type GoldenWorld = {
  readonly app: App
  readonly server: FastifyInstance
  close(): Promise<void>
}

/** What a folder of cases brings along: files to take in after the golden ones, a site of its own. */
export type FolderWorld = {
  readonly files: readonly string[]
  readonly site: { readonly name: string; readonly timeZone: string }
  /** Settings besides the golden ones. */
  readonly environment?: Readonly<Record<string, string>>
}

export const goldenSite = { name: 'Golden', timeZone: 'UTC' }

/** One small company, taken in through the file import, behind the whole server. */
export async function openGoldenWorld(
  { files, site: wish, environment = {} }: FolderWorld = { files: [], site: goldenSite },
): Promise<GoldenWorld> {
  const { store } = await openMemoryDatabase(() => now)
  const site = await store.sites.create(wish)
  const config = readConfig({
    HOURBOOK_LOG: 'silent',
    HOURBOOK_REQUESTS_PER_MINUTE: '0',
    HOURBOOK_SECRET_KEY: 'golden-secret-key-0004',
    HOURBOOK_FORCE_LONG_POLL: '1',
    ...environment,
  })
  let planned = 3_728_690_601_734_324_000n
  const newId = () => {
    planned += 1n
    return String(planned)
  }
  const newUid = () => `00000000-0000-4000-8000-${newId().slice(-12)}`
  const app = wireApp({ config, store, site, now: () => now, newId, newUid })
  await ensureAdministrator(app)
  const file = fileURLToPath(new URL('./world.json', import.meta.url))
  await app.importFiles({ siteId: site.id, files: [file, ...files] })
  await adopt(app, 'admin', 'admin', ['read', 'write', 'admin'])
  await adopt(app, 'mira', 'mira', ['read', 'write'])
  await adopt(app, 'reader', 'mira', ['read'])
  await adopt(app, 'servlet', 'admin', ['servlet'])
  const server = await makeHttpServer(app)
  return {
    app,
    server,
    async close() {
      await server.close()
      await app.close()
    },
  }
}

async function adopt(
  app: App,
  name: string,
  owner: string,
  scopes: readonly Scope[],
): Promise<void> {
  const [person] = (await app.store.people.findByNames(app.site.id, [owner])).get(owner) ?? []
  await app.tokens.create(await app.localActor(), {
    personId: person!.id,
    name,
    scopes,
    networks: [],
    expiresAt: null,
    value: secrets[name]!,
  })
}
