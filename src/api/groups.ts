import type { FastifyInstance } from 'fastify'
import type { GroupId } from '../domain/group.ts'
import type { PersonId } from '../domain/person.ts'
import {
  GroupChange,
  Group as GroupSchema,
  GroupsAnswer,
  IdParams,
  MemberParams,
  NewGroup,
  PageQuery,
  PeopleAnswer,
  ref,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { renderPerson } from './render.ts'

export function registerGroups(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, directory, identity } = needs
  scope.get<{ Querystring: PageQuery }>(
    '/groups',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listGroups',
        tag: 'People',
        summary: 'List groups',
        description: 'Groups filter reports and restrict who sees a worklog.',
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(GroupsAnswer)) },
      }),
    },
    async (request) => {
      const limit = limitOf(request.query)
      const after = parseIdCursor<GroupId>(request.query.cursor)
      const { siteId } = actorOf(request)
      const rows = await store.groups.list(siteId, { limit: limit + 1, ...after })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { groups: page, next }
    },
  )

  scope.get<{ Params: { id: GroupId }; Querystring: PageQuery }>(
    '/groups/:id/members',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listMembers',
        tag: 'People',
        summary: 'Members of a group',
        description: 'As people are shown to you elsewhere.',
        params: IdParams,
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(PeopleAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { siteId } = actor
      const group = await store.groups.get(siteId, request.params.id)
      const limit = limitOf(request.query)
      const after = parseIdCursor<PersonId>(request.query.cursor)
      const ids = await store.groups.members(siteId, group.id, { limit: limit + 1, ...after })
      const { page, next } = cutPage(ids, limit, renderIdCursor)
      const people = new Map(
        (await store.people.getMany(siteId, page)).map((person) => [person.id, person]),
      )
      const members = page.flatMap((id) => people.get(id) ?? [])
      return { people: members.map((person) => renderPerson(actor, person)), next }
    },
  )

  scope.post<{ Body: { name: string } }>(
    '/groups',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createGroup',
        tag: 'People',
        summary: 'Create a group',
        description: 'Names of groups are unique.',
        body: ref(NewGroup),
        answers: { 201: answer('Created', ref(GroupSchema), location) },
      }),
    },
    async (request, reply) => {
      const group = await directory.createGroup(actorOf(request), request.body.name)
      void reply.code(201).header('location', `${scope.prefix}/groups/${group.id}/members`)
      return group
    },
  )

  scope.patch<{ Params: { id: GroupId }; Body: { name: string } }>(
    '/groups/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'renameGroup',
        tag: 'People',
        summary: 'Rename a group',
        description:
          'Kept reports follow. Not one that follows a connected Jira, nor one that worklogs are kept for: both go by the name.',
        params: IdParams,
        body: ref(GroupChange),
        answers: { 200: answer('As it is now', ref(GroupSchema)) },
      }),
    },
    async (request) => {
      const { params, body } = request
      const group = await directory.renameGroup(actorOf(request), params.id, body.name)
      identity.forget()
      return group
    },
  )

  scope.put<{ Params: { id: GroupId; personId: PersonId } }>(
    '/groups/:id/members/:personId',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'addMember',
        tag: 'People',
        summary: 'Add somebody to a group',
        description: 'Does nothing where they are a member already.',
        params: MemberParams,
        answers: { 204: nothing('A member now') },
      }),
    },
    async (request, reply) => {
      const { id, personId } = request.params
      await directory.addMember(actorOf(request), id, personId)
      identity.forget()
      return reply.code(204).send()
    },
  )

  scope.delete<{ Params: { id: GroupId; personId: PersonId } }>(
    '/groups/:id/members/:personId',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeMember',
        tag: 'People',
        summary: 'Take somebody out of a group',
        description: 'Does nothing where they are no member.',
        params: MemberParams,
        answers: { 204: nothing('No member now') },
      }),
    },
    async (request, reply) => {
      const { id, personId } = request.params
      await directory.removeMember(actorOf(request), id, personId)
      identity.forget()
      return reply.code(204).send()
    },
  )
}
