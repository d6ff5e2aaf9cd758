import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { approvableKinds, type EventId, type EventView, type PlanKind } from '../../domain/event.ts'
import type { EventType } from '../../domain/event-type.ts'
import { involvementOn } from '../../domain/people-load.ts'
import type { Actor } from '../../domain/permission.ts'
import type { PersonId } from '../../domain/person.ts'
import { personSchedules } from '../../domain/person-schedules.ts'
import type { NewPlan, PlanChange } from '../../domain/plan-command.ts'
import { badRequest, Refusal, send } from './errors.ts'
import { findProject, findTeam, findUser, pathParam, usernameOf } from './find.ts'
import { actorOf } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import {
  colorOf,
  flagOf,
  hoursOf,
  idOf,
  kindWords,
  type Params,
  paramsOf,
  periodOf,
} from './params.ts'
import { renderColored, renderEvent } from './render-item.ts'
import { idNumber, type Wire } from './wire-json.ts'

const projectKinds: readonly PlanKind[] = ['booking', 'placeholder', 'note', 'overtime']
const perDayKinds: readonly PlanKind[] = ['booking', 'day-off', 'overtime', 'issue']

/** Contract 1, endpoints 9 to 14. */
export function registerEvents(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store, planning } = needs

  scope.post('/event', { config: { access: 'write' } }, async (request, reply) => {
    const actor = actorOf(request)
    const params = paramsOf(request)
    const { from, to } = periodOf(params)
    const username = params.find('username')
    const teamId = params.find('teamId')
    if ((username === undefined) === (teamId === undefined))
      throw badRequest("Specify either parameter 'username' or parameter 'teamId'")
    const type = await findType(actor, params.need('eventTypeId'))
    const title = params.find('eventTitle') ?? params.find('title')
    if (title === undefined) throw badRequest("Parameter 'eventTitle' is required")
    const user = username === undefined ? undefined : await findUser(store, actor.siteId, username)
    const team = teamId === undefined ? undefined : await findTeam(store, actor.siteId, teamId)
    const perDay = await perDayOf(actor, params, type.kind, user?.id ?? null)
    const estimate = type.kind === 'placeholder' ? hoursOf(params, 'estimate') : undefined
    const color = params.find('color')
    const plan: NewPlan = {
      type: type.id,
      ...(user ? { person: user.id } : {}),
      ...(team ? { team: team.id } : {}),
      ...(await projectOf(actor, params, type.kind)),
      title,
      from,
      to,
      ...(perDay === undefined ? {} : { secondsPerDay: perDay }),
      ...(estimate === undefined ? {} : { estimateSeconds: estimate }),
      ...(color === undefined ? {} : { color: colorOf(color) }),
      ...approvalOf(params, type.kind),
    }
    const [outcome] = await planning.write(actor, [{ kind: 'create', plan }])
    return send(reply, writtenAnswer(outcome!.event!, 'created'))
  })

  scope.get('/event/:id', { config: { access: 'read' } }, async (request, reply) =>
    send(reply, renderEvent(await getEvent(request, pathParam(request, 'id'), 404))),
  )

  const update = async (request: FastifyRequest, reply: FastifyReply, id: string) => {
    const actor = actorOf(request)
    const params = paramsOf(request)
    const { from, to } = periodOf(params)
    const before = await getEvent(request, id, 400)
    const teamId = params.find('teamId')
    const username = teamId === undefined ? params.find('username') : undefined
    const user = username === undefined ? undefined : await findUser(store, actor.siteId, username)
    const team = teamId === undefined ? undefined : await findTeam(store, actor.siteId, teamId)
    const { kind } = before
    const perDay = await perDayOf(actor, params, kind, user?.id ?? before.personId)
    const estimate = kind === 'placeholder' ? hoursOf(params, 'estimate') : undefined
    const title = params.find('title') ?? params.find('eventTitle')
    const color = params.find('color')
    const change: PlanChange = {
      from,
      to,
      ...(user ? { person: user.id } : {}),
      ...(team ? { team: team.id } : {}),
      ...(title === undefined || kind === 'issue' ? {} : { title }),
      ...(await projectOf(actor, params, kind)),
      ...(perDay === undefined ? {} : { secondsPerDay: perDay }),
      ...(estimate === undefined ? {} : { remainingSeconds: estimate }),
      ...(color === undefined ? {} : { color: colorOf(color) }),
      ...approvalOf(params, kind),
    }
    const [outcome] = await planning.write(actor, [{ kind: 'change', id: before.id, change }])
    return send(reply, writtenAnswer(outcome!.event!, 'updated'))
  }
  // Both spellings: the seed's table has the id in the query, its example in the path.
  scope.put('/event', { config: { access: 'write' } }, (request, reply) =>
    update(request, reply, paramsOf(request).need('id')),
  )
  scope.put('/event/:id', { config: { access: 'write' } }, (request, reply) =>
    update(request, reply, pathParam(request, 'id')),
  )

  scope.delete('/event/:id', { config: { access: 'write' } }, async (request, reply) => {
    const event = await getEvent(request, pathParam(request, 'id'), 400)
    if (event.kind === 'issue') throw badRequest('Only custom events can be deleted')
    await planning.write(actorOf(request), [{ kind: 'remove', id: event.id }])
    return send(reply, { message: 'Event has been successfully deleted!' })
  })

  scope.post('/event/:id/color', { config: { access: 'write' } }, async (request, reply) => {
    const color = colorOf(paramsOf(request).need('color'))
    const { id } = await getEvent(request, pathParam(request, 'id'), 404)
    const command = { kind: 'change', id, change: { color } } as const
    const [outcome] = await planning.write(actorOf(request), [command])
    return send(reply, renderColored(outcome!.event!))
  })

  scope.get('/eventType/list', { config: { access: 'read' } }, async (request, reply) => {
    const types = await store.eventTypes.list(actorOf(request).siteId)
    return send(reply, types.map(renderType))
  })

  async function getEvent(
    request: FastifyRequest,
    id: string,
    statusWhenAbsent: 400 | 404,
  ): Promise<EventView> {
    try {
      return await planning.get(actorOf(request), idOf('id', id) as EventId)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found')
        throw new Refusal(statusWhenAbsent, `Event with id ${id} does not exist`)
      throw error
    }
  }

  async function findType(actor: Actor, value: string): Promise<EventType> {
    const id = idOf('eventTypeId', value)
    const found = (await store.eventTypes.list(actor.siteId)).find((type) => type.id === id)
    if (!found) throw badRequest(`Event type with id ${id} does not exist`)
    return found
  }

  async function projectOf(actor: Actor, params: Params, kind: PlanKind) {
    const key = params.find('projectKey')
    if (key === undefined || !projectKinds.includes(kind)) return {}
    return { project: (await findProject(store, actor.siteId, key)).id }
  }

  /** A day off of no hours, or of as many as the day has, is a whole one (contract D17). */
  async function perDayOf(
    actor: Actor,
    params: Params,
    kind: PlanKind,
    personId: PersonId | null,
  ): Promise<number | null | undefined> {
    if (!perDayKinds.includes(kind)) return undefined
    const seconds = hoursOf(params, 'hours')
    if (kind !== 'day-off' || seconds === undefined) return seconds
    if (seconds === 0 || personId === null) return null
    const { from } = periodOf(params)
    const schedules = await personSchedules(store, actor.siteId, [personId], { from, to: from })
    return seconds >= involvementOn(schedules.get(personId)!, from) ? null : seconds
  }
}

function approvalOf(params: Params, kind: PlanKind): { isApproved?: boolean } {
  const isApproved = flagOf(params, 'isApproved')
  return isApproved === undefined || !approvableKinds.includes(kind) ? {} : { isApproved }
}

/** Both texts go into HTML, so both are escaped. */
function writtenAnswer(event: EventView, word: 'created' | 'updated'): Wire {
  const users = event.person ? [usernameOf(event.person)] : []
  const assignee = escaped(users[0] ?? event.team?.name ?? '')
  return {
    users,
    message: `${assignee}|||<b>${escaped(event.typeName)}</b> has been successfully ${word} for ${assignee}.`,
    result: true,
    id: idNumber(event.id),
  }
}

function renderType({ id, name, kind, isSystem, isMilestone }: EventType): Wire {
  return {
    id: idNumber(id),
    name,
    eventType: kindWords[kind],
    eventTypeIconUrl: `../images/jira/icons/eventTypes/at_${kind.replace('-', '_')}.png`,
    isSystemEventType: isSystem,
    isMilestoneEventType: isMilestone,
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
