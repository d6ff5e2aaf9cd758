import { addDays } from '../time/days.ts'
import type { Entry } from './entry.ts'
import { daysBetween } from './scale.ts'

/** Where something lies: its days, and the person, team or generic resource it belongs to. */
export type Placement = Pick<Entry, 'from' | 'to' | 'person' | 'team' | 'resource'>

export function placementOf({ from, to, person, team, resource = null }: Placement): Placement {
  return { from, to, person, team, resource }
}

/** The same length, so many days later. */
export function shifted(place: Placement, days: number): Placement {
  return { ...place, from: addDays(place.from, days), to: addDays(place.to, days) }
}

/** Longer or shorter at one edge; one day is the least. */
export function resized(place: Placement, edge: 'from' | 'to', days: number): Placement {
  if (edge === 'to') {
    const to = addDays(place.to, days)
    return { ...place, to: daysBetween(place.from, to) < 0 ? place.from : to }
  }
  const from = addDays(place.from, days)
  return { ...place, from: daysBetween(from, place.to) < 0 ? place.to : from }
}

/** Whether two things lie on the same days of the same row. */
export function isSamePlace(a: Placement, b: Placement): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.person?.id === b.person?.id &&
    a.team?.id === b.team?.id &&
    a.resource?.id === b.resource?.id
  )
}
