import { checkMay } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import type { OAuthApp, OAuthAppId, OAuthGrant } from './oauth-app.ts'
import type { Actor } from './permission.ts'
import type { Store, Writing } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type OAuthAppWish = { readonly name: string; readonly redirectUris: readonly string[] }

/** Who a client says it is. */
export type OAuthClient = { readonly clientId: string; readonly clientSecret: string }

/** What a client gets: a token, and what renews both. */
export type OAuthPair = {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInSeconds: number
}

/** Use cases on programs that act for people. Refusals of clients carry OAuth's own word as `reason`. */
export type OAuthApps = {
  /** The secret is told once and kept nowhere. */
  create(actor: Actor, wish: OAuthAppWish): Promise<{ app: OAuthApp; secret: string }>
  list(actor: Actor): Promise<readonly OAuthApp[]>
  /** Everything it was granted ends at once. */
  remove(actor: Actor, id: OAuthAppId): Promise<void>
  /** Which program asks, and whether it may be sent back there; undefined where it is not known. */
  find(clientId: string, redirectUri: string): Promise<OAuthApp | undefined>
  /** Somebody lets it act for them: a code for it to take to `exchange`. */
  grant(actor: Actor, app: OAuthApp, redirectUri: string): Promise<string>
  exchange(client: OAuthClient, code: string, redirectUri: string): Promise<OAuthPair>
  /** A new pair; the old one is worth nothing any more. */
  refresh(client: OAuthClient, refreshToken: string): Promise<OAuthPair>
  /** What is unknown is revoked already. */
  revoke(client: OAuthClient, token: string): Promise<void>
}

export type OAuthNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly newSecret: () => string
  /** SHA-256, hex. */
  readonly hashSecret: (secret: string) => string
  /** Whether two texts are the same, without telling by its duration. */
  readonly isSameSecret: (a: string, b: string) => boolean
  /** Tokens that are remembered elsewhere are looked up again. */
  readonly onChange: () => void
}

const tokenSeconds = 5_184_000
const codeMs = 5 * 60_000
const mostApps = 100
const mostUris = 20

export function makeOAuthApps({
  store,
  now,
  newSecret,
  hashSecret,
  isSameSecret,
  onChange,
}: OAuthNeeds): OAuthApps {
  const checked = async ({ clientId, clientSecret }: OAuthClient): Promise<OAuthApp> => {
    const app = await store.oauth.findApp(clientId)
    if (!app || !isSameSecret(app.secretHash, hashSecret(clientSecret)))
      throw refusal('unauthenticated', 'invalid_client', 'The client is not known')
    return app
  }
  /** Ends the token of a grant and makes the next pair. */
  const renew = async (tx: Writing, app: OAuthApp, grant: OAuthGrant): Promise<OAuthPair> => {
    const { siteId, personId } = grant
    const person = await tx.people.get(siteId, personId)
    if (!person.isActive) throw refusal('invalid', 'invalid_grant', 'Its owner is not active')
    if (grant.tokenId) await tx.tokens.revoke(siteId, grant.tokenId, now())
    const [accessToken, refreshToken] = [newSecret(), newSecret()]
    const token = await tx.tokens.create({
      siteId,
      personId,
      name: app.name,
      hint: accessToken.slice(0, 7),
      hash: hashSecret(accessToken),
      // Never more: administering takes a token that an administrator made for it.
      scopes: ['read', 'write'],
      networks: [],
      createdAt: now(),
      expiresAt: now() + tokenSeconds * 1_000,
    })
    await tx.oauth.updateGrant({
      ...grant,
      codeExpiresAt: null,
      tokenId: token.id,
      refreshHash: hashSecret(refreshToken),
      spentHash: grant.refreshHash,
    })
    tx.note(noteOf(now(), personId, 'token.create', 'token', token.id, null, { name: app.name }))
    return { accessToken, refreshToken, expiresInSeconds: tokenSeconds }
  }
  const end = async (tx: Writing, grant: OAuthGrant, isWhole: boolean): Promise<void> => {
    const { siteId, personId, tokenId } = grant
    if (tokenId) {
      await tx.tokens.revoke(siteId, tokenId, now())
      tx.note(noteOf(now(), personId, 'token.revoke', 'token', tokenId, {}, null))
    }
    if (isWhole)
      await tx.oauth.updateGrant({
        ...grant,
        codeExpiresAt: null,
        refreshHash: null,
        spentHash: null,
      })
  }
  /** Whether somebody came with a secret that was used before: nobody can tell who is the thief. */
  const endStolen = async (app: OAuthApp, kind: 'code' | 'spent', secret: string) => {
    await store.write(app.siteId, async (tx) => {
      const grant = await tx.oauth.findGrant(app.siteId, kind, hashSecret(secret))
      if (grant?.appId === app.id && grant.codeExpiresAt === null) await end(tx, grant, true)
    })
    onChange()
  }
  return {
    async create(actor, wish) {
      checkMay(actor, 'create', { type: 'token' }, 'register programs')
      checkWish(wish)
      const secret = newSecret()
      const app = await store.write(actor.siteId, async (tx) => {
        if ((await tx.oauth.listApps(actor.siteId)).length >= mostApps)
          throw new DomainError('conflict', `A site has at most ${mostApps} programs`)
        const made = await tx.oauth.insertApp({
          siteId: actor.siteId,
          ...wish,
          clientId: newSecret(),
          secretHash: hashSecret(secret),
          createdAt: now(),
        })
        tx.note(noteOf(now(), actor.personId, 'oauth-app.create', 'oauth-app', made.id, null, wish))
        return made
      })
      return { app, secret }
    },
    async list(actor) {
      checkMay(actor, 'read', { type: 'token' }, 'list programs')
      return store.oauth.listApps(actor.siteId)
    },
    async remove(actor, id) {
      checkMay(actor, 'remove', { type: 'token' }, 'remove programs')
      await store.write(actor.siteId, async (tx) => {
        const { siteId, name } = await tx.oauth.getApp(actor.siteId, id)
        for (const grant of await tx.oauth.grantsOf(siteId, id)) await end(tx, grant, false)
        await tx.oauth.removeApp(siteId, id)
        tx.note(noteOf(now(), actor.personId, 'oauth-app.remove', 'oauth-app', id, { name }, null))
      })
      onChange()
    },
    async find(clientId, redirectUri) {
      const app = await store.oauth.findApp(clientId)
      return app?.redirectUris.includes(redirectUri) ? app : undefined
    },
    async grant({ siteId, personId }, app, redirectUri) {
      if (app.siteId !== siteId)
        throw new DomainError('forbidden', 'The program belongs to another site')
      const code = newSecret()
      await store.write(siteId, async (tx) => {
        await tx.oauth.removeStale(siteId, now())
        await tx.oauth.insertGrant({
          siteId,
          appId: app.id,
          personId,
          redirectUri,
          codeHash: hashSecret(code),
          codeExpiresAt: now() + codeMs,
          refreshHash: null,
          spentHash: null,
          tokenId: null,
          createdAt: now(),
        })
        const told = { appId: app.id, name: app.name }
        tx.note(noteOf(now(), personId, 'oauth-app.grant', 'oauth-app', app.id, null, told))
      })
      return code
    },
    async exchange(client, code, redirectUri) {
      const app = await checked(client)
      const pair = await store.write(app.siteId, async (tx) => {
        const grant = await tx.oauth.findGrant(app.siteId, 'code', hashSecret(code))
        if (grant?.appId !== app.id || grant.redirectUri !== redirectUri) return undefined
        if (grant.codeExpiresAt === null || grant.codeExpiresAt <= now()) return undefined
        return renew(tx, app, grant)
      })
      if (pair) return pair
      await endStolen(app, 'code', code)
      throw refusal('invalid', 'invalid_grant', 'The code is not known, expired or used')
    },
    async refresh(client, refreshToken) {
      const app = await checked(client)
      const pair = await store.write(app.siteId, async (tx) => {
        const grant = await tx.oauth.findGrant(app.siteId, 'refresh', hashSecret(refreshToken))
        return grant?.appId === app.id ? renew(tx, app, grant) : undefined
      })
      if (!pair) await endStolen(app, 'spent', refreshToken)
      onChange()
      if (!pair) throw refusal('invalid', 'invalid_grant', 'The refresh token is not known or used')
      return pair
    },
    async revoke(client, token) {
      const app = await checked(client)
      const { siteId } = app
      await store.write(siteId, async (tx) => {
        const hash = hashSecret(token)
        const renewing = await tx.oauth.findGrant(siteId, 'refresh', hash)
        if (renewing?.appId === app.id) return end(tx, renewing, true)
        const known = await tx.tokens.findByHash(hash)
        const grant = known && (await tx.oauth.findGrantOfToken(siteId, known.id))
        if (grant?.appId === app.id) await end(tx, grant, false)
      })
      onChange()
    },
  }
}

function refusal(code: 'invalid' | 'unauthenticated', reason: string, message: string) {
  return new DomainError(code, message, { reason })
}

function checkWish({ name, redirectUris }: OAuthAppWish): void {
  const problem = name.trim() === '' ? 'must not be blank' : textProblem(name, 255)
  if (problem) throw invalidField('name', problem)
  if (redirectUris.length === 0 || redirectUris.length > mostUris)
    throw invalidField('redirectUris', `1 to ${mostUris} are needed`)
  for (const uri of redirectUris)
    if (uri.length > 2_000 || !isSafe(uri))
      throw invalidField('redirectUris', `"${uri.slice(0, 100)}" is no https address`)
}

/** Plain http only to the machine itself, where a program in development listens. */
function isSafe(uri: string): boolean {
  const [, scheme, host] = /^(https?):\/\/([^/?#@\s]+)[^#\s]*$/.exec(uri) ?? []
  if (scheme === 'https') return true
  return scheme === 'http' && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '')
}

function noteOf(
  at: Instant,
  actorId: string,
  action: string,
  objectType: string,
  objectId: string,
  before: unknown,
  after: unknown,
) {
  return { at, actorId, via: 'oauth', action, objectType, objectId, before, after }
}
