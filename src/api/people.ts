import type { FastifyInstance } from 'fastify'
import type { PersonWish } from '../domain/directory.ts'
import type { Group, GroupId } from '../domain/group.ts'
import type { Actor } from '../domain/permission.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { Store } from '../domain/store.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  IdParams,
  MatchHeaders,
  NewPerson,
  PeopleAnswer,
  PeopleQuery,
  PersonChange,
  Person as PersonSchema,
  ref,
} from './contract.ts'
import { findGroup } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { canRead, renderPerson } from './render.ts'

export function registerPeople(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, directory, identity } = needs
  scope.get<{ Querystring: PeopleQuery }>(
    '/people',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listPeople',
        tag: 'People',
        summary: 'List people',
        description:
          "Everybody's name is known to everyone signed in; the rest is shown of those you may read.",
        querystring: PeopleQuery,
        answers: { 200: answer('A page', ref(PeopleAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { group: name } = request.query
      const group = name === undefined ? undefined : await findGroup(store, actor.siteId, name)
      const limit = limitOf(request.query)
      const rows = await findPeople(store, actor, request.query, group, limit)
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { people: page.map((person) => renderPerson(actor, person)), next }
    },
  )

  scope.get<{ Params: { id: PersonId } }>(
    '/people/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getPerson',
        tag: 'People',
        summary: 'One person',
        description: 'Only the name of those you may not read.',
        params: IdParams,
        answers: { 200: answer('The person', ref(PersonSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const person = await store.people.get(actor.siteId, request.params.id)
      if (canRead(actor, person)) setVersionTag(reply, person)
      return renderPerson(actor, person)
    },
  )

  scope.post<{ Body: PersonWish }>(
    '/people',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createPerson',
        tag: 'People',
        summary: 'Add a person',
        description: 'No two people share a username, key, account id or e-mail.',
        body: ref(NewPerson),
        answers: { 201: answer('Added', ref(PersonSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const person = await directory.createPerson(actor, request.body)
      identity.forget()
      setVersionTag(reply, person)
      void reply.code(201).header('location', `${scope.prefix}/people/${person.id}`)
      return renderPerson(actor, person)
    },
  )

  scope.patch<{ Params: { id: PersonId }; Body: Partial<PersonWish> }>(
    '/people/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changePerson',
        tag: 'People',
        summary: 'Change a person',
        description: 'Whatever is left out stays. The account id never changes.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(PersonChange),
        answers: { 200: answer('As it is now', ref(PersonSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { params, body } = request
      const person = await directory.changePerson(actor, params.id, body, expectedVersion(request))
      identity.forget()
      setVersionTag(reply, person)
      return renderPerson(actor, person)
    },
  )
}

/**
 * One more than `limit` people in id order. The text of a search is not matched against what the
 * actor may not read, or searching would tell it letter by letter.
 */
async function findPeople(
  store: Store,
  actor: Actor,
  { text, active, cursor }: PeopleQuery,
  group: Group | undefined,
  limit: number,
): Promise<readonly Person[]> {
  const found: Person[] = []
  const query = {
    siteId: actor.siteId,
    limit: limit + 1,
    ...(text === undefined ? {} : { text }),
    ...(active === undefined ? {} : { isActive: active === 'true' }),
    ...(group ? { groupId: group.id satisfies GroupId } : {}),
  }
  let after: { afterId?: PersonId } = parseIdCursor<PersonId>(cursor)
  for (;;) {
    const batch = await store.people.list({ ...query, ...after })
    for (const person of batch)
      if (text === undefined || canRead(actor, person) || isCalled(person, text)) found.push(person)
    const last = batch.at(-1)
    if (found.length > limit || batch.length <= limit || last === undefined) return found
    after = { afterId: last.id }
  }
}

function isCalled({ displayName }: Person, text: string): boolean {
  return displayName.toLowerCase().includes(text.toLowerCase())
}
