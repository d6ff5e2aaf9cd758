import type { FastifyInstance } from 'fastify'
import type { GenericResource, GenericResourceId } from '../domain/generic-resource.ts'
import type { Actor } from '../domain/permission.ts'
import type { SkillId } from '../domain/skill.ts'
import { formatInstant } from '../domain/zone.ts'
import { registerCatalogue } from './catalogue.ts'
import * as contract from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { registerProfiles } from './profiles.ts'

const tag = 'Teams'

/** Skills, levels, positions and generic resources, and what people can do. */
export function registerStaffing(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, staffing } = needs
  const usual = { tag, access: 'write' } as const
  registerCatalogue(scope, {
    ...usual,
    ...{ path: '/skills', one: 'skill', id: 'Skill', key: 'skills' },
    description: 'What people can do. Names are unique without regard to case.',
    schemas: {
      row: contract.Skill,
      list: contract.SkillsAnswer,
      wish: contract.NewSkill,
      change: contract.NameChange,
    },
    cases: staffing.skills,
    list: ({ siteId }, page, { text }: contract.NamesQuery) =>
      store.skills.list(siteId, { ...page, ...(text === undefined ? {} : { text }) }),
    get: ({ siteId }, id) => store.skills.get(siteId, id),
    render: (_, rows) => rows,
  })
  registerCatalogue(scope, {
    ...usual,
    ...{ path: '/skill-levels', one: 'skill level', id: 'SkillLevel', key: 'skillLevels' },
    description: 'How well somebody can do something; one level at most is the default.',
    schemas: {
      row: contract.SkillLevel,
      list: contract.SkillLevelsAnswer,
      wish: contract.NewSkillLevel,
      change: contract.SkillLevelChange,
      query: contract.PageQuery,
    },
    cases: staffing.skillLevels,
    list: ({ siteId }, page) => store.skillLevels.list(siteId, page),
    get: ({ siteId }, id) => store.skillLevels.get(siteId, id),
    render: (_, rows) => rows,
  })
  registerCatalogue(scope, {
    ...usual,
    ...{ path: '/positions', one: 'position', id: 'Position', key: 'positions' },
    description: 'What people are employed as. Names are unique without regard to case.',
    schemas: {
      row: contract.Position,
      list: contract.PositionsAnswer,
      wish: contract.NewPosition,
      change: contract.PositionChange,
      query: contract.PageQuery,
    },
    cases: staffing.positions,
    list: ({ siteId }, page) => store.positions.list(siteId, page),
    get: ({ siteId }, id) => store.positions.get(siteId, id),
    render: (_, rows) => rows,
  })
  registerResources(scope, needs)
  registerProfiles(scope, needs)
}

function registerResources(scope: FastifyInstance, { store, staffing }: ApiNeeds): void {
  const render = async ({ siteId }: Actor, rows: readonly GenericResource[]) => {
    const skills = await store.skills.ofResources(
      siteId,
      rows.map((row) => row.id),
    )
    return rows.map(
      (row): contract.GenericResourceBody => ({
        id: row.id,
        name: row.name,
        skillIds: skills.filter((one) => one.resourceId === row.id).map((one) => one.skillId),
        createdAt: formatInstant(row.createdAt),
        createdBy: row.createdBy,
        updatedAt: formatInstant(row.updatedAt),
        updatedBy: row.updatedBy,
        version: row.version,
      }),
    )
  }
  registerCatalogue(scope, {
    ...{ tag, access: 'write', path: '/generic-resources' },
    ...{ one: 'generic resource', id: 'GenericResource', key: 'genericResources' },
    description: 'Somebody still to be found, planned for like a person.',
    schemas: {
      row: contract.GenericResource,
      list: contract.GenericResourcesAnswer,
      wish: contract.NewGenericResource,
      change: contract.NameChange,
    },
    cases: staffing.resources,
    list: ({ siteId }, page, { text }: contract.NamesQuery) =>
      store.resources.list(siteId, { ...page, ...(text === undefined ? {} : { text }) }),
    get: ({ siteId }, id) => store.resources.get(siteId, id),
    render,
  })
  scope.put<{ Params: { id: GenericResourceId }; Body: { skillIds: SkillId[] } }>(
    '/generic-resources/:id/skills',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'setResourceSkills',
        tag,
        summary: 'What a generic resource must be able to do',
        description: 'Exactly these skills from now on.',
        params: contract.IdParams,
        body: contract.ref(contract.SkillIds),
        answers: { 200: answer('As it is now', contract.ref(contract.GenericResource)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { id } = request.params
      const give = request.body.skillIds
      await staffing.setResourceSkills(actor, id, { give, take: 'others' })
      return (await render(actor, [await store.resources.get(actor.siteId, id)]))[0]
    },
  )
}
