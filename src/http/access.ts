import type { Scope } from '../domain/permission.ts'

/**
 * Who may call a route. Every route says so in its config, or the server refuses to start:
 * `public` for anybody, a scope for a token that has it, `local` for this machine's command line,
 * `address` for whoever knows the secret in the route's own address, which the route checks.
 */
export type Access = 'public' | 'local' | 'address' | Scope

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyInstance {
    /** For routes of plugins that are not ours: a scope decorated with it answers for them all. */
    readonly routeAccess?: Access
  }
}
