import type { FastifyInstance } from 'fastify'
import type { ReceiveHook } from '../domain/hooks.ts'

const mostBytes = 1_024 * 1_024

/**
 * Takes webhooks of connected Jiras. The address carries a secret, so it is never logged; the body
 * stays bytes, for the signature is over them.
 */
export async function registerHooks(server: FastifyInstance, receive: ReceiveHook): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Params: { connection: string; token: string }; Body: Buffer }>(
      '/hooks/jira/:connection/:token',
      { config: { access: 'address' }, bodyLimit: mostBytes, logLevel: 'silent' },
      async (request, reply) => {
        const header = (name: string) => {
          const value = request.headers[name]
          return typeof value === 'string' ? value : undefined
        }
        await receive({
          ...request.params,
          signature: header('x-hub-signature'),
          identifier: header('x-atlassian-webhook-identifier'),
          body: request.body ?? Buffer.alloc(0),
        })
        return reply.code(200).send({})
      },
    )
  })
}
