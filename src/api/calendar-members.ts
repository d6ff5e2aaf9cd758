import type { FastifyInstance } from 'fastify'
import type { ChoiceWish } from '../domain/choosing.ts'
import { type DatedChoice, firstDay, type PersonChoice } from '../domain/dated-choice.ts'
import { type Day, parseDay } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { MemberPage } from '../domain/schedule.ts'
import { siteToday } from '../domain/site-day.ts'
import {
  Choices,
  ChoicesAnswer,
  IdParams,
  NewMembers,
  PageQuery,
  PeopleAnswer,
  ref,
} from './contract.ts'
import { idsOf } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { renderPerson } from './render.ts'

/** What schedules and holiday schemes have in common: people follow them. */
export type Followed<Id extends string> = {
  readonly path: 'schedules' | 'holiday-schemes'
  readonly noun: string
  /** Ends the names of operations. */
  readonly word: string
  /** Throws `not-found`. */
  get(siteId: Actor['siteId'], id: Id, day: Day): Promise<unknown>
  members(siteId: Actor['siteId'], id: Id, page: MemberPage): Promise<readonly PersonId[]>
  choices(
    siteId: Actor['siteId'],
    personIds: readonly PersonId[],
  ): Promise<readonly PersonChoice<Id>[]>
  assign(actor: Actor, id: Id, personIds: readonly PersonId[], from?: Day | null): Promise<void>
  replaceHistory(
    actor: Actor,
    personId: PersonId,
    wishes: readonly ChoiceWish<Id>[],
  ): Promise<readonly DatedChoice<Id>[]>
}

type ChoiceBody<Id> = { from: string | null; id: Id | null }

export function registerFollowed<Id extends string>(
  scope: FastifyInstance,
  { store, now }: ApiNeeds,
  { path, noun, word, ...followed }: Followed<Id>,
): void {
  scope.get<{ Params: { id: Id }; Querystring: PageQuery }>(
    `/${path}/:id/members`,
    {
      config: { access: 'read' },
      schema: operation({
        id: `list${word}Members`,
        tag: 'Calendar',
        summary: `Who follows a ${noun} today`,
        description: 'Active people, as they are shown to you elsewhere.',
        params: IdParams,
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(PeopleAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { siteId } = actor
      const day = await siteToday(store, siteId, now())
      await followed.get(siteId, request.params.id, day)
      const limit = limitOf(request.query)
      const after = parseIdCursor<PersonId>(request.query.cursor)
      const rows = { day, limit: limit + 1, ...after }
      const ids = await followed.members(siteId, request.params.id, rows)
      const { page, next } = cutPage(ids, limit, renderIdCursor)
      const people = new Map(
        (await store.people.getMany(siteId, page)).map((person) => [person.id, person]),
      )
      const members = page.flatMap((id) => people.get(id) ?? [])
      return { people: members.map((person) => renderPerson(actor, person)), next }
    },
  )

  scope.post<{ Params: { id: Id }; Body: { people: string[]; from?: string | null } }>(
    `/${path}/:id/members`,
    {
      config: { access: 'admin' },
      schema: operation({
        id: `add${word}Members`,
        tag: 'Calendar',
        summary: `Let people follow a ${noun}`,
        description: 'From a day on; what they chose for later days falls away.',
        params: IdParams,
        body: ref(NewMembers),
        answers: { 204: nothing('They follow it') },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { people, from } = request.body
      const ids = await idsOf('people', people, (names) =>
        store.people.findByNames(actor.siteId, names),
      )
      await followed.assign(actor, request.params.id, ids ?? [], dayOrNull(from))
      return reply.code(204).send()
    },
  )

  scope.get<{ Params: { id: PersonId } }>(
    `/people/:id/${path}`,
    {
      config: { access: 'read' },
      schema: operation({
        id: `get${word}Choices`,
        tag: 'Calendar',
        summary: `Which ${noun} somebody follows since when`,
        description: 'Nothing where the person always followed the default.',
        params: IdParams,
        answers: { 200: answer('The history', ref(ChoicesAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { id } = await store.people.get(actor.siteId, request.params.id)
      if (!can(actor, 'read', { type: 'person', personId: id }))
        throw new DomainError('forbidden', 'You may not see the working time of this person')
      return renderChoices(await followed.choices(actor.siteId, [id]))
    },
  )

  scope.put<{ Params: { id: PersonId }; Body: { choices: ChoiceBody<Id>[] } }>(
    `/people/:id/${path}`,
    {
      config: { access: 'admin' },
      schema: operation({
        id: `replace${word}Choices`,
        tag: 'Calendar',
        summary: `Set which ${noun} somebody follows since when`,
        description: 'Replaces the whole history.',
        params: IdParams,
        body: ref(Choices),
        answers: { 200: answer('The history', ref(ChoicesAnswer)) },
      }),
    },
    async (request) => {
      const wishes = request.body.choices.map(({ from, id }) => ({
        from: dayOrNull(from) ?? null,
        choice: id,
      }))
      const actor = actorOf(request)
      return renderChoices(await followed.replaceHistory(actor, request.params.id, wishes))
    },
  )
}

function dayOrNull(text: string | null | undefined): Day | null | undefined {
  return typeof text === 'string' ? parseDay(text, 'from') : text
}

function renderChoices<Id extends string>(choices: readonly DatedChoice<Id>[]) {
  return {
    choices: choices.map(({ from, choice }) => ({
      from: from === firstDay ? null : from,
      id: choice,
    })),
  }
}
