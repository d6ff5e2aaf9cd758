import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { ApiNeeds } from './needs.ts'

/** Everything from ourselves; the page sets styles from its scripts, which needs no exception. */
const referencePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="140" height="40"><text y="28"
  font-family="sans-serif" font-size="24" fill="#fff">Hourbook</text></svg>`

/** Collects what the routes registered after it say of themselves. */
export async function describeApi(
  scope: FastifyInstance,
  { version, publicUrl }: Pick<ApiNeeds, 'version' | 'publicUrl'>,
): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Hourbook',
        version,
        description:
          'Worklogs, people, projects and changes of one site. Send `Authorization: Bearer <token>`; `hourbook token create` makes one. Refusals are problem documents (RFC 9457). Inputs are closed: a field or parameter not named here is refused.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl ?? '/' }],
      tags: [
        { name: 'Worklogs', description: 'Time spent on issues' },
        { name: 'Reports', description: 'Sums of worklogs as tables, kept and shared' },
        { name: 'Changes', description: 'The change feed, deletions included' },
        { name: 'People', description: 'People and groups' },
        { name: 'Teams', description: 'Who works with whom, and what they can do' },
        { name: 'Projects and issues', description: 'What time is spent on' },
        { name: 'Accounts', description: 'What time is billed to, and what worklogs carry of it' },
        { name: 'Site', description: 'Who is asking, and where rows come from' },
        { name: 'Entering', description: 'Sessions of browsers: signing in and out, passwords' },
      ],
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ token: [] }],
    },
    refResolver: {
      buildLocalReference: (schema, _uri, _fragment, at) =>
        typeof schema.$id === 'string' ? schema.$id : `schema-${at}`,
    },
  })
}

/** The document itself, for everybody: it says nothing of what is stored. */
export function registerDocument(scope: FastifyInstance): void {
  scope.get(
    '/openapi.json',
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) => reply.type('application/json; charset=utf-8').send(scope.swagger()),
  )
}

/** A page to read the document with. */
export async function registerReference(
  scope: FastifyInstance,
  routePrefix: string,
): Promise<void> {
  scope.decorate('routeAccess', 'public' as const)
  await scope.register(swaggerUi, {
    routePrefix,
    staticCSP: referencePolicy,
    theme: { title: 'Hourbook API' },
    logo: { type: 'image/svg+xml', content: Buffer.from(logo) },
    uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
  })
}
