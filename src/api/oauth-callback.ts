import type { FastifyInstance } from 'fastify'
import type { OAuthConsent } from '../domain/connections.ts'

/**
 * Where a browser comes back to after a consent. Whoever comes is known by the state alone, which an
 * administrator got ten minutes ago at most; it stands in the address, so nothing is logged.
 */
export function registerOAuthCallback(server: FastifyInstance, consent: OAuthConsent): void {
  server.get<{ Querystring: Record<string, unknown> }>(
    '/oauth/jira/callback',
    { config: { access: 'address' }, logLevel: 'silent' },
    async (request, reply) => {
      const said = (name: string) => {
        const value = request.query[name]
        return typeof value === 'string' ? value.slice(0, 4_000) : undefined
      }
      const state = said('state') ?? ''
      const name = await consent.finish({ state, code: said('code'), error: said('error') })
      return reply
        .header('cache-control', 'no-store')
        .type('text/plain; charset=utf-8')
        .send(`${name} is connected. You may close this window.\n`)
    },
  )
}
