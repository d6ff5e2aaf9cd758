import type { FastifyInstance } from 'fastify'
import { roundedSeconds, sumOf } from '../domain/amounts.ts'
import { dayOfEpoch, parsePeriod } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import type { PlanKind } from '../domain/event.ts'
import { involvementOn, type LoadOfPerson } from '../domain/people-load.ts'
import type { PlanDraftId } from '../domain/plan-draft.ts'
import type { Timeline } from '../domain/timeline.ts'
import { signedAvailability } from '../domain/workload.ts'
import { FreePeopleAnswer, FreeQuery, ref, TimelineAnswer, TimelineQuery } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { renderView } from './plan-drafts.ts'
import { peopleNamed, teamsNamed } from './plan-filters.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderPlan } from './render-allocation.ts'
import { renderEvent } from './render-event.ts'

export function registerTimeline(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  const { store, planning, drafts } = needs
  const most = { limit: 10_000 }
  scope.get<{ Querystring: TimelineQuery }>(
    '/timeline',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getTimeline',
        tag: 'Planning',
        summary: 'A stretch of the timeline',
        description:
          'People of the teams and the people named, what lies on their rows and on the panels of the teams, time set aside, and capacity, load and availability of each day. At most 1,000 people, 1,100 days and 200,000 days of all people.',
        querystring: TimelineQuery,
        answers: { 200: answer('The timeline', ref(TimelineAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { from, to, kind, draft } = request.query
      const teamIds = await teamsNamed(store, actor.siteId, request.query.team)
      const personIds = await peopleNamed(store, actor.siteId, request.query.person)
      if (!teamIds && !personIds) throw invalidField('team', 'name teams or people')
      const period = parsePeriod(from, to)
      const wish = {
        period,
        teamIds: teamIds ?? [],
        personIds: personIds ?? [],
        ...(kind ? { kinds: kind as PlanKind[] } : {}),
      }
      const { timeline, view } =
        draft === undefined
          ? { timeline: await planning.timeline(actor, wish), view: undefined }
          : await drafts.timeline(actor, draft as PlanDraftId, wish)
      const { spread, scope: rule } = await store.planningSettings.get(actor.siteId)
      return {
        ...period,
        rules: { spread, scope: rule },
        people: timeline.people.map((_, at) => renderRow(timeline, at)),
        events: timeline.events.map((event) => renderEvent(actor, event)),
        plans: timeline.plans.map((plan) => renderPlan(actor, plan)),
        resources: timeline.resources.map(({ resource, teamIds }) => ({
          id: resource.id,
          name: resource.name,
          teamIds: [...teamIds],
        })),
        hiddenPeople: timeline.hiddenPeople,
        ...(view ? { draft: renderView(actor, view) } : {}),
      }
    },
  )

  scope.get<{ Querystring: FreeQuery }>(
    '/availability',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'findFreePeople',
        tag: 'Planning',
        summary: 'Who has time',
        description:
          'Looks for so many free hours in a period among everybody you see, or the teams and people named.',
        querystring: FreeQuery,
        answers: { 200: answer('People, the most suitable first', ref(FreePeopleAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { from, to, hours, team, person, skill, level, position } = request.query
      const teamIds = await teamsNamed(store, actor.siteId, team)
      const personIds = await peopleNamed(store, actor.siteId, person)
      const { people, considered } = await planning.findFree(actor, {
        period: parsePeriod(from, to),
        seconds: Math.round(Number(hours) * 3_600),
        ...(teamIds ? { teamIds } : {}),
        ...(personIds ? { personIds } : {}),
        ...(skill
          ? {
              skillIds: await idsNamed('skill', skill, await store.skills.list(actor.siteId, most)),
            }
          : {}),
        ...(level
          ? {
              levelIds: await idsNamed(
                'level',
                level,
                await store.skillLevels.list(actor.siteId, most),
              ),
            }
          : {}),
        ...(position === undefined
          ? {}
          : {
              positionId: idsNamed(
                'position',
                [position],
                await store.positions.list(actor.siteId, most),
              )[0]!,
            }),
      })
      return {
        people: people.map((one) => ({
          id: one.person.id,
          accountId: one.person.accountId,
          displayName: one.person.displayName,
          isEnough: one.isEnough,
          freeSeconds: one.freeSeconds,
          capacitySeconds: one.capacitySeconds,
          doneOn: one.doneOn,
          dailySeconds: [...one.dailySeconds],
        })),
        considered,
      }
    },
  )
}

/** Ids of rows named by id, or by name whatever its capitals. */
function idsNamed<Id extends string>(
  field: string,
  names: readonly string[],
  rows: readonly { readonly id: Id; readonly name: string }[],
): Id[] {
  return names.map((name) => {
    const found =
      rows.find(({ id }) => id === name) ??
      rows.find((row) => row.name.toLowerCase() === name.toLowerCase())
    if (!found) throw invalidField(field, `nothing is known under "${name}"`)
    return found.id
  })
}

function renderRow({ people, loads, teamIdsOf }: Timeline, at: number) {
  const { id, accountId, displayName, isActive } = people[at]!
  const load = loads[at]!
  const { schedule, days } = load
  const [first, last] = [dayOfEpoch(load.first), dayOfEpoch(load.first + days - 1)]
  const each = Array.from({ length: days }, (_, day) => day)
  return {
    id,
    accountId,
    displayName,
    isActive,
    teamIds: [...(teamIdsOf.get(id) ?? [])],
    involvementSeconds: involvementOn(schedule, first),
    holidays: schedule.holidays
      .filter(({ day }) => day >= first && day <= last)
      .map(({ day, name, seconds }) => ({ day, name, seconds })),
    days: each.map((day) => letterOf(load, day)).join(''),
    capacitySeconds: [...load.capacitySeconds],
    loadSeconds: each.map((day) => roundedSeconds(load.load, day)),
    availableSeconds: each.map((day) => signedAvailability(load, day)),
    totalCapacitySeconds: load.capacitySeconds.reduce((sum, seconds) => sum + seconds, 0),
    totalLoadSeconds: roundedSeconds(sumOf(load.load, each), 0),
  }
}

function letterOf({ baseSeconds, isAbsent }: LoadOfPerson, day: number): 'o' | 'a' | 'w' {
  if (baseSeconds[day] === 0) return 'o'
  return isAbsent[day] === 1 ? 'a' : 'w'
}
