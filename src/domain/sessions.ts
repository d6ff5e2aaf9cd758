import { checkMay } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import { checkNewPassword, passwordLimits } from './login.ts'
import { type LoginLinks, makeLoginLinks } from './login-links.ts'
import { makePatience } from './patience.ts'
import type { Actor } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import { isSessionLive, type Session, type SessionId } from './session.ts'
import {
  type Entering,
  noteEntering,
  type Opened,
  openSession,
  type SessionNeeds,
  type Visit,
} from './session-opening.ts'
import type { SiteId } from './site.ts'

export type { Opened, SessionNeeds, Visit } from './session-opening.ts'

/** What an identity provider vouches for. */
export type Vouched = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified: boolean
}

/** Use cases on entering: passwords, sessions, links that work once, single sign-on. */
export type Sessions = LoginLinks & {
  signIn(siteId: SiteId, name: string, password: string, visit: Visit): Promise<Opened>
  /** Signs in whoever the provider vouches for: known by subject, at first by verified e-mail. */
  signInVouched(siteId: SiteId, vouched: Vouched, visit: Visit): Promise<Opened>
  /** The actor's own sessions that still open something, last used first. */
  list(actor: Actor): Promise<readonly Session[]>
  /** Somebody's sessions, for administrators. */
  listOf(actor: Actor, personId: PersonId): Promise<readonly Session[]>
  /** Ends all of somebody's sessions, but the one asking where it is their own. */
  endAllOf(actor: Actor, personId: PersonId, but: SessionId | undefined): Promise<void>
  end(actor: Actor, id: SessionId): Promise<void>
  /** Ends all of the actor's sessions but the one named. */
  endOthers(actor: Actor, but: SessionId | undefined): Promise<void>
  /** Other sessions end: whoever had the old password is out. */
  changePassword(
    actor: Actor,
    passwords: { readonly current: string; readonly next: string },
    keep: SessionId | undefined,
  ): Promise<void>
}

const waits = { firstWaitMs: 2_000, longestWaitMs: 15 * 60_000 }

export function makeSessions(needs: SessionNeeds): Sessions {
  const { store, now } = needs
  const entering: Entering = {
    ...needs,
    // Many people may share an address, so it has more attempts than a name.
    addresses: makePatience({ free: 30, ...waits }, now),
    names: makePatience({ free: 5, ...waits }, now),
  }
  return {
    ...makeLoginLinks(entering),
    signIn: (siteId, name, password, visit) => signIn(entering, siteId, name, password, visit),
    signInVouched: (siteId, vouched, visit) => signInVouched(entering, siteId, vouched, visit),
    async list({ siteId, personId }) {
      const all = await store.sessions.listOf(siteId, personId)
      return all.filter((session) => isSessionLive(session, now()))
    },
    async listOf(actor, personId) {
      checkMayManage(actor, personId)
      const { id } = await store.people.get(actor.siteId, personId)
      const all = await store.sessions.listOf(actor.siteId, id)
      return all.filter((session) => isSessionLive(session, now()))
    },
    endAllOf: (actor, personId, but) =>
      store.write(actor.siteId, async (tx) => {
        checkMayManage(actor, personId)
        const { id } = await tx.people.get(actor.siteId, personId)
        await tx.sessions.endAllOf(actor.siteId, id, id === actor.personId ? but : undefined)
        noteEntering(tx, now(), actor, 'session.end-all', id, null)
      }),
    end: (actor, id) =>
      store.write(actor.siteId, async (tx) => {
        if (!(await tx.sessions.end(actor.siteId, actor.personId, id)))
          throw new DomainError('not-found', `You have no session ${id}`)
        noteEntering(tx, now(), actor, 'session.end', actor.personId, { session: id })
      }),
    endOthers: (actor, but) =>
      store.write(actor.siteId, async (tx) => {
        await tx.sessions.endAllOf(actor.siteId, actor.personId, but)
        noteEntering(tx, now(), actor, 'session.end-others', actor.personId, null)
      }),
    changePassword: (actor, change, keep) => changePassword(entering, actor, change, keep),
  }
}

function checkMayManage(actor: Actor, personId: PersonId): void {
  checkMay(actor, 'administer', { type: 'person', personId }, 'look after the sessions of others')
}

async function signIn(
  entering: Entering,
  siteId: SiteId,
  name: string,
  password: string,
  visit: Visit,
): Promise<Opened> {
  const { store, passwords, addresses, names } = entering
  const typed = name.trim().toLowerCase()
  addresses.check(visit.from)
  names.check(typed)
  const person = await findByName(entering, siteId, name.trim())
  const login = person && (await store.logins.find(siteId, 'password', person.id))
  const isRight =
    password.length <= passwordLimits.longest &&
    (await passwords.verify(login?.secret ?? undefined, password))
  if (!person?.isActive || !isRight) {
    addresses.fail(visit.from)
    names.fail(typed)
    throw new DomainError('unauthenticated', 'The name or the password is not right')
  }
  names.succeed(typed)
  return store.write(siteId, (tx) => openSession(entering, tx, siteId, person, visit, 'password'))
}

/** By username or e-mail, whatever the case; a name that means several people means nobody. */
async function findByName(
  { store }: Entering,
  siteId: SiteId,
  name: string,
): Promise<Person | undefined> {
  const typed = name.toLowerCase()
  const found = await store.people.findByNames(siteId, [...new Set([name, typed])])
  const people = [...new Map([...found.values()].flat().map((one) => [one.id, one])).values()]
  const named = people.filter(({ username }) => username?.toLowerCase() === typed)
  const mailed = people.filter(({ email }) => email?.toLowerCase() === typed)
  const meant = named.length > 0 ? named : mailed
  return meant.length === 1 ? meant[0] : undefined
}

async function signInVouched(
  entering: Entering,
  siteId: SiteId,
  { issuer, subject, email, isEmailVerified }: Vouched,
  visit: Visit,
): Promise<Opened> {
  const { store, now } = entering
  const key = `${issuer} ${subject}`
  return store.write(siteId, async (tx) => {
    const login = await tx.logins.find(siteId, 'oidc', key)
    const person = login
      ? await tx.people.get(siteId, login.personId)
      : isEmailVerified && email !== null
        ? await findByMail(tx.people, siteId, email)
        : undefined
    if (!person?.isActive)
      throw new DomainError(
        'forbidden',
        'Nobody here has this e-mail address; ask an administrator to add you',
      )
    if (!login) {
      const at = now()
      const kind = 'oidc' as const
      await tx.logins.put({
        siteId,
        personId: person.id,
        kind,
        subject: key,
        secret: null,
        createdAt: at,
      })
      const who = { personId: person.id, via: 'single sign-on' }
      noteEntering(tx, at, who, 'login.join', person.id, { issuer, subject })
    }
    return openSession(entering, tx, siteId, person, visit, 'single sign-on')
  })
}

async function findByMail(
  people: Entering['store']['people'],
  siteId: SiteId,
  email: string,
): Promise<Person | undefined> {
  const typed = email.toLowerCase()
  const found = await people.findByNames(siteId, [...new Set([email, typed])])
  const all = [...new Map([...found.values()].flat().map((one) => [one.id, one])).values()]
  const mailed = all.filter((one) => one.email?.toLowerCase() === typed)
  return mailed.length === 1 ? mailed[0] : undefined
}

async function changePassword(
  entering: Entering,
  actor: Actor,
  { current, next }: { readonly current: string; readonly next: string },
  keep: SessionId | undefined,
): Promise<void> {
  const { store, passwords, names, now } = entering
  const { siteId, personId } = actor
  const person = await store.people.get(siteId, personId)
  const login = await store.logins.find(siteId, 'password', personId)
  const waiting = `person ${personId}`
  names.check(waiting)
  if (!login?.secret || !(await passwords.verify(login.secret, current))) {
    names.fail(waiting)
    throw invalidField('current', 'is not your password')
  }
  names.succeed(waiting)
  checkNewPassword(next, [person.username, person.email, person.displayName])
  const secret = await passwords.hash(next)
  await store.write(siteId, async (tx) => {
    await tx.logins.put({ ...login, secret, createdAt: now() })
    await tx.logins.dropLinks(siteId, personId)
    await tx.sessions.endAllOf(siteId, personId, keep)
    noteEntering(tx, now(), actor, 'login.password', personId, null)
  })
}
