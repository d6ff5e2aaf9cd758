import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { PositionId } from '../domain/position.ts'
import type { SkillsWish } from '../domain/staffing.ts'
import { IdParams, Profile, type ProfileBody, ProfileChange, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'

type Change = { skills?: SkillsWish['skills']; positionId?: PositionId | null }

/** What people can do and are employed as. */
export function registerProfiles(scope: FastifyInstance, { store, staffing }: ApiNeeds): void {
  const profileOf = async (actor: Actor, id: PersonId): Promise<ProfileBody> => {
    const { siteId } = actor
    const person = await store.people.get(siteId, id)
    if (!can(actor, 'read', { type: 'profile', personId: person.id }))
      throw new DomainError('forbidden', 'You may not read what this person can do')
    const held = await store.skills.ofPeople(siteId, [person.id])
    const skills = await store.skills.getMany(
      siteId,
      held.map((one) => one.skillId),
    )
    const names = new Map(skills.map((skill) => [skill.id, skill.name]))
    const position = (await store.positions.ofPeople(siteId, [person.id])).get(person.id)
    return {
      personId: person.id,
      skills: held.map(({ skillId, levelId }) => ({
        skillId,
        name: names.get(skillId) ?? '',
        levelId,
      })),
      positionId: position?.id ?? null,
      mayChange: can(actor, 'change', { type: 'profile', personId: person.id }),
    }
  }

  scope.get<{ Params: { id: PersonId } }>(
    '/people/:id/profile',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getProfile',
        tag: 'Teams',
        summary: 'Skills and position of somebody',
        description: 'Of those you may read.',
        params: IdParams,
        answers: { 200: answer('The profile', ref(Profile)) },
      }),
    },
    async (request) => profileOf(actorOf(request), request.params.id),
  )

  scope.patch<{ Params: { id: PersonId }; Body: Change }>(
    '/people/:id/profile',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeProfile',
        tag: 'Teams',
        summary: 'Change skills or position of somebody',
        description: 'Managers for everybody, team leads for those they lead.',
        params: IdParams,
        body: ref(ProfileChange),
        answers: { 200: answer('As it is now', ref(Profile)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { id } = request.params
      await staffing.changeProfile(actor, id, request.body)
      return profileOf(actor, id)
    },
  )
}
