import { DomainError } from './errors.ts'
import { checkNewPassword, type LoginLink } from './login.ts'
import { type Actor, can } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import {
  type Entering,
  noteEntering,
  type Opened,
  openSession,
  type Visit,
} from './session-opening.ts'
import type { SiteId } from './site.ts'

/** Links that work once and end in a new password. */
export type LoginLinks = {
  /** For somebody who has or remembers no password; the secret is returned once. */
  makeResetLink(actor: Actor, personId: PersonId): Promise<{ secret: string; link: LoginLink }>
  /** For the first administrator, as long as no administrator can enter; undefined afterwards. */
  makeFirstLink(siteId: SiteId, administrator: Person): Promise<string | undefined>
  /** Whether no administrator can enter yet. */
  needsFirstStart(siteId: SiteId): Promise<boolean>
  /** Whose link it is, without spending it. */
  readLink(secret: string, from: string): Promise<{ link: LoginLink; person: Person }>
  /** Sets the password, ends all other sessions and signs in; the link is spent. */
  claim(secret: string, password: string, visit: Visit): Promise<Opened>
}

const dayMs = 86_400_000
const firstLinkMs = 7 * dayMs

export function makeLoginLinks(entering: Entering): LoginLinks {
  const { store, now, newSecret, hashSecret } = entering

  async function putLink(
    siteId: SiteId,
    personId: PersonId,
    purpose: LoginLink['purpose'],
    lastsMs: number,
    actor: Pick<Actor, 'personId' | 'via'>,
  ): Promise<{ secret: string; link: LoginLink }> {
    const secret = newSecret()
    const createdAt = now()
    const link = { siteId, personId, purpose, expiresAt: createdAt + lastsMs }
    await store.write(siteId, async (tx) => {
      // The newest link is the only one.
      await tx.logins.dropLinks(siteId, personId)
      await tx.logins.putLink({ ...link, hash: hashSecret(secret), createdAt })
      noteEntering(tx, createdAt, actor, 'login.link', personId, { purpose })
    })
    return { secret, link }
  }

  async function readLink(secret: string, from: string) {
    entering.addresses.check(from)
    const link = await store.logins.findLink(hashSecret(secret))
    if (!link || link.expiresAt <= now()) {
      entering.addresses.fail(from)
      throw new DomainError('not-found', 'This link has been used or is too old; ask for a new one')
    }
    return { link, person: await store.people.get(link.siteId, link.personId) }
  }

  return {
    readLink,
    async makeResetLink(actor, personId) {
      if (!can(actor, 'administer', { type: 'person', personId }))
        throw new DomainError('forbidden', 'Only an administrator gives new passwords')
      const person = await store.people.get(actor.siteId, personId)
      if (!person.isActive)
        throw new DomainError('conflict', `${person.displayName} is not active and cannot sign in`)
      return putLink(actor.siteId, personId, 'reset', dayMs, actor)
    },
    async makeFirstLink(siteId, administrator) {
      if (await store.logins.hasLoginWithRole(siteId, 'administrator')) return undefined
      const actor = { personId: administrator.id, via: 'first start' }
      return (await putLink(siteId, administrator.id, 'first-start', firstLinkMs, actor)).secret
    },
    needsFirstStart: async (siteId) =>
      !(await store.logins.hasLoginWithRole(siteId, 'administrator')),
    async claim(secret, password, visit) {
      const { link, person } = await readLink(secret, visit.from)
      checkNewPassword(password, [person.username, person.email, person.displayName])
      const hash = await entering.passwords.hash(password)
      const { siteId, personId } = link
      return store.write(siteId, async (tx) => {
        if (!(await tx.logins.takeLink(siteId, hashSecret(secret))))
          throw new DomainError('not-found', 'This link has been used; ask for a new one')
        if (!person.isActive)
          throw new DomainError('forbidden', `${person.displayName} is not active`)
        const createdAt = now()
        const login = { siteId, personId, kind: 'password', subject: personId } as const
        await tx.logins.put({ ...login, secret: hash, createdAt })
        await tx.sessions.endAllOf(siteId, personId)
        const who = { personId, via: `${link.purpose} link` }
        noteEntering(tx, createdAt, who, 'login.password', personId, null)
        return openSession(entering, tx, siteId, person, visit, `${link.purpose} link`)
      })
    },
  }
}
