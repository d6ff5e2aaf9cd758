import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export type SessionId = Brand<string, 'SessionId'>

/** A browser somebody has signed in with. Only the SHA-256 of its secret is kept. */
export type Session = {
  readonly id: SessionId
  readonly siteId: SiteId
  readonly personId: PersonId
  /** What writes must repeat in a header, which another site's page cannot know. */
  readonly csrfToken: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly lastUsedAt: Instant
  readonly lastUsedFrom: string | null
  readonly userAgent: string
}

const dayMs = 86_400_000

/** A session ends this long after it began, and earlier when nobody uses it. */
export const sessionLimits = { longestMs: 30 * dayMs, idleMs: 10 * dayMs } as const

/** Whether a session still opens anything at `now`. */
export function isSessionLive(session: Session, now: Instant): boolean {
  return session.expiresAt > now && session.lastUsedAt + sessionLimits.idleMs > now
}

export interface SessionStore {
  create(session: Omit<Session, 'id'> & { readonly hash: string }): Promise<Session>
  /** Finds by the SHA-256 of the secret, hex, over all sites. */
  findByHash(hash: string): Promise<Session | undefined>
  /** Newest use first. */
  listOf(siteId: SiteId, personId: PersonId): Promise<readonly Session[]>
  /** Ends one session of this person; false where there is none. */
  end(siteId: SiteId, personId: PersonId, id: SessionId): Promise<boolean>
  /** Ends all sessions of a person, but one if named. */
  endAllOf(siteId: SiteId, personId: PersonId, but?: SessionId): Promise<void>
  endBefore(siteId: SiteId, now: Instant): Promise<void>
  noteUse(
    uses: readonly { siteId: SiteId; id: SessionId; at: Instant; from: string }[],
  ): Promise<void>
}
