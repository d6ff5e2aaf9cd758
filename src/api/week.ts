import type { FastifyInstance } from 'fastify'
import { parseDay } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { mostFavourites } from '../domain/favourite.ts'
import type { Issue } from '../domain/issue.ts'
import type { LockedBy } from '../domain/lock.ts'
import type { PersonId } from '../domain/person.ts'
import type { RunningTimer, Timers } from '../domain/timer.ts'
import { readWeek } from '../domain/week.ts'
import type { WorklogView } from '../domain/worklog.ts'
import { formatInstant } from '../domain/zone.ts'
import { completenessOf } from './completeness.ts'
import {
  NameParams,
  ref,
  TimerAnswer,
  TimerStop,
  type TimerStopBody,
  TimerWish,
  type TimerWishBody,
  WeekAnswer,
  WeekQuery,
} from './contract.ts'
import { idsOf, single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { momentOrNull, renderWorklog } from './render.ts'
import { renderDivergence } from './render-divergence.ts'

export function registerWeek(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, now } = needs
  scope.get<{ Querystring: WeekQuery }>(
    '/week',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getWeek',
        tag: 'Worklogs',
        summary: 'Somebody’s week',
        description:
          'Seven days from `from`: what is owed, holidays, absences and locks by day, all worklogs, and the issues at hand.',
        querystring: WeekQuery,
        answers: { 200: answer('The week', ref(WeekAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { from, person } = request.query
      const [personId = actor.personId] =
        (await idsOf('person', person === undefined ? undefined : [person], (names) =>
          store.people.findByNames(actor.siteId, names),
        )) ?? []
      const week = await readWeek(store, actor, personId, parseDay(from, 'from'))
      const byId = (id: PersonId | null) => (id === null ? null : (week.people.get(id) ?? null))
      return {
        person: {
          id: week.person.id,
          displayName: week.person.displayName,
          timeZone: week.person.timeZone,
        },
        days: week.days.map(({ day, requiredSeconds, holiday, absence, lock }) => ({
          day,
          requiredSeconds,
          holiday,
          absence,
          lock: lock && {
            reason: lock.reason,
            from: lock.from,
            to: lock.to,
            ...renderLockedBy(lock),
          },
        })),
        worklogs: week.worklogs.map(renderWorklog),
        approvals: week.approvals.map((one) => ({
          worklogId: one.worklogId,
          ...renderLockedBy({ by: byId(one.approvedById), at: one.approvedAt }),
        })),
        divergences: week.divergences.map((one) => renderDivergence(one, week)),
        favourites: week.favourites.map(renderRef),
        suggestions: week.suggestions.map(renderRef),
        canLog: week.canLog,
        completeness: await completenessOf(needs, actor.siteId, week.tally),
      }
    },
  )

  const favourite = (method: 'PUT' | 'DELETE', id: string, summary: string) => ({
    method,
    url: '/favourites/:idOrKey',
    config: { access: 'write' } as const,
    schema: operation({
      id,
      tag: 'Worklogs' as const,
      summary,
      description: 'Issues at hand in every week of yours.',
      params: NameParams,
      answers: { 204: nothing('Done') },
    }),
  })
  scope.route<{ Params: { idOrKey: string } }>({
    ...favourite('PUT', 'addFavourite', 'Keep an issue at hand'),
    async handler(request, reply) {
      const { siteId, personId } = actorOf(request)
      const { idOrKey } = request.params
      const found = (await store.issues.findByNames(siteId, [idOrKey])).get(idOrKey) ?? []
      const issue = single('issue', idOrKey, found)
      await store.write(siteId, async (tx) => {
        if ((await tx.favourites.list(siteId, personId)).length >= mostFavourites)
          throw new DomainError('conflict', `At most ${mostFavourites} issues are kept at hand`)
        await tx.favourites.add(siteId, personId, issue.id, now())
      })
      return reply.code(204).send()
    },
  })
  scope.route<{ Params: { idOrKey: string } }>({
    ...favourite('DELETE', 'removeFavourite', 'No longer keep an issue at hand'),
    async handler(request, reply) {
      const { siteId, personId } = actorOf(request)
      const { idOrKey } = request.params
      const found = (await store.issues.findByNames(siteId, [idOrKey])).get(idOrKey) ?? []
      const issue = single('issue', idOrKey, found)
      await store.write(siteId, (tx) => tx.favourites.remove(siteId, personId, issue.id))
      return reply.code(204).send()
    },
  })
}

export function registerTimer(
  scope: FastifyInstance,
  { now }: Pick<ApiNeeds, 'now'>,
  timers: Timers,
): void {
  const render = (timer: RunningTimer | undefined, logged?: WorklogView) => ({
    timer: timer
      ? {
          issue: renderRef(timer.issue),
          startedAt: formatInstant(timer.startedAt),
          seconds: Math.max(0, Math.floor((now() - timer.startedAt) / 1_000)),
          comment: timer.comment,
        }
      : null,
    ...(logged ? { logged: renderWorklog(logged) } : {}),
  })

  scope.get(
    '/timer',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getTimer',
        tag: 'Worklogs',
        summary: 'The timer you have running',
        description: 'There is one at most.',
        answers: { 200: answer('What runs', ref(TimerAnswer)) },
      }),
    },
    async (request) => render(await timers.find(actorOf(request))),
  )

  scope.put<{ Body: TimerWishBody }>(
    '/timer',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'startTimer',
        tag: 'Worklogs',
        summary: 'Start the timer',
        description: 'What ran before is stopped and logged.',
        body: ref(TimerWish),
        answers: { 200: answer('What runs now', ref(TimerAnswer)) },
      }),
    },
    async (request) => {
      const { timer, logged } = await timers.start(actorOf(request), request.body)
      return render(timer, logged)
    },
  )

  scope.post<{ Body: TimerStopBody }>(
    '/timer/stop',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'stopTimer',
        tag: 'Worklogs',
        summary: 'Stop the timer and log its time',
        description: 'In whole minutes, at least one.',
        body: ref(TimerStop),
        answers: { 200: answer('What was logged', ref(TimerAnswer)) },
      }),
    },
    async (request) => render(undefined, await timers.stop(actorOf(request), request.body.comment)),
  )

  scope.delete(
    '/timer',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'discardTimer',
        tag: 'Worklogs',
        summary: 'Stop the timer without logging',
        description: 'Nothing is kept of it but the audit entry.',
        answers: { 204: nothing('Stopped') },
      }),
    },
    async (request, reply) => {
      await timers.discard(actorOf(request))
      return reply.code(204).send()
    },
  )
}

function renderLockedBy({ by, at }: LockedBy) {
  return { by: by && { id: by.id, displayName: by.displayName }, at: momentOrNull(at) }
}

function renderRef({ id, key, summary }: Issue) {
  return { id, key, summary }
}
