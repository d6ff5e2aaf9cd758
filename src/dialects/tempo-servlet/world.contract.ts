import type { FastifyInstance } from 'fastify'
import { anActor, aSite, type SiteBuilder } from '../../../test/builders.ts'
import { aClock, type HandClock } from '../../../test/clock.ts'
import type { TestDatabase } from '../../../test/database.ts'
import { type App, ensureAdministrator, wireApp } from '../../compose.ts'
import { makeHttpServer } from '../../compose-server.ts'
import { readConfig } from '../../config.ts'
import type { Actor, Scope } from '../../domain/permission.ts'

// What the tests of this folder share: a site behind the whole server, and a token made for it.

export const secret = 'servlet-secret-0001'

export type ServletWorld = {
  readonly site: SiteBuilder
  readonly app: App
  readonly server: FastifyInstance
  readonly clock: HandClock
  readonly administrator: Actor
  /** The text of a servlet's answer; the token is added. */
  get(servlet: string, params?: Readonly<Record<string, string>>): Promise<string>
  /** Posts a document as the body, with the token in the address. */
  post(xml: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<Posted>
  close(): Promise<void>
}

export type Posted = { readonly status: number; readonly text: string }

export async function aServletWorld({ store }: TestDatabase): Promise<ServletWorld> {
  const site = await aSite(store)
  const clock = aClock()
  const config = readConfig({ HOURBOOK_LOG: 'silent', HOURBOOK_REQUESTS_PER_MINUTE: '0' })
  const app = wireApp({ config, store, site: site.site, now: clock.now })
  const person = await ensureAdministrator(app)
  const scopes: readonly Scope[] = ['read', 'write', 'admin']
  const administrator = anActor(site, person, 'administrator', scopes)
  await app.tokens.create(administrator, {
    personId: person.id,
    name: 'ERP',
    scopes: ['servlet'],
    networks: [],
    expiresAt: null,
    value: secret,
  })
  const server = await makeHttpServer(app)
  return {
    site,
    app,
    server,
    clock,
    administrator,
    async get(servlet, params = {}) {
      const query = new URLSearchParams({ ...params, tempoApiToken: secret })
      const answer = await server.inject(`/plugins/servlet/${servlet}/?${query}`)
      return answer.body
    },
    async post(xml, headers = {}) {
      const answer = await server.inject({
        method: 'POST',
        url: `/plugins/servlet/tempo-updateWorklog/?tempoApiToken=${secret}`,
        payload: xml,
        headers,
      })
      return { status: answer.statusCode, text: answer.body }
    },
    close: () => server.close(),
  }
}

/** Texts of all elements of a name, in their order; an empty element is an empty text. */
export function textsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:/>|>([^<]*)</${name}>)`, 'g'))].map(
    ([, text]) => text ?? '',
  )
}

export function update(fields: Readonly<Record<string, string>>): string {
  const children = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<worklog_updates><worklog_update>${children.join('')}</worklog_update></worklog_updates>`
}
