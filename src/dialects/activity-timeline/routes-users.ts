import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Role } from '../../domain/permission.ts'
import type { PositionId } from '../../domain/position.ts'
import type { SkillId, SkillLevelId } from '../../domain/skill.ts'
import { badRequest, send } from './errors.ts'
import { findUser, pathParam, usernameOf } from './find.ts'
import { actorOf } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { idOf, paramsOf, startOffsetOf } from './params.ts'
import { positionObject, userBrief } from './render-member.ts'
import { userSkill } from './render-skill.ts'
import { readSkills } from './skills.ts'
import { idNumber } from './wire-json.ts'

const pageSize = 100

const roleNames = {
  administrator: 'Administrator',
  manager: 'Manager',
  'power-team-lead': 'Power Team Lead',
  'team-lead': 'Team Lead',
  'power-employee': 'Power Employee',
  employee: 'Employee',
  'limited-employee': 'Limited Employee',
} as const satisfies Record<Role, string>

/** Contract 1, endpoints 25 to 33. */
export function registerUsers(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store, staffing } = needs
  const userOf = (request: FastifyRequest) =>
    findUser(store, actorOf(request).siteId, pathParam(request, 'username'))
  const skillsOf = async (request: FastifyRequest) => {
    const { siteId } = actorOf(request)
    const user = await userOf(request)
    const { skills, levels } = await readSkills(store, siteId)
    const given = await store.skills.ofPeople(siteId, [user.id])
    return { user, given: given.map((one) => userSkill(one, skills, levels)) }
  }

  scope.get('/user', { config: { access: 'read' } }, async (request, reply) => {
    const page = { limit: pageSize, offset: startOffsetOf(request) }
    const people = await store.people.listByLogin(actorOf(request).siteId, page)
    return send(reply, people.map(userBrief))
  })

  scope.get('/user/:username', { config: { access: 'read' } }, async (request, reply) => {
    const { user, given } = await skillsOf(request)
    const positions = await store.positions.ofPeople(actorOf(request).siteId, [user.id])
    const position = positions.get(user.id)
    return send(reply, {
      fullName: user.displayName,
      position: position ? positionObject(position) : null,
      skillLevels: given,
      username: usernameOf(user),
    })
  })

  scope.get('/user/:username/role', { config: { access: 'read' } }, async (request, reply) => {
    const user = await userOf(request)
    return send(reply, {
      username: usernameOf(user),
      fullName: user.displayName,
      roles: [{ role: roleNames[user.role] }],
    })
  })

  scope.get('/user/:username/skill', { config: { access: 'read' } }, async (request, reply) =>
    send(reply, (await skillsOf(request)).given),
  )

  scope.delete('/user/:username/skill', { config: { access: 'write' } }, async (request, reply) => {
    const user = await userOf(request)
    await staffing.takeSkills(actorOf(request), user.id)
    return send(reply, {
      message: 'Skills successfully removed from user.',
      username: usernameOf(user),
    })
  })

  const oneSkill = '/user/:username/skill/:skillId'
  scope.post(oneSkill, { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const user = await userOf(request)
    const skillId = idOf('skillId', pathParam(request, 'skillId')) as SkillId
    const asked = paramsOf(request).find('levelId')
    const levelId =
      asked === undefined
        ? (await store.skillLevels.findDefault(actor.siteId))?.id
        : (idOf('levelId', asked) as SkillLevelId)
    if (levelId === undefined)
      throw badRequest("Parameter 'levelId' is required: there is no default level")
    await staffing.giveSkills(actor, user.id, { skills: [{ skillId, levelId }] })
    return send(reply, {
      message: 'Skill successfully assigned to user.',
      skillId: idNumber(skillId),
      username: usernameOf(user),
    })
  })

  scope.delete(oneSkill, { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const user = await userOf(request)
    const skillId = idOf('skillId', pathParam(request, 'skillId')) as SkillId
    const given = await store.skills.ofPeople(actor.siteId, [user.id])
    if (!given.some((one) => one.skillId === skillId))
      throw badRequest(`User does not have the skill ${skillId}`)
    await staffing.takeSkills(actor, user.id, [skillId])
    return send(reply, {
      message: 'Skill successfully removed from user.',
      username: usernameOf(user),
    })
  })

  const position = '/user/:username/position'
  scope.post(position, { config: { access: 'write' } }, async (request, reply) => {
    const user = await userOf(request)
    const id = positionIdOf(request)
    await staffing.setPosition(actorOf(request), user.id, id)
    return send(reply, {
      message: 'Position successfully assigned to user',
      username: usernameOf(user),
      positionId: idNumber(id),
    })
  })

  scope.delete(position, { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const user = await userOf(request)
    const id = positionIdOf(request)
    const held = (await store.positions.ofPeople(actor.siteId, [user.id])).get(user.id)
    if (held?.id !== id) throw badRequest(`User does not have the position ${id}`)
    await staffing.setPosition(actor, user.id, null)
    return send(reply, {
      message: 'Position successfully removed from user',
      positionId: idNumber(id),
    })
  })
}

function positionIdOf(request: FastifyRequest): PositionId {
  return idOf('positionId', paramsOf(request).need('positionId')) as PositionId
}
