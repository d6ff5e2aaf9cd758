import type { FastifyInstance } from 'fastify'
import type { SessionId } from '../../domain/session.ts'
import { baseUrlOf } from '../../http/context-path.ts'
import { refusal, sendJson } from './errors.ts'
import type { Flavour } from './flavour.ts'
import { actorOf, callerOf, nameOf, sealSession, sessionCookie } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { objectOf, textOf } from './params.ts'
import type { Gate } from './password-login.ts'
import { noContent } from './routes-worklog-writes.ts'

/**
 * Cookie logins of old clients: `username` and a password, or a token in its place. The cookie holds
 * the key sealed, so it ends when the token or the session does, and is worth nothing elsewhere.
 */
export function registerSession(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  _flavour: Flavour,
  gate: Gate,
): void {
  const { store, box, now, publicUrl, entering } = needs

  scope.post('/session', { config: { access: 'public' } }, async (request, reply) => {
    const { username, password } = objectOf(request.body)
    const [name = '', secret = ''] = [textOf(username), textOf(password)]
    if (secret === '') throw refusal(400, 'The username and the password are needed.')
    const { actor, key } = await gate.admit(request, { name, secret })
    const person = await store.people.get(actor.siteId, actor.personId)
    const value = sealSession(box(), key, now())
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

  scope.delete('/session', { config: { access: 'read' } }, async (request, reply) => {
    const actor = actorOf(request)
    const session = /^session (\S+)$/.exec(actor.via)?.[1]
    if (session !== undefined) {
      await entering.sessions.end(actor, session as SessionId)
      entering.identity.forget()
    }
    void reply.header('set-cookie', `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
    return noContent(reply)
  })
}
