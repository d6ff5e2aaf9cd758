import type { Day } from '../../domain/day.ts'
import type { FieldDefinition } from '../../domain/issue.ts'
import type { Actor } from '../../domain/permission.ts'
import { type ConnectionId, ownConnection, type Site } from '../../domain/site.ts'
import { instantOf, localIn } from '../../domain/zone.ts'
import { renderJiraDuration } from '../../jira/duration.ts'
import { hoursText, plainHours } from '../../reports/hours.ts'
import type { GadgetNeeds } from './needs.ts'

/** Whose clock, language and Jira an answer is for. */
export type Caller = {
  readonly site: Site
  readonly zone: string
  readonly locale: string | null
  readonly today: Day
  /** Time as the table shows it. */
  readonly timeText: (seconds: number) => string
  readonly fields: readonly FieldDefinition[]
  readonly hasJira: boolean
  readonly jiraUrlOf: (connectionId: ConnectionId) => string
}

export async function findCaller(
  { store, now, unit }: GadgetNeeds,
  { siteId, personId, jira }: Actor,
  ownUrl: string,
): Promise<Caller> {
  const [site, person, fields, connections] = await Promise.all([
    store.sites.get(siteId),
    store.people.get(siteId, personId),
    store.catalogue.listFields(siteId, jira),
    store.connections.list(siteId),
  ])
  const zone = person.timeZone ?? site.timeZone
  const urls = new Map(connections.map(({ id, baseUrl }) => [id, baseUrl]))
  return {
    site,
    zone,
    locale: person.locale,
    today: localIn(zone, now()).day,
    timeText: timeTextOf(unit, site),
    fields,
    hasJira: connections.some(({ id }) => id !== ownConnection),
    jiraUrlOf: (id) => (urls.get(id) ?? ownUrl).replace(/\/+$/, ''),
  }
}

/** `1.5h`, `1.2d` or `1d 2h 30m` (contract 4.2). */
function timeTextOf(
  unit: GadgetNeeds['unit'],
  { workingHoursPerDay, workingDaysPerWeek }: Site,
): Caller['timeText'] {
  if (unit === 'pretty') {
    const week = { hoursPerDay: workingHoursPerDay, daysPerWeek: workingDaysPerWeek }
    return (seconds) => renderJiraDuration(seconds, week)
  }
  const isDays = unit === 'days'
  const unitSeconds = isDays ? Math.round(3_600 * workingHoursPerDay) : 3_600
  const style = { ...plainHours, unitSeconds, isGrouped: false }
  return (seconds) => `${hoursText(seconds, style)}${isDays ? 'd' : 'h'}`
}

/** First moment of a day on the caller's clock. */
export function startOf(day: Day, { zone }: Pick<Caller, 'zone'>): number {
  return instantOf(day, '00:00', zone).instant
}
