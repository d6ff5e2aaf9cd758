import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '../../domain/permission.ts'
import type { SiteId } from '../../domain/site.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import { unnamedCategory, type WorklogCategory } from '../../domain/worklog-category.ts'
import { parseJiraDuration } from '../../jira/duration.ts'
import { parseDate } from './date.ts'
import { badRequest, Refusal, send } from './errors.ts'
import { findProject, findTeam, findUser, findWorklog, pathParam } from './find.ts'
import { actorOf } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { type Params, paramsOf, periodOf, startOffsetOf } from './params.ts'
import { describeWorklogs } from './worklogs.ts'

const pageSize = 1_000

/** Contract 1, endpoints 42 to 48. */
export function registerWorklogs(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store, timesheets, worklogApprovals } = needs

  scope.post('/worklog', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const params = paramsOf(request)
    const { instant, offsetSeconds } = parseDate(params.need('date'))
    const user = await findUser(store, actor.siteId, params.need('username'))
    const issue = await findActiveIssue(actor.siteId, params.need('issueKey'))
    const worklog = await timesheets.log(actor, {
      issue: issue.id,
      author: user.id,
      startedAt: instant,
      offsetSeconds,
      timeSpentSeconds: await timeSpentOf(actor.siteId, params),
      comment: params.find('comment') ?? '',
      ...(await categoryToWrite(actor.siteId, params)),
    })
    return sendWorklog(reply, actor.siteId, worklog)
  })

  scope.put('/worklog/:id', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const params = paramsOf(request)
    const { instant, offsetSeconds } = parseDate(params.need('date'))
    await findUser(store, actor.siteId, params.need('username'))
    const before = await needWorklog(request, 400)
    const comment = params.find('comment')
    const worklog = await timesheets.change(actor, before.id, {
      startedAt: instant,
      offsetSeconds,
      timeSpentSeconds: await timeSpentOf(actor.siteId, params),
      ...(comment === undefined ? {} : { comment }),
      ...(await categoryToWrite(actor.siteId, params)),
    })
    return sendWorklog(reply, actor.siteId, worklog)
  })

  scope.delete('/worklog/:id', { config: { access: 'write' } }, async (request, reply) => {
    const { id } = await needWorklog(request, 400)
    await timesheets.remove(actorOf(request), id)
    return send(reply, { message: 'Worklog has been successfully deleted!' })
  })

  scope.get('/worklog/list', { config: { access: 'read' } }, async (request, reply) => {
    const actor = actorOf(request)
    const { siteId } = actor
    const params = paramsOf(request)
    const period = periodOf(params)
    const [username, teamId, key] = ['username', 'teamId', 'projectKey'].map(params.find)
    const user = username === undefined ? undefined : await findUser(store, siteId, username)
    const team = teamId === undefined ? undefined : await findTeam(store, siteId, teamId)
    const project = key === undefined ? undefined : await findProject(store, siteId, key)
    const categories = await store.worklogCategories.list(siteId)
    const category = categoryAsked(categories, params)
    const worklogs = await store.worklogs.find(
      {
        siteId,
        viewer: viewerOf(actor),
        period,
        ...(user ? { authorIds: [user.id] } : {}),
        ...(team ? { teamIds: [team.id] } : {}),
        ...(project ? { projectIds: [project.id] } : {}),
        ...(category ? { category: countsAs(categories, category) } : {}),
      },
      { limit: pageSize, offset: startOffsetOf(request) },
    )
    return send(reply, await describeWorklogs(store, siteId, worklogs))
  })

  scope.get('/worklog/categories', { config: { access: 'read' } }, async (request, reply) => {
    const categories = await store.worklogCategories.list(actorOf(request).siteId)
    return send(
      reply,
      [...categories].reverse().map(({ id, name, isActive }) => ({ active: isActive, id, name })),
    )
  })

  scope.put('/worklog/approve/:id', { config: { access: 'write' } }, async (request, reply) => {
    const worklog = await needWorklog(request, 404)
    await worklogApprovals.approve(actorOf(request), worklog.id, true)
    return sendWorklog(reply, actorOf(request).siteId, worklog)
  })

  scope.put('/worklog/unapprove/:id', { config: { access: 'write' } }, async (request, reply) => {
    const worklog = await needWorklog(request, 404)
    await worklogApprovals.unapprove(actorOf(request), worklog.id)
    return sendWorklog(reply, actorOf(request).siteId, worklog)
  })

  async function needWorklog(request: FastifyRequest, status: 400 | 404): Promise<WorklogView> {
    const id = pathParam(request, 'id')
    const found = await findWorklog(store, actorOf(request).siteId, id)
    if (!found) throw new Refusal(status, `Worklog with id ${id} does not exist`)
    return found
  }

  async function sendWorklog(
    reply: FastifyReply,
    siteId: SiteId,
    worklog: WorklogView,
  ): Promise<FastifyReply> {
    const [rendered] = await describeWorklogs(store, siteId, [worklog])
    return send(reply, rendered!)
  }

  /** Nothing new may be logged on a project that is switched off (contract D50). */
  async function findActiveIssue(siteId: SiteId, key: string) {
    const [issue] = (await store.issues.findByNames(siteId, [key])).get(key) ?? []
    if (!issue) throw badRequest(`Issue '${key.slice(0, 100)}' does not exist`)
    const project = await store.projects.get(siteId, issue.projectId)
    if (!project.isActive) throw badRequest(`Project '${project.key}' is inactive`)
    return issue
  }

  async function timeSpentOf(siteId: SiteId, params: Params): Promise<number> {
    const text = params.need('timeSpent')
    const site = await store.sites.get(siteId)
    const settings = { hoursPerDay: site.workingHoursPerDay, daysPerWeek: site.workingDaysPerWeek }
    const seconds = parseJiraDuration(text, settings)
    if (seconds <= 0) throw badRequest("Parameter 'timeSpent' must be more than nothing")
    return seconds
  }

  /** What a category means for a worklog: its name, and no billable time where it is not billable. */
  async function categoryToWrite(siteId: SiteId, params: Params) {
    const category = categoryAsked(await store.worklogCategories.list(siteId), params)
    if (!category) return {}
    if (!category.isActive) throw badRequest(`Category ${category.id} is inactive`)
    return { category: category.name, billableSeconds: category.isBillable ? null : 0 }
  }
}

function categoryAsked(
  categories: readonly WorklogCategory[],
  params: Params,
): WorklogCategory | undefined {
  const value = params.find('category')
  if (value === undefined) return undefined
  const found = categories.find(({ id }) => String(id) === value)
  if (!found) throw badRequest(`Category '${value.slice(0, 20)}' does not exist`)
  return found
}

/** Worklogs that name the category, and those that name none and count as it. */
function countsAs(categories: readonly WorklogCategory[], category: WorklogCategory) {
  const isUsual = unnamedCategory(categories, category.isBillable)?.id === category.id
  return {
    name: category.name,
    unnamed: isUsual
      ? { isBillable: category.isBillable, names: categories.map(({ name }) => name) }
      : null,
  }
}
