import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Credential } from '../../http/credential.ts'
import { hashSecret } from '../../http/identity.ts'
import type { JiraNativeNeeds } from './needs.ts'

/** What opened the door: a token, or a session that a password began. */
export type Key = { readonly kind: 'token' | 'session'; readonly secret: string }

export type Admitted = { readonly actor: Actor; readonly key: Key }

export type Gate = {
  /** A name and a secret: a token in the place of the password, or the password of a login here. */
  admit(request: FastifyRequest, credential: Credential): Promise<Admitted>
  /** The key of an earlier admission, as a cookie keeps it. Throws `unauthenticated`. */
  readmit(request: FastifyRequest, key: Key): Promise<Admitted>
}

const mostRemembered = 10_000

/**
 * Clients of Data Center send name and password with every request, and to check a password is slow
 * by design: the first request begins a session, which later ones are recognised by until it ends,
 * as it does when the password changes. Whose secret is a token never comes that far.
 */
export function makeGate({ identity, store, entering }: JiraNativeNeeds): Gate {
  const known = new Map<string, Key>()
  const remember = (hash: string, key: Key): Key => {
    if (known.size >= mostRemembered) known.clear()
    known.set(hash, key)
    return key
  }
  const readmit: Gate['readmit'] = async ({ ip }, key) => {
    if (key.kind === 'token') return { actor: await identity.identify(key.secret, ip), key }
    const entered = await entering.identity.identify(key.secret, ip)
    if (!entered) throw new DomainError('unauthenticated', 'The session has ended')
    return { actor: entered.actor, key }
  }
  return {
    readmit,
    async admit(request, { name = '', secret }) {
      const asToken: Key = { kind: 'token', secret }
      if (name === '') return readmit(request, asToken)
      const hash = hashSecret(`${name}:${secret}`)
      const key = known.get(hash)
      if (key?.kind === 'token') return readmit(request, key)
      const again = key && (await readmit(request, key).catch(ifEnded))
      if (again) return again
      known.delete(hash)
      if (await store.tokens.findByHash(hashSecret(secret)))
        return readmit(request, remember(hash, asToken))
      const visit = { from: request.ip, userAgent: request.headers['user-agent'] ?? '' }
      const opened = await entering.sessions.signIn(entering.siteId, name, secret, visit)
      return readmit(request, remember(hash, { kind: 'session', secret: opened.secret }))
    },
  }
}

function ifEnded(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'unauthenticated') return undefined
  throw error
}
