import type { Patience } from './patience.ts'
import type { Actor } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import { type Session, sessionLimits } from './session.ts'
import type { SiteId } from './site.ts'
import type { Store, Writing } from './store.ts'
import type { Instant } from './zone.ts'

/** Where a browser signs in from. */
export type Visit = { readonly from: string; readonly userAgent: string }

/** A session with its secret, which only the browser's cookie keeps. */
export type Opened = { readonly session: Session; readonly secret: string; readonly person: Person }

export type SessionNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly newSecret: () => string
  /** SHA-256, hex. */
  readonly hashSecret: (secret: string) => string
  readonly passwords: {
    hash(password: string): Promise<string>
    /** Takes as long for nobody's hash (undefined) as for somebody's. */
    verify(hash: string | undefined, password: string): Promise<boolean>
  }
}

/** What the parts of entering share: the needs, and how long who has to wait. */
export type Entering = SessionNeeds & { readonly addresses: Patience; readonly names: Patience }

/** Opens a session within a write, with its audit entry. */
export async function openSession(
  { now, newSecret, hashSecret }: SessionNeeds,
  tx: Writing,
  siteId: SiteId,
  person: Person,
  visit: Visit,
  how: string,
): Promise<Opened> {
  const secret = newSecret()
  const at = now()
  const session = await tx.sessions.create({
    siteId,
    personId: person.id,
    hash: hashSecret(secret),
    csrfToken: newSecret(),
    createdAt: at,
    expiresAt: at + sessionLimits.longestMs,
    lastUsedAt: at,
    lastUsedFrom: visit.from,
    userAgent: visit.userAgent.slice(0, 400),
  })
  const who = { personId: person.id, via: `session ${session.id}` }
  noteEntering(tx, at, who, 'session.open', person.id, { how, from: visit.from })
  return { session, secret, person }
}

/** An audit entry about how somebody enters. */
export function noteEntering(
  tx: Writing,
  at: Instant,
  actor: Pick<Actor, 'personId' | 'via'>,
  action: string,
  personId: PersonId,
  after: unknown,
): void {
  tx.note({
    at,
    actorId: actor.personId,
    via: actor.via,
    action,
    objectType: 'login',
    objectId: personId,
    before: null,
    after,
  })
}
