import type { FastifyInstance } from 'fastify'
import type { Person, PersonId } from '../../domain/person.ts'
import type { PositionId } from '../../domain/position.ts'
import type { SiteId } from '../../domain/site.ts'
import type { PersonSkill, SkillId } from '../../domain/skill.ts'
import { badRequest, send } from './errors.ts'
import { pathParam, usernameOf } from './find.ts'
import { actorOf } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { flagOf, idOf, paramsOf, startOffsetOf } from './params.ts'
import { positionObject, userBrief } from './render-member.ts'
import { levelObject, levelOf, skillRef } from './render-skill.ts'
import { readSkills } from './skills.ts'
import { idNumber } from './wire-json.ts'

const pageSize = 100
const mostPeople = 10_000

/** Contract 1, endpoints 34 to 41. */
export function registerSkills(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store, staffing } = needs

  scope.post('/skill', { config: { access: 'write' } }, async (request, reply) => {
    const name = paramsOf(request).need('name')
    const { id } = await staffing.skills.create(actorOf(request), { name })
    return send(reply, { message: `Skill ${name} successfully created!`, skillId: idNumber(id) })
  })

  scope.get('/skill', { config: { access: 'read' } }, async (request, reply) => {
    const page = { limit: pageSize, offset: startOffsetOf(request) }
    const skills = await store.skills.list(actorOf(request).siteId, page)
    return send(
      reply,
      skills.map(({ id, name }) => ({ id, skillName: name })),
    )
  })

  scope.get('/skill/:id', { config: { access: 'read' } }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const id = idOf('id', pathParam(request, 'id')) as SkillId
    const { skills, levels } = await readSkills(store, siteId)
    if (!skills.has(id)) throw badRequest(`Skill with id ${id} does not exist`)
    const byLevel = new Map<string, PersonSkill[]>()
    for (const one of await store.skills.peopleWith(siteId, id, mostPeople)) {
      const level = levelOf(one.levelId, levels).id
      byLevel.set(level, [...(byLevel.get(level) ?? []), one])
    }
    const people = await byLogin(
      siteId,
      [...byLevel.values()].flat().map(({ personId }) => personId),
    )
    // Most people first, then by id: levels have no rank of their own.
    const entries = [...byLevel].sort(
      ([a, first], [b, second]) => second.length - first.length || compareIds(a, b),
    )
    return send(
      reply,
      entries.map(([levelId, given]) => ({
        level: { id: idNumber(levelId), levelName: levelOf(levelId, levels).name },
        skill: skillRef(id, skills),
        users: people
          .filter((person) => given.some(({ personId }) => personId === person.id))
          .map(userBrief),
      })),
    )
  })

  scope.post('/skill/level', { config: { access: 'write' } }, async (request, reply) => {
    const params = paramsOf(request)
    const name = params.need('name')
    const color = /^#?([0-9A-Fa-f]{6})$/.exec(params.need('color'))?.[1]
    if (color === undefined) throw badRequest("Parameter 'color' must be six hexadecimal digits")
    const isDefault = flagOf(params, 'isDefault')
    const { id } = await staffing.skillLevels.create(actorOf(request), {
      name,
      color,
      ...(isDefault === undefined ? {} : { isDefault }),
    })
    return send(reply, { message: `Level ${name} successfully created!`, levelId: idNumber(id) })
  })

  scope.get('/skill/level', { config: { access: 'read' } }, async (request, reply) => {
    const page = { limit: pageSize, offset: startOffsetOf(request) }
    const levels = await store.skillLevels.list(actorOf(request).siteId, page)
    return send(reply, levels.map(levelObject))
  })

  scope.post('/position', { config: { access: 'write' } }, async (request, reply) => {
    const name = paramsOf(request).need('name')
    // Made here, a position has an empty description; elsewhere it may have none (contract D40).
    const { id } = await staffing.positions.create(actorOf(request), { name, description: '' })
    return send(reply, {
      message: `Position ${name} successfully created!`,
      positionId: idNumber(id),
    })
  })

  scope.get('/position', { config: { access: 'read' } }, async (request, reply) => {
    const page = { limit: pageSize, offset: startOffsetOf(request) }
    const positions = await store.positions.list(actorOf(request).siteId, page)
    return send(reply, positions.map(positionObject))
  })

  scope.get('/position/:id', { config: { access: 'read' } }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const id = idOf('id', pathParam(request, 'id')) as PositionId
    const positions = await store.positions.list(siteId, { limit: mostPeople })
    const found = positions.find((position) => position.id === id)
    if (!found) throw badRequest(`Position with id ${id} does not exist`)
    const persons = await byLogin(siteId, await store.positions.holders(siteId, id, mostPeople))
    return send(reply, {
      id: idNumber(id),
      persons: persons.map(userBrief),
      positionDescription: found.description,
      positionNameLong: found.name,
    })
  })

  async function byLogin(siteId: SiteId, ids: readonly PersonId[]): Promise<Person[]> {
    const people = await store.people.getMany(siteId, ids)
    return [...people].sort((a, b) => (usernameOf(a) < usernameOf(b) ? -1 : 1))
  }
}

function compareIds(a: string, b: string): number {
  return BigInt(a) < BigInt(b) ? -1 : 1
}
