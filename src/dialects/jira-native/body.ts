import type { FastifyInstance } from 'fastify'
import { refusal } from './errors.ts'

/**
 * Takes JSON, and an empty body whatever type it claims: clients send `Content-Type:
 * application/json` with a DELETE that has none (contract B2). Everything else is refused, which is
 * also what keeps forms of other sites from writing with somebody's cookie.
 */
export function acceptJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined)
    const type = request.headers['content-type'] ?? ''
    if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
      return done(refusal(415, 'The content type must be application/json.'))
    try {
      return done(null, JSON.parse(String(body)))
    } catch {
      return done(refusal(400, 'Unexpected character in the JSON of the request body.'))
    }
  })
}
