import { parseDay, parsePeriod } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import type { EventQuery, PlanKind } from '../domain/event.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { TeamId } from '../domain/team.ts'
import type { EventsQuery } from './contract.ts'
import { idsOf } from './filters.ts'

const everyDay = parsePeriod('1900-01-01', '2199-12-31')
const mostMembers = 5_000

/** People a query names by any of their names. */
export function peopleNamed(
  store: Store,
  siteId: SiteId,
  names: readonly string[] | undefined,
): Promise<readonly PersonId[] | undefined> {
  return idsOf('person', names, (list) => store.people.findByNames(siteId, list))
}

/** Teams a query names by id or name. */
export async function teamsNamed(
  store: Store,
  siteId: SiteId,
  names: readonly string[] | undefined,
): Promise<readonly TeamId[] | undefined> {
  if (names === undefined) return undefined
  const teams = await store.teams.list(siteId)
  return names.map((name) => {
    const found = teams.find(({ id }) => id === name) ?? teams.find((team) => team.name === name)
    if (!found) throw invalidField('team', `nothing is known under "${name}"`)
    return found.id
  })
}

/** The filters of a list of events in domain terms; throws `invalid` naming field and value. */
export async function eventQuery(
  store: Store,
  siteId: SiteId,
  query: EventsQuery,
): Promise<Omit<EventQuery, 'siteId' | 'viewer'>> {
  const period = periodOf(query)
  const named = await peopleNamed(store, siteId, query.person)
  const teamIds = await teamsNamed(store, siteId, query.team)
  const members = teamIds
    ? await store.teams.membersDuring(siteId, teamIds, { ...everyDay, ...period }, mostMembers)
    : []
  const personIds =
    named || teamIds ? [...(named ?? []), ...members.map(({ personId }) => personId)] : undefined
  const projectIds = await idsOf('project', query.project, (names) =>
    store.projects.findByNames(siteId, names),
  )
  const issueIds = await idsOf('issue', query.issue, (names) =>
    store.issues.findByNames(siteId, names),
  )
  const typeIds = query.type && (await typesNamed(store, siteId, query.type))
  return {
    ...(period ? { period } : {}),
    ...(personIds ? { personIds } : {}),
    ...(teamIds ? { panelTeamIds: teamIds } : {}),
    ...(query.kind ? { kinds: query.kind as PlanKind[] } : {}),
    ...(typeIds ? { typeIds } : {}),
    ...(projectIds ? { projectIds } : {}),
    ...(issueIds ? { issueIds } : {}),
    ...(query.isApproved === undefined ? {} : { isApproved: query.isApproved === 'true' }),
  }
}

async function typesNamed(store: Store, siteId: SiteId, names: readonly string[]) {
  const types = await store.eventTypes.list(siteId)
  return names.map((name) => {
    const found =
      types.find(({ id }) => id === name) ??
      types.find((type) => type.name.toLowerCase() === name.toLowerCase())
    if (!found) throw invalidField('type', `nothing is known under "${name}"`)
    return found.id
  })
}

function periodOf({ from, to }: EventsQuery): EventQuery['period'] {
  if (from !== undefined && to !== undefined) return parsePeriod(from, to)
  if (from !== undefined) return { from: parseDay(from, 'from') }
  if (to !== undefined) return { to: parseDay(to, 'to') }
  return undefined
}
