import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import { loadLimits } from '../domain/people-load.ts'
import type { PersonId } from '../domain/person.ts'
import {
  AllowanceBody,
  AllowanceParams,
  ref,
  VacationBalance,
  VacationsAnswer,
  VacationsQuery,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { peopleNamed, teamsNamed } from './plan-filters.ts'
import type { PlanningApiNeeds } from './planning.ts'

export function registerVacations(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  const { store, planning, planningCatalogue } = needs
  scope.get<{ Querystring: VacationsQuery }>(
    '/vacations',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listVacationBalances',
        tag: 'Planning',
        summary: 'Vacation of a year, with what is left of it',
        description:
          'Of the people and members of the teams named, or of yourself. Days are those somebody would have worked: holidays and days of illness within a vacation do not count.',
        querystring: VacationsQuery,
        answers: { 200: answer('One balance a person', ref(VacationsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { year, team, person } = request.query
      const teamIds = await teamsNamed(store, actor.siteId, team)
      const named = await peopleNamed(store, actor.siteId, person)
      const period = parsePeriod(`${year}-01-01`, `${year}-12-31`)
      const members = teamIds
        ? await store.teams.membersDuring(actor.siteId, teamIds, period, loadLimits.people + 1)
        : []
      const inTeams = members.map(({ personId }) => personId)
      const ids = named || teamIds ? [...new Set([...(named ?? []), ...inTeams])] : [actor.personId]
      if (ids.length > loadLimits.people)
        throw invalidField('person', `at most ${loadLimits.people} people at once`)
      const balances = await planning.vacations(actor, ids, Number(year))
      return { balances, hiddenPeople: ids.length - balances.length }
    },
  )

  scope.put<{ Params: { id: string; year: string }; Body: { days: number | null } }>(
    '/people/:id/vacations/:year',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'setVacationAllowance',
        tag: 'Planning',
        summary: 'Set how much vacation somebody has in a year',
        description: 'For administrators.',
        params: AllowanceParams,
        body: ref(AllowanceBody),
        answers: { 200: answer('The balance as it is now', ref(VacationBalance)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const personId = request.params.id as PersonId
      const year = Number(request.params.year)
      await planningCatalogue.setAllowance(actor, personId, year, request.body.days)
      const [balance] = await planning.vacations(actor, [personId], year)
      return balance
    },
  )
}
