import { DomainError, invalidField } from './errors.ts'
import { type Actor, can, type Scope, scopes } from './permission.ts'
import type { PersonId } from './person.ts'
import type { Store } from './store.ts'
import { textProblem } from './text.ts'
import { checkAdoptedSecret, type Token, type TokenId } from './token.ts'
import type { Instant } from './zone.ts'

export type TokenWish = {
  readonly personId: PersonId
  readonly name: string
  readonly scopes: readonly string[]
  readonly networks: readonly string[]
  readonly expiresAt: Instant | null
  /** A value scripts already carry; without it a new secret is made. */
  readonly value?: string
}

/** Use cases on tokens. The secret is returned once, at creation, and kept nowhere. */
export type Tokens = {
  create(actor: Actor, wish: TokenWish): Promise<{ token: Token; secret: string }>
  list(actor: Actor): Promise<readonly Token[]>
  revoke(actor: Actor, id: TokenId): Promise<void>
}

export type TokenNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly newSecret: () => string
  /** SHA-256, hex. */
  readonly hashSecret: (secret: string) => string
  readonly isNetwork: (text: string) => boolean
}

export function makeTokens(needs: TokenNeeds): Tokens {
  const { store, now } = needs
  return {
    async create(actor, wish) {
      const { value } = wish
      if (value !== undefined) checkAdoptedSecret(value)
      checkWish(wish, needs, now())
      const owner = await store.people.get(actor.siteId, wish.personId)
      if (!can(actor, 'create', { type: 'token' }))
        throw new DomainError('forbidden', 'You may not create tokens')
      const secret = value ?? needs.newSecret()
      return store.write(actor.siteId, async (tx) => {
        const token = await tx.tokens.create({
          siteId: actor.siteId,
          personId: owner.id,
          name: wish.name,
          hint: value === undefined ? secret.slice(0, 7) : '',
          hash: needs.hashSecret(secret),
          scopes: scopes.filter((scope) => wish.scopes.includes(scope)),
          networks: wish.networks,
          createdAt: now(),
          expiresAt: wish.expiresAt,
        })
        tx.note(noteOf(actor, 'token.create', token, now()))
        return { token, secret }
      })
    },
    async list(actor) {
      if (!can(actor, 'read', { type: 'token' }))
        throw new DomainError('forbidden', 'You may not list tokens')
      return store.tokens.list(actor.siteId)
    },
    async revoke(actor, id) {
      if (!can(actor, 'remove', { type: 'token' }))
        throw new DomainError('forbidden', 'You may not revoke tokens')
      await store.write(actor.siteId, async (tx) => {
        const token = await tx.tokens.get(actor.siteId, id)
        await tx.tokens.revoke(actor.siteId, id, now())
        tx.note(noteOf(actor, 'token.revoke', token, now()))
      })
    },
  }
}

function checkWish(wish: TokenWish, { isNetwork }: TokenNeeds, now: Instant): void {
  const problem = textProblem(wish.name, 255)
  if (problem) throw invalidField('name', problem)
  if (wish.scopes.length === 0) throw invalidField('scopes', 'at least one is needed')
  for (const scope of wish.scopes)
    if (!(scopes as readonly string[]).includes(scope))
      throw invalidField('scopes', `"${scope}" is none of ${scopes.join(', ')}`)
  if (wish.networks.length > 100) throw invalidField('networks', 'at most 100')
  for (const network of wish.networks)
    if (!isNetwork(network)) throw invalidField('networks', `"${network}" is no address or network`)
  if (wish.expiresAt !== null && wish.expiresAt <= now)
    throw invalidField('expires', 'must lie in the future')
}

function noteOf(actor: Actor, action: string, token: Token, at: Instant) {
  const { id, personId, name, scopes: granted, networks, expiresAt } = token
  const shown = { personId, name, scopes: granted, networks, expiresAt } satisfies Record<
    string,
    unknown
  > & {
    scopes: readonly Scope[]
  }
  const isNew = action === 'token.create'
  return {
    at,
    actorId: actor.personId,
    via: actor.via,
    action,
    objectType: 'token',
    objectId: id,
    before: isNew ? null : shown,
    after: isNew ? shown : null,
  }
}
