import type { FastifyRequest } from 'fastify'
import { secretParameters } from './log.ts'

const secretHeaders = ['authorization', 'auth-token', 'auth_token', 'apikey'] as const

/**
 * Whatever secret a request brings, in a header or (as some foreign APIs want it) in its address;
 * unproven. Only for telling callers apart, such as in limits of requests.
 */
export function presentedSecret({
  headers,
  url,
}: Pick<FastifyRequest, 'headers' | 'url'>): string | undefined {
  for (const name of secretHeaders) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return value
  }
  const at = url.indexOf('?')
  if (at < 0) return undefined
  for (const [name, value] of new URLSearchParams(url.slice(at + 1)))
    if (value !== '' && secretParameters.test(name)) return value
  return undefined
}
