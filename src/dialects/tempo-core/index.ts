import type { FastifyInstance } from 'fastify'
import { identifyBearer } from '../../http/bearer.ts'
import { readBodies } from './body.ts'
import { answerErrors } from './errors.ts'
import { faces } from './face.ts'
import type { TempoNeeds } from './needs.ts'
import { makeOperations } from './operations.ts'
import { resources } from './resources.ts'

export type { TempoNeeds } from './needs.ts'

/** Tempo Cloud's REST API, versions 3 and 4 over the same facts. */
export async function registerTempoCore(server: FastifyInstance, needs: TempoNeeds): Promise<void> {
  for (const face of faces)
    await server.register(
      async (scope) => {
        answerErrors(scope)
        readBodies(scope)
        scope.addHook('onRequest', identifyBearer(needs.identity))
        const operations = makeOperations(scope, face, needs)
        for (const register of resources) register(operations)
      },
      { prefix: face.base },
    )
}
