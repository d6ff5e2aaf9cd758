import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Stands in the built page where each answer puts a nonce of its own. */
const nonceMark = '__NONCE__'

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes its variables into a style element; attributes need no leave.
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/**
 * Serves the built web application: its files, and its page at every address the application
 * knows (`screens.json`, written by the build). Nothing else is touched, so that each API keeps its own 404.
 */
export async function registerWeb(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const screens = JSON.parse(readFileSync(join(folder, 'screens.json'), 'utf8')) as string[]
  await server.register(async (scope) => {
    scope.decorate('routeAccess', 'public' as const)
    await scope.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      preCompressed: true,
      // Names carry a hash of the content.
      immutable: true,
      maxAge: '365d',
      index: false,
    })
    const sendPage = async (_request: unknown, reply: FastifyReply) => {
      const nonce = randomBytes(16).toString('base64')
      return reply
        .header('content-security-policy', policy(nonce))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(page.replaceAll(nonceMark, nonce))
    }
    for (const path of screens) {
      scope.get(path, sendPage)
      if (path !== '/') scope.get(`${path}/*`, sendPage)
    }
    for (const [name, type] of publicFiles)
      if (existsSync(join(folder, name))) {
        const content = readFileSync(join(folder, name))
        scope.get(`/${name}`, async (_request, reply) =>
          reply.header('cache-control', 'max-age=3600').type(type).send(content),
        )
      }
  })
}

const publicFiles = [
  ['favicon.svg', 'image/svg+xml'],
  ['manifest.webmanifest', 'application/manifest+json'],
] as const
