import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'

type Refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => unknown

declare module 'fastify' {
  interface FastifyInstance {
    /** How a surface refuses addresses below its prefix that nobody can decode. */
    badAddresses: Map<string, Refuse>
  }
}

/** Has a surface refuse them in its own shape: they never reach its routes, hooks and handlers. */
export function refuseBadAddresses(scope: FastifyInstance, refuse: Refuse): void {
  scope.badAddresses.set(scope.prefix.toLowerCase(), refuse)
}

/** Answers such an address: as the surface does under whose prefix it lies, else with a problem. */
export function answerBadAddress(
  { badAddresses }: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  const url = request.url.toLowerCase()
  const prefix = [...badAddresses.keys()]
    .filter((one) => url.startsWith(`${one}/`))
    .sort((a, b) => b.length - a.length)[0]
  const refuse = prefix === undefined ? sendProblem : badAddresses.get(prefix)!
  refuse(request, reply.header('x-request-id', request.id), error)
}
