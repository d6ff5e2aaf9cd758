import { DomainError } from '../domain/errors.ts'
import { type Actor, rolePermissions } from '../domain/permission.ts'
import { isSessionLive, type Session, type SessionId } from '../domain/session.ts'
import type { SiteId } from '../domain/site.ts'
import type { Stores } from '../domain/store.ts'
import type { Instant } from '../domain/zone.ts'
import { actorFor, hashSecret } from './identity.ts'

export type SessionIdentity = {
  /** Who stands behind the secret of a cookie; undefined when it opens nothing any more. */
  identify(secret: string, address: string): Promise<Entered | undefined>
  /** Forgets what it remembers, after sessions or people changed. */
  forget(): void
  /** Writes down when and from where sessions were used last. */
  flush(): Promise<void>
}

export type Entered = { readonly session: Session; readonly actor: Actor }

type Known = Entered & { readonly until: number }

/** How long a session and its person's rights are believed without asking again. */
const rememberMs = 1_000
const mostRemembered = 10_000

export function makeSessionIdentity(
  stores: Pick<Stores, 'sessions' | 'people' | 'groups' | 'teams' | 'connections'>,
  now: () => Instant,
): SessionIdentity {
  const known = new Map<string, Known>()
  const uses = new Map<string, { siteId: SiteId; id: SessionId; at: Instant; from: string }>()

  async function lookUp(hash: string): Promise<Entered | undefined> {
    const remembered = known.get(hash)
    if (remembered && remembered.until > now()) return remembered
    known.delete(hash)
    const session = await stores.sessions.findByHash(hash)
    if (!session || !isSessionLive(session, now())) return undefined
    const { siteId, personId } = session
    const way = { scopes: ['read', 'write'], via: `session ${session.id}` } as const
    const actor = await actorFor(stores, { siteId, personId, ...way }, now()).catch(ifGone)
    if (!actor) return undefined
    if (known.size >= mostRemembered) known.clear()
    const fresh = { session, actor: withScopes(actor), until: now() + rememberMs }
    known.set(hash, fresh)
    return fresh
  }

  return {
    async identify(secret, address) {
      const found = await lookUp(hashSecret(secret))
      if (!found) return undefined
      const { siteId, id } = found.session
      uses.set(`${siteId} ${id}`, { siteId, id, at: now(), from: address })
      return found
    },
    forget: () => known.clear(),
    async flush() {
      const noted = [...uses.values()]
      uses.clear()
      await stores.sessions.noteUse(noted)
    },
  }
}

/** A session may do whatever its person may. */
function withScopes(actor: Actor): Actor {
  const isAdministrator = rolePermissions[actor.role].includes('administer')
  return isAdministrator ? { ...actor, scopes: ['read', 'write', 'admin'] } : actor
}

/** Somebody who is no longer active is a stranger. */
function ifGone(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'unauthenticated') return undefined
  throw error
}
