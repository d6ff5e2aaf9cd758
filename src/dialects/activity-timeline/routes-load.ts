import type { FastifyInstance } from 'fastify'
import { addDays, type Period } from '../../domain/day.ts'
import { type LoadOfPerson, loadPeople } from '../../domain/people-load.ts'
import type { Person } from '../../domain/person.ts'
import { send } from './errors.ts'
import { findTeam, findUser, pathParam } from './find.ts'
import { actorOf } from './identity.ts'
import { describeMembers, membersOf, todayOf } from './members.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { flagOf, maxUsersOf, paramsOf, periodOf, startOffsetOf } from './params.ts'
import { availability, capacity, teamWorkload, userWorkload } from './render-days.ts'
import { memberHead } from './render-member.ts'
import type { Wire } from './wire-json.ts'

type Figures = 'workload' | 'availability' | 'capacity'

/** Contract 1, endpoints 3 to 8: three figures, of a team page by page and of one user. */
export function registerLoad(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  const { store } = needs
  const loadsOf = async (
    siteId: Parameters<typeof todayOf>[1],
    people: readonly Person[],
    period: Period,
    wish: { withGroups?: boolean; projectKey?: string } = {},
  ) => {
    const today = await todayOf(needs, siteId)
    const members = await describeMembers(store, siteId, people, today)
    const settings = await store.planningSettings.get(siteId)
    const personIds = people.map(({ id }) => id)
    const loads = await loadPeople(store, { siteId, personIds, period, settings, today, ...wish })
    return members.map((member, at) => ({ member, load: loads[at]! }))
  }

  for (const figures of ['workload', 'availability', 'capacity'] as const) {
    scope.get(`/${figures}`, { config: { access: 'read' } }, async (request, reply) => {
      const { siteId } = actorOf(request)
      const params = paramsOf(request)
      const asked = periodOf(params, true)
      const offset = startOffsetOf(request)
      const most = maxUsersOf(params)
      const team = await findTeam(store, siteId, params.need('teamId'))
      const isWorkload = figures === 'workload'
      const withGroups = isWorkload && flagOf(params, 'includeProjectDetails') === true
      const projectKey = isWorkload ? params.find('projectKey') : undefined
      const { activityTimelineWindow } = await store.planningSettings.get(siteId)
      const isWide = isWorkload && activityTimelineWindow === 'seed'
      const period = isWide ? widened(asked, 1, 1) : asked
      const people = (await membersOf(store, siteId, team, asked)).slice(offset, offset + most)
      const found = await loadsOf(siteId, people, period, {
        withGroups,
        ...(projectKey === undefined ? {} : { projectKey }),
      })
      const members = found.map(
        ({ member, load }): Wire => ({
          ...memberHead(member, isWorkload ? '8' : '8.0'),
          [figures]: isWorkload ? teamWorkload(load, withGroups) : daysOf(figures, load),
        }),
      )
      return send(reply, { id: team.id, name: team.name, members })
    })

    scope.get(`/${figures}/:username`, { config: { access: 'read' } }, async (request, reply) => {
      const { siteId } = actorOf(request)
      const asked = periodOf(paramsOf(request), true)
      const user = await findUser(store, siteId, pathParam(request, 'username'))
      const { activityTimelineWindow } = await store.planningSettings.get(siteId)
      const isWide = figures === 'workload' && activityTimelineWindow === 'seed'
      const [found] = await loadsOf(siteId, [user], isWide ? widened(asked, 0, 1) : asked)
      const { member, load } = found!
      return send(reply, { ...memberHead(member, '8.0'), [figures]: daysOf(figures, load) })
    })
  }
}

function daysOf(figures: Figures, load: LoadOfPerson): Wire[] {
  if (figures === 'workload') return userWorkload(load)
  return figures === 'availability' ? availability(load) : capacity(load)
}

/** Old clients may expect the days around a period (contract D5). */
function widened({ from, to }: Period, before: number, after: number): Period {
  return { from: addDays(from, -before), to: addDays(to, after) }
}
