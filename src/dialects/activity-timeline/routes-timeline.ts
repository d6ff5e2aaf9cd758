import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Period } from '../../domain/day.ts'
import type { EventView } from '../../domain/event.ts'
import { type Actor, viewerOf } from '../../domain/permission.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { mostTimelineEvents } from '../../domain/timeline.ts'
import { badRequest, send } from './errors.ts'
import { findTeam, findUser, pathParam } from './find.ts'
import { actorOf } from './identity.ts'
import { describeMembers, membersOf, todayOf } from './members.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { filterOf, paramsOf, periodOf } from './params.ts'
import { renderItem } from './render-item.ts'
import { memberHead, type NumberStyle } from './render-member.ts'
import type { Wire } from './wire-json.ts'
import { describeWorklogs } from './worklogs.ts'

/** Contract 1, endpoints 1 and 2. */
export function registerTimeline(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store } = needs
  scope.get('/timeline', { config: { access: 'read' } }, async (request, reply) => {
    const actor = actorOf(request)
    const params = paramsOf(request)
    const period = periodOf(params)
    const team = await findTeam(store, actor.siteId, params.need('teamId'))
    const people = await membersOf(store, actor.siteId, team, period)
    const members = await timelines(request, people, period, '8')
    return send(reply, { id: team.id, name: team.name, members })
  })

  scope.get('/timeline/:username', { config: { access: 'read' } }, async (request, reply) => {
    const actor = actorOf(request)
    const period = periodOf(paramsOf(request))
    const user = await findUser(store, actor.siteId, pathParam(request, 'username'))
    const [member = null] = await timelines(request, [user], period, '8.0')
    return send(reply, member)
  })

  async function timelines(
    request: FastifyRequest,
    people: readonly Person[],
    period: Period,
    style: NumberStyle,
  ): Promise<Wire[]> {
    const actor = actorOf(request)
    const filter = filterOf(paramsOf(request))
    const today = await todayOf(needs, actor.siteId)
    const members = await describeMembers(store, actor.siteId, people, today)
    const ids = people.map(({ id }) => id)
    const itemsOf =
      filter === 'worklogs'
        ? await worklogItems(actor, ids, period)
        : await eventItems(actor, ids, period, filter === 'everything' ? undefined : [filter])
    return members.map((member) => ({
      ...memberHead(member, style),
      issues: itemsOf.get(member.person.id) ?? [],
    }))
  }

  /** Whatever meets the period, by id (contract D35), from one query for all. */
  async function eventItems(
    actor: Actor,
    personIds: readonly PersonId[],
    period: Period,
    kinds: readonly EventView['kind'][] | undefined,
  ): Promise<Map<string, Wire[]>> {
    const events = await store.events.find(
      {
        siteId: actor.siteId,
        viewer: viewerOf(actor),
        period,
        personIds,
        skipsInactiveProjects: true,
        ...(kinds ? { kinds } : {}),
      },
      { limit: mostTimelineEvents + 1 },
    )
    if (events.length > mostTimelineEvents)
      throw badRequest(`More than ${mostTimelineEvents} items; ask for a shorter period`)
    const { activityTimelineExtended } = await store.planningSettings.get(actor.siteId)
    const sorted = [...events].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    return grouped(sorted, (event) => [
      event.personId ?? '',
      renderItem(event, activityTimelineExtended),
    ])
  }

  async function worklogItems(
    actor: Actor,
    authorIds: readonly PersonId[],
    period: Period,
  ): Promise<Map<string, Wire[]>> {
    const query = { siteId: actor.siteId, viewer: viewerOf(actor), period, authorIds }
    const worklogs = await store.worklogs.find(query, { limit: mostTimelineEvents + 1 })
    if (worklogs.length > mostTimelineEvents)
      throw badRequest(`More than ${mostTimelineEvents} items; ask for a shorter period`)
    const rendered = await describeWorklogs(store, actor.siteId, worklogs)
    return grouped(worklogs, (worklog, at) => [
      worklog.authorId,
      { id: worklog.jiraId, ...rendered[at]! },
    ])
  }
}

function grouped<T>(rows: readonly T[], entryOf: (row: T, at: number) => [string, Wire]) {
  const found = new Map<string, Wire[]>()
  rows.forEach((row, at) => {
    const [key, value] = entryOf(row, at)
    const list = found.get(key)
    if (list) list.push(value)
    else found.set(key, [value])
  })
  return found
}
