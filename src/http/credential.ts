import type { FastifyRequest } from 'fastify'

/** What a request proves itself with; `name` is what came beside the secret, and proves nothing. */
export type Credential = { readonly name?: string; readonly secret: string }

/**
 * The token in an Authorization header: `Bearer <token>`, or `Basic` with the token in the place of
 * the password, as clients of Jira send it. Undefined where there is neither.
 */
export function authorizationOf({ headers }: FastifyRequest): Credential | undefined {
  const header = headers.authorization ?? ''
  const bearer = /^Bearer +(\S+) *$/i.exec(header)?.[1]
  if (bearer !== undefined) return { secret: bearer }
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header)?.[1]
  if (encoded === undefined) return undefined
  // Names may hold no colon, passwords may.
  const [, name = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return secret === '' ? undefined : { name, secret }
}

/** A cookie by its name; undefined where the request has none of that name. */
export function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** A query parameter that carries a secret; a repeated one counts once. */
export function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Readonly<Record<string, unknown>> | null)?.[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}
