import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Scope } from '../../domain/permission.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import type { Face } from './face.ts'
import { makeJiraAddresses } from './jira-addresses.ts'
import { linksOf } from './links.ts'
import type { TempoNeeds } from './needs.ts'
import { readQuery } from './query.ts'

/** Answers a call: the body to send with 200, or undefined for 204 without one. */
export type Operation = (call: Call) => Promise<object | undefined>

/** Registers operations of one version under its base path. */
export type Operations = {
  readonly face: Face
  get(path: string, operation: Operation): void
  /** A POST that only reads. */
  search(path: string, operation: Operation): void
  post(path: string, operation: Operation): void
  put(path: string, operation: Operation): void
  patch(path: string, operation: Operation): void
  delete(path: string, operation: Operation): void
}

/** A group of operations: called once for each version. */
export type Resource = (operations: Operations) => void

export function makeOperations(scope: FastifyInstance, face: Face, needs: TempoNeeds): Operations {
  const addresses = makeJiraAddresses(needs.store, needs.now)
  const add = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    access: Scope,
    url: string,
    operation: Operation,
  ) => {
    scope.route<{ Params: Record<string, string> }>({
      method,
      url,
      config: { access },
      async handler(request, reply) {
        const { actor, params, body } = request
        if (!actor) throw new DomainError('unauthenticated', 'A token is needed')
        // No database takes it, and nothing is called so.
        if (Object.values(params).some((value) => value.includes('\0')))
          throw badRequest('The path is not valid')
        const links = linksOf(request, needs.publicUrl)
        const answer = await operation({
          actor,
          face,
          needs,
          param: (name) => params[name] ?? '',
          query: readQuery(links.query),
          // Unless something was sent, Fastify says null.
          body: body ?? undefined,
          links,
          to: (path) => `${links.origin}${face.base}${path}`,
          jira: await addresses(actor.siteId, links.origin),
        })
        if (answer === undefined) return reply.code(204).send()
        return reply.code(200).type('application/json; charset=utf-8').send(JSON.stringify(answer))
      },
    })
  }
  return {
    face,
    get: (path, operation) => add('GET', 'read', path, operation),
    search: (path, operation) => add('POST', 'read', path, operation),
    post: (path, operation) => add('POST', 'write', path, operation),
    put: (path, operation) => add('PUT', 'write', path, operation),
    patch: (path, operation) => add('PATCH', 'write', path, operation),
    delete: (path, operation) => add('DELETE', 'write', path, operation),
  }
}
