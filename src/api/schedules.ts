import type { FastifyInstance } from 'fastify'
import type { CountedSchedule, ScheduleId } from '../domain/schedule.ts'
import type { ScheduleChange as Change, ScheduleWish } from '../domain/schedules.ts'
import { siteToday } from '../domain/site-day.ts'
import { registerFollowed } from './calendar-members.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  IdParams,
  MatchHeaders,
  NewSchedule,
  ref,
  type ScheduleBody,
  ScheduleChange,
  Schedule as ScheduleSchema,
  SchedulesAnswer,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'

export function registerSchedules(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, now } = needs
  const { schedules } = needs.calendar
  scope.get(
    '/schedules',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listSchedules',
        tag: 'Calendar',
        summary: 'List schedules',
        description: 'How long people shall work on each day of the week.',
        answers: { 200: answer('All of them', ref(SchedulesAnswer)) },
      }),
    },
    async (request) => {
      const { siteId } = actorOf(request)
      const rows = await store.schedules.list(siteId, await siteToday(store, siteId, now()))
      return { schedules: rows.map(renderSchedule) }
    },
  )

  scope.get<{ Params: { id: ScheduleId } }>(
    '/schedules/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getSchedule',
        tag: 'Calendar',
        summary: 'One schedule',
        description: 'With how many active people follow it today.',
        params: IdParams,
        answers: { 200: answer('The schedule', ref(ScheduleSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const { siteId } = actorOf(request)
      const today = await siteToday(store, siteId, now())
      const schedule = await store.schedules.get(siteId, request.params.id, today)
      setVersionTag(reply, schedule)
      return renderSchedule(schedule)
    },
  )

  scope.post<{ Body: ScheduleWish }>(
    '/schedules',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createSchedule',
        tag: 'Calendar',
        summary: 'Create a schedule',
        description: 'Names are unique. Made the default, it takes that from the one before.',
        body: ref(NewSchedule),
        answers: { 201: answer('Created', ref(ScheduleSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const schedule = await schedules.create(actorOf(request), request.body)
      setVersionTag(reply, schedule)
      void reply.code(201).header('location', `${scope.prefix}/schedules/${schedule.id}`)
      return renderSchedule(schedule)
    },
  )

  scope.patch<{ Params: { id: ScheduleId }; Body: Change }>(
    '/schedules/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changeSchedule',
        tag: 'Calendar',
        summary: 'Change a schedule',
        description:
          'Changed hours hold for the past as well: for new hours from a day on, create another and let people follow it.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(ScheduleChange),
        answers: { 200: answer('As it is now', ref(ScheduleSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const { id } = request.params
      const version = expectedVersion(request)
      const schedule = await schedules.change(actorOf(request), id, request.body, version)
      setVersionTag(reply, schedule)
      return renderSchedule(schedule)
    },
  )

  scope.delete<{ Params: { id: ScheduleId } }>(
    '/schedules/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeSchedule',
        tag: 'Calendar',
        summary: 'Remove a schedule',
        description:
          'From today on whoever followed it follows the default; the days before stay as they were. The default itself cannot go: 409.',
        params: IdParams,
        answers: { 204: nothing('Gone') },
      }),
    },
    async (request, reply) => {
      await schedules.remove(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )

  registerFollowed(scope, needs, {
    path: 'schedules',
    noun: 'schedule',
    word: 'Schedule',
    get: store.schedules.get,
    members: store.schedules.members,
    choices: store.schedules.choices,
    assign: schedules.assign,
    replaceHistory: schedules.replaceHistory,
  })
}

function renderSchedule(schedule: CountedSchedule): ScheduleBody {
  return {
    id: schedule.id,
    name: schedule.name,
    description: schedule.description,
    isDefault: schedule.isDefault,
    weekSeconds: [...schedule.weekSeconds],
    memberCount: schedule.memberCount,
    version: schedule.version,
  }
}
