import type { FastifyInstance } from 'fastify'
import { type Day, parseDay, parsePeriod } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { Membership, MembershipId, MembershipQuery } from '../domain/membership.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { Store } from '../domain/store.ts'
import type { TeamId } from '../domain/team.ts'
import type { TeamRoleId } from '../domain/team-role.ts'
import type { GroupWish, MembershipChange, MembershipWish } from '../domain/teams.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import * as contract from './contract.ts'
import { findGroup } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { visibleTo } from './team-visibility.ts'

const { ref } = contract
const one = ref(contract.Membership)

/** Who is in which team when. */
export function registerMemberships(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, teams } = needs
  scope.get<{ Querystring: contract.MembershipsQuery }>(
    '/memberships',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listMemberships',
        tag: 'Teams',
        summary: 'Who is in which team when',
        description: 'Of the teams you may know of; `from` and `to` ask for those on some day.',
        querystring: contract.MembershipsQuery,
        answers: { 200: answer('A page', ref(contract.MembershipsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const limit = limitOf(request.query)
      const rows = await findMemberships(store, actor, request.query, limit)
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { memberships: await renderMemberships(store, actor, page), next }
    },
  )

  scope.post<{ Params: { id: TeamId }; Body: MembershipWish }>(
    '/teams/:id/memberships',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createMembership',
        tag: 'Teams',
        summary: 'Put somebody into a team',
        description: 'Nobody has two places in one team on the same day: 409.',
        params: contract.IdParams,
        body: ref(contract.NewMembership),
        answers: { 201: answer('Created', one, { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const membership = await teams.addMembership(actor, request.params.id, request.body)
      setVersionTag(reply, membership)
      void reply.code(201).header('location', `${scope.prefix}/memberships/${membership.id}`)
      return (await renderMemberships(store, actor, [membership]))[0]
    },
  )

  scope.post<{ Params: { id: TeamId }; Body: Omit<GroupWish, 'groupId'> & { group: string } }>(
    '/teams/:id/group-memberships',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'addGroupToTeam',
        tag: 'Teams',
        summary: 'Put everybody of a group into a team',
        description: 'Whoever is in the team on some of the days stays as they are.',
        params: contract.IdParams,
        body: ref(contract.GroupPlaces),
        answers: { 200: answer('Who was added', ref(contract.GroupPlacesAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { group: name, ...wish } = request.body
      const group = await findGroup(store, actor.siteId, name)
      const { id } = request.params
      const { added, alreadyMembers } = await teams.addGroup(actor, id, {
        ...wish,
        groupId: group.id,
      })
      return { added: await renderMemberships(store, actor, added), alreadyMembers }
    },
  )

  scope.get<{ Params: { id: MembershipId } }>(
    '/memberships/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getMembership',
        tag: 'Teams',
        summary: 'One membership',
        description: 'Of a team you may know of.',
        params: contract.IdParams,
        answers: { 200: answer('The membership', one, versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const membership = await getVisible(store, actor, request.params.id)
      setVersionTag(reply, membership)
      return (await renderMemberships(store, actor, [membership]))[0]
    },
  )

  scope.patch<{ Params: { id: MembershipId }; Body: MembershipChange }>(
    '/memberships/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeMembership',
        tag: 'Teams',
        summary: 'Change a membership',
        description: 'Role, commitment and days; what is left out stays.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        body: ref(contract.MembershipChange),
        answers: { 200: answer('As it is now', one, versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const membership = await teams.changeMembership(
        actor,
        id,
        request.body,
        expectedVersion(request),
      )
      setVersionTag(reply, membership)
      return (await renderMemberships(store, actor, [membership]))[0]
    },
  )

  scope.delete<{ Params: { id: MembershipId } }>(
    '/memberships/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeMembership',
        tag: 'Teams',
        summary: 'Forget a membership',
        description: 'As if it had never been; to end one, change its last day.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await teams.removeMembership(actorOf(request), request.params.id, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}

async function findMemberships(
  store: Store,
  actor: Actor,
  query: contract.MembershipsQuery,
  limit: number,
): Promise<readonly Membership[]> {
  const { team, person, role, from, to, cursor } = query
  const wish: MembershipQuery = {
    ...(team ? { teamIds: team as TeamId[] } : {}),
    ...(person ? { personIds: person as PersonId[] } : {}),
    ...(role ? { roleIds: role as TeamRoleId[] } : {}),
    ...(from === undefined && to === undefined ? {} : { during: daysOfQuery(from, to) }),
    ...visibleMemberships(actor),
    limit: limit + 1,
    ...parseIdCursor<MembershipId>(cursor),
  }
  return store.memberships.list(actor.siteId, wish)
}

function daysOfQuery(from: string | undefined, to: string | undefined) {
  if (from !== undefined && to !== undefined) return parsePeriod(from, to)
  return {
    from: from === undefined ? ('0001-01-01' as Day) : parseDay(from, 'from'),
    to: to === undefined ? ('9999-12-31' as Day) : parseDay(to, 'to'),
  }
}

function visibleMemberships(actor: Actor): Pick<MembershipQuery, 'visibleTeamIds'> {
  const { visibleIds } = visibleTo(actor)
  return visibleIds ? { visibleTeamIds: visibleIds } : {}
}

async function getVisible(store: Store, actor: Actor, id: MembershipId): Promise<Membership> {
  const membership = await store.memberships.get(actor.siteId, id)
  const team = await store.teams.get(actor.siteId, membership.teamId)
  if (can(actor, 'read', { type: 'team', team })) return membership
  throw new DomainError('not-found', `There is no membership ${id}`)
}

async function renderMemberships(
  store: Store,
  { siteId }: Actor,
  memberships: readonly Membership[],
): Promise<contract.MembershipBody[]> {
  const people = await store.people.getMany(siteId, [
    ...new Set(memberships.map((membership) => membership.personId)),
  ])
  const byId = new Map(people.map((person) => [person.id, person]))
  return memberships.map((membership) => {
    const person = byId.get(membership.personId)
    return {
      id: membership.id,
      teamId: membership.teamId,
      person: {
        id: membership.personId,
        accountId: person?.accountId ?? '',
        displayName: person?.displayName ?? '',
      },
      roleId: membership.roleId,
      from: membership.from,
      to: membership.to,
      commitmentPercent: membership.commitmentPercent,
      version: membership.version,
    }
  })
}
