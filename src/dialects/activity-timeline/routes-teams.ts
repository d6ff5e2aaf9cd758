import type { FastifyInstance } from 'fastify'
import { addDays } from '../../domain/day.ts'
import type { PersonId } from '../../domain/person.ts'
import type { PersonSkill } from '../../domain/skill.ts'
import { leadersOf } from '../../domain/team.ts'
import { badRequest, send } from './errors.ts'
import { findTeam, findUser, pathParam } from './find.ts'
import { actorOf } from './identity.ts'
import { describeMembers, membersOf, todayOf } from './members.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { paramsOf } from './params.ts'
import { memberHead, userBrief } from './render-member.ts'
import { teamSkill } from './render-skill.ts'
import { readSkills } from './skills.ts'

/** Contract 1, endpoints 15 to 22. */
export function registerTeams(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store, teams } = needs

  scope.get('/team/list', { config: { access: 'read' } }, async (request, reply) => {
    const found = await store.teams.list(actorOf(request).siteId)
    return send(
      reply,
      found.map(({ id, name }) => ({ id, name })),
    )
  })

  scope.get('/team/:id', { config: { access: 'read' } }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const team = await findTeam(store, siteId, pathParam(request, 'id'))
    const today = await todayOf(needs, siteId)
    const people = await membersOf(store, siteId, team, { from: today, to: today })
    const members = await describeMembers(store, siteId, people, today)
    const ids = people.map(({ id }) => id)
    const { skills, levels } = await readSkills(store, siteId)
    const given = new Map<PersonId, PersonSkill[]>()
    for (const one of await store.skills.ofPeople(siteId, ids))
      given.set(one.personId, [...(given.get(one.personId) ?? []), one])
    return send(reply, {
      id: team.id,
      name: team.name,
      members: members.map((member) => ({
        ...memberHead(member, '8'),
        skills: (given.get(member.person.id) ?? []).map((one) => teamSkill(one, skills, levels)),
      })),
    })
  })

  scope.delete('/team/:id', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const team = await findTeam(store, actor.siteId, pathParam(request, 'id'))
    await teams.remove(actor, team.id)
    return send(reply, { message: 'Team successfully deleted' })
  })

  scope.post('/team/:id/member', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const team = await findTeam(store, actor.siteId, pathParam(request, 'id'))
    const user = await findUser(store, actor.siteId, paramsOf(request).need('username'))
    const today = await todayOf(needs, actor.siteId)
    const places = await placesOf(actor.siteId, team.id, user.id, today)
    // Somebody who left comes back today; a new member belongs to the team without limits.
    if (places.length === 0) {
      const earlier = await store.memberships.list(actor.siteId, {
        teamIds: [team.id],
        personIds: [user.id],
        limit: 1,
      })
      const from = earlier.length > 0 ? { from: today } : {}
      await teams.addMembership(actor, team.id, { person: user.id, ...from })
    }
    return send(reply, { message: `User successfully added to Team ${team.name}` })
  })

  scope.delete('/team/:id/member', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const team = await findTeam(store, actor.siteId, pathParam(request, 'id'))
    const user = await findUser(store, actor.siteId, paramsOf(request).need('username'))
    const today = await todayOf(needs, actor.siteId)
    const places = await placesOf(actor.siteId, team.id, user.id, today)
    if (places.length === 0) throw badRequest('User is not a member of the team')
    // The days somebody was there stay: what was planned then belongs to the team.
    for (const place of places)
      if (place.from === null || place.from < today)
        await teams.changeMembership(actor, place.id, { to: addDays(today, -1) })
      else await teams.removeMembership(actor, place.id)
    return send(reply, { message: `User successfully removed from Team ${team.name}` })
  })

  scope.get('/team/:id/manager', { config: { access: 'read' } }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const team = await findTeam(store, siteId, pathParam(request, 'id'))
    const ids = leadersOf(team)
    const people = await store.people.getMany(siteId, ids)
    const byId = new Map(people.map((person) => [person.id, person]))
    return send(
      reply,
      ids.flatMap((id) => byId.get(id) ?? []).map((person) => userBrief(person)),
    )
  })

  scope.post('/team/:id/manager', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const team = await findTeam(store, actor.siteId, pathParam(request, 'id'))
    const user = await findUser(store, actor.siteId, paramsOf(request).need('username'))
    await teams.addManager(actor, team.id, user.id)
    return send(reply, { message: 'User successfully added to Team Managers' })
  })

  scope.delete('/team/:id/manager', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const team = await findTeam(store, actor.siteId, pathParam(request, 'id'))
    const user = await findUser(store, actor.siteId, paramsOf(request).need('username'))
    if (!leadersOf(team).includes(user.id)) throw badRequest('User is not a manager of the team')
    await teams.removeManager(actor, team.id, user.id)
    return send(reply, { message: 'User successfully removed from Team Managers.' })
  })

  /** Places that hold today or later. */
  async function placesOf(
    siteId: Parameters<typeof todayOf>[1],
    teamId: Parameters<typeof teams.remove>[1],
    personId: PersonId,
    today: Awaited<ReturnType<typeof todayOf>>,
  ) {
    const query = { teamIds: [teamId], personIds: [personId], limit: 1_000 }
    const all = await store.memberships.list(siteId, query)
    return all.filter(({ to }) => to === null || to >= today)
  }
}
