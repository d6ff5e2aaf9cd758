import type { FastifyInstance } from 'fastify'
import type { Allocation, AllocationId, AllocationQuery } from '../domain/allocation.ts'
import { reachOf } from '../domain/allocation-days.ts'
import {
  type AllocationWish,
  expandAllocations,
  plannedFor,
  plannedForVisible,
} from '../domain/allocations.ts'
import { type Day, type Period, parseDay, parsePeriod, periodLength } from '../domain/day.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { GenericResourceId } from '../domain/generic-resource.ts'
import type { IssueId } from '../domain/issue.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import * as contract from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { renderAllocation } from './render-allocation.ts'

const { ref } = contract
const tag = 'Teams'
const mostDays = 1_100
const one = ref(contract.Allocation)

/** Time set aside for people and generic resources. */
export function registerAllocations(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, allocations } = needs
  scope.get<{ Querystring: contract.AllocationsQuery }>(
    '/allocations',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listAllocations',
        tag,
        summary: 'Time set aside in a period',
        description: `Of generic resources and of people whose plans you may see; ${mostDays} days at most.`,
        querystring: contract.AllocationsQuery,
        answers: { 200: answer('A page', ref(contract.AllocationsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const period = parsePeriod(request.query.from, request.query.to)
      if (periodLength(period) > mostDays) throw invalidField('to', `at most ${mostDays} days`)
      const limit = limitOf(request.query)
      const rows = await store.allocations.list(queryOf(actor, request.query, period), {
        limit: limit + 1,
        ...parseIdCursor<AllocationId>(request.query.cursor),
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { allocations: await render(needs, actor, page, period), next }
    },
  )

  scope.get<{ Params: { id: AllocationId } }>(
    '/allocations/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getAllocation',
        tag,
        summary: 'One allocation with all its days',
        description: 'Of somebody whose plans you may see.',
        params: contract.IdParams,
        answers: { 200: answer('As it is', one, versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const allocation = await getVisible(needs, actor, request.params.id)
      setVersionTag(reply, allocation)
      return (await render(needs, actor, [allocation]))[0]
    },
  )

  scope.post<{ Body: contract.NewAllocation }>(
    '/allocations',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createAllocation',
        tag,
        summary: 'Set time aside',
        description: 'Everybody for themselves; planners for those they plan for.',
        body: ref(contract.NewAllocation),
        answers: { 201: answer('Created', one, { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const allocation = await allocations.create(actor, toWish(request.body))
      setVersionTag(reply, allocation)
      void reply.code(201).header('location', `${scope.prefix}/allocations/${allocation.id}`)
      return (await render(needs, actor, [allocation]))[0]
    },
  )

  scope.put<{ Params: { id: AllocationId }; Body: contract.NewAllocation }>(
    '/allocations/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'replaceAllocation',
        tag,
        summary: 'Set time aside otherwise',
        description: 'Replaces it whole; the approval stays where `status` is left out.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        body: ref(contract.NewAllocation),
        answers: { 200: answer('As it is now', one, versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const wish = toWish(request.body)
      const allocation = await allocations.replace(actor, id, wish, expectedVersion(request))
      setVersionTag(reply, allocation)
      return (await render(needs, actor, [allocation]))[0]
    },
  )

  scope.put<{ Params: { id: AllocationId; day: string }; Body: { seconds: number } }>(
    '/allocations/:id/days/:day',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeAllocationDay',
        tag,
        summary: 'Plan one day otherwise',
        description: 'Only that day; 0 seconds take it out.',
        params: contract.AllocationDayParams,
        headers: contract.MatchHeaders,
        body: ref(contract.AllocationDay),
        answers: { 200: answer('As it is now', one, versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id, day } = request.params
      const change = { day: parseDay(day), seconds: request.body.seconds }
      const allocation = await allocations.changeDay(actor, id, change, expectedVersion(request))
      setVersionTag(reply, allocation)
      return (await render(needs, actor, [allocation]))[0]
    },
  )

  scope.delete<{ Params: { id: AllocationId } }>(
    '/allocations/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeAllocation',
        tag,
        summary: 'Set the time aside no longer',
        description: 'With all its occurrences.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await allocations.remove(actorOf(request), request.params.id, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}

function queryOf(
  actor: Actor,
  { person, resource, issue, project }: contract.AllocationsQuery,
  period: Period,
): AllocationQuery {
  return {
    siteId: actor.siteId,
    period,
    ...plannedForVisible(actor),
    ...(person ? { personIds: person as PersonId[] } : {}),
    ...(resource ? { resourceIds: resource as GenericResourceId[] } : {}),
    ...(issue ? { issueIds: issue as IssueId[] } : {}),
    ...(project ? { projectIds: project as ProjectId[] } : {}),
  }
}

async function getVisible(
  { store }: ApiNeeds,
  actor: Actor,
  id: AllocationId,
): Promise<Allocation> {
  const allocation = await store.allocations.get(actor.siteId, id)
  const personId = plannedFor(allocation.assignee)
  if (can(actor, 'read', { type: 'plan', personId })) return allocation
  throw new DomainError('not-found', `There is no allocation ${id}`)
}

function toWish(body: contract.NewAllocation): AllocationWish {
  const { personId, resourceId, issueId, projectId, status, reviewerId, ...rest } = body
  if (!personId === !resourceId) throw invalidField('personId', 'or else `resourceId` is needed')
  if (!issueId === !projectId) throw invalidField('issueId', 'or else `projectId` is needed')
  return {
    ...rest,
    from: parseDay(rest.from, 'from'),
    to: parseDay(rest.to, 'to'),
    recursUntil: (rest.recursUntil ?? null) as Day | null,
    assignee: personId
      ? { kind: 'person', personId: personId as PersonId }
      : { kind: 'resource', resourceId: resourceId as GenericResourceId },
    item: issueId
      ? { kind: 'issue', issueId: issueId as IssueId }
      : { kind: 'project', projectId: projectId as ProjectId },
    ...(status === undefined
      ? {}
      : {
          approval: status && { status, reviewerId: (reviewerId ?? null) as PersonId | null },
        }),
  }
}

async function render(
  { store }: ApiNeeds,
  actor: Actor,
  rows: readonly Allocation[],
  period?: Period,
): Promise<contract.AllocationBody[]> {
  const wishes = rows.map((allocation) => ({ allocation, period: period ?? reachOf(allocation) }))
  const expanded = await expandAllocations(store, actor.siteId, wishes)
  return rows.map((row, at) => {
    const scope = wishes[at]!.period
    const days = expanded[at]!.flatMap((occurrence) => occurrence.days)
    return {
      ...renderAllocation(actor, row),
      days: days.filter(({ day }) => day >= scope.from && day <= scope.to),
    }
  })
}
