import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { sendProblem } from '../http/problem.ts'

/** Answers 405 with Allow where a path is known by other methods, and 404 everywhere else. */
export function refuseUnknown(scope: FastifyInstance): void {
  const known: { readonly pattern: RegExp; readonly method: string }[] = []
  scope.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/:[A-Za-z]+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) known.push({ pattern, method: one })
  })
  scope.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = known.filter(({ pattern }) => pattern.test(path)).map((one) => one.method)
    if (methods.length === 0)
      return sendProblem(
        request,
        reply,
        new DomainError('not-found', `There is nothing at ${request.method} ${path}`),
      )
    const allowed = [...new Set(methods)].sort().join(', ')
    void reply.header('allow', allowed)
    return sendProblem(request, reply, {
      statusCode: 405,
      message: `${request.method} is not offered here, but ${allowed}`,
    })
  })
}
