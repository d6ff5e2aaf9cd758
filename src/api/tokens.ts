import type { FastifyInstance } from 'fastify'
import { addDays, parseDay } from '../domain/day.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { Token, TokenId } from '../domain/token.ts'
import type { Tokens } from '../domain/tokens.ts'
import { formatInstant, instantOf } from '../domain/zone.ts'
import {
  IdParams,
  NewToken,
  type NewTokenBody,
  ref,
  type TokenBody,
  TokenMade,
  TokensAnswer,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { momentOrNull } from './render.ts'

/** Secrets for scripts: for administrators, as a token is a way in. */
export function registerTokens(scope: FastifyInstance, needs: ApiNeeds, tokens: Tokens): void {
  const { store, identity } = needs
  scope.get(
    '/tokens',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listTokens',
        tag: 'Entering',
        summary: 'List tokens',
        description: 'Everybody’s, revoked ones too. Secrets are kept nowhere and never shown.',
        answers: { 200: answer('All of them', ref(TokensAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      return { tokens: await render(actor.siteId, await tokens.list(actor)) }
    },
  )

  scope.post<{ Body: NewTokenBody }>(
    '/tokens',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createToken',
        tag: 'Entering',
        summary: 'Make a token',
        description: 'It sees what its owner sees. The secret is in this answer only.',
        body: ref(NewToken),
        answers: { 201: answer('Made', ref(TokenMade)) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { owner, networks = [], expires, value, ...wish } = request.body
      const made = await tokens.create(actor, {
        ...wish,
        networks,
        personId: (owner ?? actor.personId) as PersonId,
        expiresAt: expires == null ? null : await endOf(expires, actor.siteId),
        ...(value === undefined ? {} : { value }),
      })
      identity.forget()
      const [token] = await render(actor.siteId, [made.token])
      return reply.code(201).send({ token, secret: made.secret })
    },
  )

  scope.delete<{ Params: { id: TokenId } }>(
    '/tokens/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'revokeToken',
        tag: 'Entering',
        summary: 'Revoke a token',
        description: 'It is useless at once; it stays in the list.',
        params: IdParams,
        answers: { 204: nothing('Revoked') },
      }),
    },
    async (request, reply) => {
      await tokens.revoke(actorOf(request), request.params.id)
      identity.forget()
      return reply.code(204).send()
    },
  )

  async function endOf(day: string, siteId: SiteId) {
    const { timeZone } = await store.sites.get(siteId)
    return instantOf(addDays(parseDay(day, 'expires'), 1), '00:00', timeZone).instant
  }

  async function render(siteId: SiteId, rows: readonly Token[]): Promise<TokenBody[]> {
    const ids = [...new Set(rows.map(({ personId }) => personId))]
    const owners = new Map(
      (await store.people.getMany(siteId, ids)).map(({ id, displayName }) => [id, displayName]),
    )
    return rows.map((token) => renderToken(token, owners.get(token.personId) ?? ''))
  }
}

function renderToken(token: Token, displayName: string): TokenBody {
  return {
    id: token.id,
    name: token.name,
    owner: { id: token.personId, displayName },
    hint: token.hint,
    scopes: [...token.scopes],
    networks: [...token.networks],
    createdAt: formatInstant(token.createdAt),
    expiresAt: momentOrNull(token.expiresAt),
    lastUsedAt: momentOrNull(token.lastUsedAt),
    lastUsedFrom: token.lastUsedFrom,
    revokedAt: momentOrNull(token.revokedAt),
  }
}
