import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../domain/day.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import { loadLimits } from '../domain/people-load.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { PositionId } from '../domain/position.ts'
import type { SkillsWish } from '../domain/staffing.ts'
import {
  IdParams,
  Profile,
  type ProfileBody,
  ProfileChange,
  ProfilesAnswer,
  ProfilesQuery,
  ref,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { teamsNamed } from './plan-filters.ts'
import { getVisibleTeam } from './team-visibility.ts'

type Change = { skills?: SkillsWish['skills']; positionId?: PositionId | null }

/** What people can do and are employed as. */
export function registerProfiles(scope: FastifyInstance, { store, staffing }: ApiNeeds): void {
  /** Of those the actor may read. */
  const profilesOf = async (actor: Actor, ids: readonly PersonId[]): Promise<ProfileBody[]> => {
    const { siteId } = actor
    const readable = ids.filter((personId) => can(actor, 'read', { type: 'profile', personId }))
    const held = await store.skills.ofPeople(siteId, readable)
    const skills = await store.skills.getMany(siteId, [...new Set(held.map((one) => one.skillId))])
    const names = new Map(skills.map((skill) => [skill.id, skill.name]))
    const positions = await store.positions.ofPeople(siteId, readable)
    return readable.map((personId) => ({
      personId,
      skills: held
        .filter((one) => one.personId === personId)
        .map(({ skillId, levelId }) => ({ skillId, name: names.get(skillId) ?? '', levelId })),
      positionId: positions.get(personId)?.id ?? null,
      mayChange: can(actor, 'change', { type: 'profile', personId }),
    }))
  }
  const profileOf = async (actor: Actor, id: PersonId): Promise<ProfileBody> => {
    const person = await store.people.get(actor.siteId, id)
    const [profile] = await profilesOf(actor, [person.id])
    if (!profile) throw new DomainError('forbidden', 'You may not read what this person can do')
    return profile
  }

  scope.get<{ Querystring: ProfilesQuery }>(
    '/profiles',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listProfiles',
        tag: 'Teams',
        summary: 'Skills and positions of members of teams',
        description: 'Whoever is in one of the teams in the period, of those you may read.',
        querystring: ProfilesQuery,
        answers: { 200: answer('By id of the person', ref(ProfilesAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { team, from, to } = request.query
      const teamIds = (await teamsNamed(store, actor.siteId, team)) ?? []
      for (const id of teamIds) await getVisibleTeam({ store }, actor, id)
      const members = await store.teams.membersDuring(
        actor.siteId,
        teamIds,
        parsePeriod(from, to),
        loadLimits.people + 1,
      )
      const ids = [...new Set(members.map(({ personId }) => personId))]
      if (ids.length > loadLimits.people)
        throw invalidField('team', `at most ${loadLimits.people} people at once`)
      ids.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      return { profiles: await profilesOf(actor, ids) }
    },
  )

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
