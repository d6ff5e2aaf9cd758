import type { FastifyInstance } from 'fastify'
import { anActor, aSite } from '../../../test/builders.ts'
import { openMemoryDatabase } from '../../../test/database.ts'
import { wireApp } from '../../compose.ts'
import { makeHttpServer } from '../../compose-server.ts'
import { readConfig } from '../../config.ts'

// What the tests of this folder share: a site with an administrator's token behind the whole server.

export const secret = 'the-tempo-secret-0001'

export async function aTempoWorld(
  environment: Record<string, string> = {},
  prepare?: (server: FastifyInstance) => void,
) {
  const { store } = await openMemoryDatabase()
  const site = await aSite(store)
  const config = readConfig({
    HOURBOOK_LOG: 'silent',
    HOURBOOK_REQUESTS_PER_MINUTE: '0',
    ...environment,
  })
  const app = wireApp({ config, store, site: site.site })
  const person = await site.aPerson({ role: 'administrator', accountId: '557058:adm' })
  const admin = anActor(site, person, 'administrator', ['read', 'write', 'admin'])
  await app.tokens.create(admin, {
    personId: person.id,
    name: 'tempo',
    scopes: ['read', 'write', 'admin'],
    networks: [],
    expiresAt: null,
    value: secret,
  })
  const server = await makeHttpServer(app, prepare)
  return {
    ...site,
    app,
    server,
    person,
    admin,
    /** A GET as a client sends it; `url` may be absolute. */
    async get(url: string, headers: Record<string, string> = {}) {
      const answer = await server.inject({
        url,
        headers: { authorization: `Bearer ${secret}`, host: 'tempo.example', ...headers },
      })
      return { status: answer.statusCode, body: answer.json() }
    },
    async close() {
      await server.close()
      await app.close()
    },
  }
}

export type TempoWorld = Awaited<ReturnType<typeof aTempoWorld>>
