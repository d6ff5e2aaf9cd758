import type { FastifyInstance } from 'fastify'
import { baseUrlOf } from '../../http/context-path.ts'
import { refusal, sendJson } from './errors.ts'
import { callerOf, nameOf, sealSession, sessionCookie } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { objectOf, textOf } from './params.ts'
import { noContent } from './routes-worklog-writes.ts'

/**
 * Cookie logins of old clients: `username` and, in the place of the password, a token. The cookie
 * holds the token sealed, so it ends when the token does, and is worth nothing elsewhere.
 */
export function registerSession(scope: FastifyInstance, needs: JiraNativeNeeds): void {
  const { identity, store, box, now, publicUrl } = needs

  scope.post('/session', { config: { access: 'public' } }, async (request, reply) => {
    const { username, password } = objectOf(request.body)
    const secret = textOf(password) ?? ''
    if (secret === '') throw refusal(400, 'The username and the password are needed.')
    const actor = await identity.identify(secret, request.ip)
    const person = await store.people.get(actor.siteId, actor.personId)
    const value = sealSession(box(), secret, now())
    const secure = baseUrlOf(request, publicUrl).startsWith('https:') ? '; Secure' : ''
    void reply.header(
      'set-cookie',
      `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`,
    )
    void reply.header('x-ausername', encodeURIComponent(textOf(username) ?? nameOf(person)))
    return sendJson(reply, {
      session: { name: sessionCookie, value },
      loginInfo: { failedLoginCount: 0, loginCount: 1 },
    })
  })

  scope.get('/session', { config: { access: 'read' } }, async (request, reply) => {
    const name = nameOf(callerOf(request))
    const base = baseUrlOf(request, publicUrl)
    return sendJson(reply, {
      self: `${base}/rest/api/2/user?username=${encodeURIComponent(name)}`,
      name,
      loginInfo: { failedLoginCount: 0, loginCount: 1 },
    })
  })

  scope.delete('/session', { config: { access: 'read' } }, async (_request, reply) => {
    void reply.header('set-cookie', `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
    return noContent(reply)
  })
}
