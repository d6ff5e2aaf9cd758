import type { FastifyInstance } from 'fastify'
import { identifyBearer } from '../../http/bearer.ts'
import { readBodies } from './body.ts'
import { answerErrors } from './errors.ts'
import { type Face, faces, feedFaces } from './face.ts'
import type { TempoNeeds } from './needs.ts'
import { makeOperations, type Resource } from './operations.ts'
import { feeds, resources } from './resources.ts'

export type { TempoNeeds } from './needs.ts'
export { registerOAuth } from './oauth-routes.ts'

/** Tempo Cloud's REST API, versions 3 and 4 over the same facts. */
export async function registerTempoCore(server: FastifyInstance, needs: TempoNeeds): Promise<void> {
  for (const face of faces) await registerFace(server, needs, face, resources)
  for (const face of feedFaces) await registerFace(server, needs, face, feeds)
}

/** A scope of its own: identity, errors and bodies of this API under its base path. */
async function registerFace(
  server: FastifyInstance,
  needs: TempoNeeds,
  face: Face,
  registered: readonly Resource[],
): Promise<void> {
  await server.register(
    async (scope) => {
      answerErrors(scope)
      readBodies(scope)
      scope.addHook('onRequest', identifyBearer(needs.identity))
      const operations = makeOperations(scope, face, needs)
      for (const register of registered) register(operations)
    },
    { prefix: face.base },
  )
}
