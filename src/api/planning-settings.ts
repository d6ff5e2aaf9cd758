import type { FastifyInstance } from 'fastify'
import type { PlanningSettings as Settings } from '../domain/planning-settings.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  CategoryParams,
  MatchHeaders,
  NameParams,
  PlanningSettings,
  PlanningSettingsChange,
  ProjectActive,
  Project as ProjectSchema,
  ref,
  WorklogCategoriesAnswer,
  WorklogCategory,
  WorklogCategoryBody,
} from './contract.ts'
import { single } from './filters.ts'
import { actorOf } from './needs.ts'
import { answer, operation, versionTag } from './operation.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderProject } from './render.ts'

export function registerPlanningSettings(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  const { store, planningCatalogue: catalogue } = needs
  scope.get(
    '/planning/settings',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getPlanningSettings',
        tag: 'Planning',
        summary: 'How planning works here',
        description: 'How estimates spread, what counts, and whether /rest/api/1 answers.',
        answers: { 200: answer('The settings', ref(PlanningSettings), versionTag) },
      }),
    },
    async (request, reply) => {
      const settings = await store.planningSettings.get(actorOf(request).siteId)
      setVersionTag(reply, settings)
      return settings
    },
  )

  scope.patch<{ Body: Partial<Omit<Settings, 'version'>> }>(
    '/planning/settings',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changePlanningSettings',
        tag: 'Planning',
        summary: 'Change how planning works here',
        description: 'For administrators, with a token that may administer.',
        headers: MatchHeaders,
        body: ref(PlanningSettingsChange),
        answers: { 200: answer('As they are now', ref(PlanningSettings), versionTag) },
      }),
    },
    async (request, reply) => {
      const version = expectedVersion(request)
      const settings = await catalogue.changeSettings(actorOf(request), request.body, version)
      setVersionTag(reply, settings)
      return settings
    },
  )

  scope.get(
    '/worklog-categories',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listWorklogCategories',
        tag: 'Planning',
        summary: 'What worklogs can count as',
        description: 'A worklog names its category; 0 is billable and stays so.',
        answers: { 200: answer('All categories', ref(WorklogCategoriesAnswer)) },
      }),
    },
    async (request) => ({
      categories: await store.worklogCategories.list(actorOf(request).siteId),
    }),
  )

  scope.put<{
    Params: { id: string }
    Body: { name: string; isBillable: boolean; isActive?: boolean }
  }>(
    '/worklog-categories/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'putWorklogCategory',
        tag: 'Planning',
        summary: 'Create or change a category of worklogs',
        description: 'For administrators. The id is yours to choose; the name stays.',
        params: CategoryParams,
        body: ref(WorklogCategoryBody),
        answers: { 200: answer('As it is now', ref(WorklogCategory)) },
      }),
    },
    async (request) =>
      catalogue.putCategory(actorOf(request), { id: Number(request.params.id), ...request.body }),
  )

  scope.put<{ Params: { idOrKey: string }; Body: { isActive: boolean } }>(
    '/projects/:idOrKey/active',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'setProjectActive',
        tag: 'Planning',
        summary: 'Switch a project on or off',
        description:
          'Whoever owns it. Issues of a project that is off leave the timeline, and nothing new can be planned on it.',
        params: NameParams,
        body: ref(ProjectActive),
        answers: { 200: answer('As it is now', ref(ProjectSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { idOrKey } = request.params
      const found = (await store.projects.findByNames(actor.siteId, [idOrKey])).get(idOrKey) ?? []
      const named = found.filter(({ id, key }) => id === idOrKey || key === idOrKey)
      const { id } = single('project', idOrKey, named)
      const project = await catalogue.setProjectActive(actor, id, request.body.isActive)
      setVersionTag(reply, project)
      return renderProject(project)
    },
  )
}
