import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../domain/day.ts'
import type { PersonId } from '../domain/person.ts'
import { askRequired } from '../domain/working-time.ts'
import { RequiredAnswer, RequiredQuery, ref } from './contract.ts'
import { idsOf } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'

export function registerRequired(scope: FastifyInstance, { store }: ApiNeeds): void {
  scope.get<{ Querystring: RequiredQuery }>(
    '/required',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getRequired',
        tag: 'Calendar',
        summary: 'What people owe on each day',
        description:
          'Seconds by the schedule in force on the day, less the holiday, never below 0. Absences do not count here.',
        querystring: RequiredQuery,
        answers: { 200: answer('In the order asked for', ref(RequiredAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const period = parsePeriod(request.query.from, request.query.to)
      const named = await idsOf<PersonId>('person', request.query.person, (names) =>
        store.people.findByNames(actor.siteId, names),
      )
      const ids = [...new Set(named ?? [actor.personId])]
      const required = await askRequired(store, actor, ids, period)
      const people = new Map(
        (await store.people.getMany(actor.siteId, ids)).map((person) => [person.id, person]),
      )
      return {
        people: required.map(({ personId, days, requiredSeconds }) => {
          const { id, accountId, displayName } = people.get(personId)!
          return {
            person: { id, accountId, displayName },
            requiredSeconds,
            days: days.map((one) => ({
              day: one.day,
              requiredSeconds: one.requiredSeconds,
              scheduledSeconds: one.scheduledSeconds,
              holiday: one.holiday && {
                id: one.holiday.id,
                name: one.holiday.name,
                seconds: one.holiday.seconds,
              },
            })),
          }
        }),
      }
    },
  )
}
