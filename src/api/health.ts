import type { FastifyInstance } from 'fastify'
import { checkMay } from '../domain/directory-checks.ts'
import type { Health } from '../domain/health.ts'
import { formatInstant } from '../domain/zone.ts'
import { HealthAnswer } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { momentOrNull } from './render.ts'

/** How the server stands, for administrators: `/health` and `/ready` tell machines less. */
export function registerHealth(scope: FastifyInstance, readHealth: () => Promise<Health>): void {
  scope.get(
    '/health',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'getHealth',
        tag: 'Site',
        summary: 'How the server stands',
        description:
          'Database, memory, requests since the start, the last backup, and what is set from outside with secrets masked. For administrators.',
        answers: { 200: answer('As it is now', HealthAnswer) },
      }),
    },
    async (request) => {
      const what = 'see how the server stands'
      checkMay(actorOf(request), 'administer', { type: 'site' }, what)
      const { startedAt, backup, ...others } = await readHealth()
      return {
        ...others,
        startedAt: formatInstant(startedAt),
        backup: { mark: backup.mark, lastAt: momentOrNull(backup.lastAt) },
      }
    },
  )
}
