import type { EventBody } from '../../../src/api/contract.ts'
import { addDays } from '../time/days.ts'
import { daysBetween } from './scale.ts'

/** Where an event lies: its days, and the person or the team it belongs to. */
export type Placement = Pick<EventBody, 'from' | 'to' | 'person' | 'team'>

export function placementOf({ from, to, person, team }: Placement): Placement {
  return { from, to, person, team }
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

export function isSamePlace(a: Placement, b: Placement): boolean {
  return (
    a.from === b.from && a.to === b.to && a.person?.id === b.person?.id && a.team?.id === b.team?.id
  )
}
