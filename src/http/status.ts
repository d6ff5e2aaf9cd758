import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Readiness } from '../domain/readiness.ts'
import { identifyBearer } from './bearer.ts'
import type { Identity } from './identity.ts'

/** `/health` while the process lives, `/ready` while it can serve, `/metrics` for Prometheus. */
export function registerStatus(
  server: FastifyInstance,
  needs: {
    readiness: () => Promise<Readiness>
    metrics: Registry
    identity: Identity
    version: string
  },
): void {
  server.get('/health', { config: { access: 'public', rateLimit: false } }, async () => ({
    status: 'ok',
    version: needs.version,
  }))
  server.get(
    '/ready',
    { config: { access: 'public', rateLimit: false } },
    async (_request, reply) => {
      const readiness = await needs.readiness()
      return reply.code(readiness.isReady ? 200 : 503).send(readiness)
    },
  )
  void server.register(async (scope) => {
    scope.addHook('onRequest', identifyBearer(needs.identity))
    scope.get('/metrics', { config: { access: 'admin' } }, async (_request, reply) =>
      reply.type(needs.metrics.contentType).send(await needs.metrics.metrics()),
    )
  })
}
