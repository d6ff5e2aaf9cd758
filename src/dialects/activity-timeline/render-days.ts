import { dayOfEpoch } from '../../domain/day.ts'
import type { LoadOfPerson } from '../../domain/people-load.ts'
import { weekdayOf } from '../../domain/work-calendar.ts'
import { signedAvailability } from '../../domain/workload.ts'
import { hoursText } from './render-member.ts'
import type { Wire } from './wire-json.ts'

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** -1000 is no working day by agreement, -2000 one that an absence took; the first wins. */
const noWorkingDay = -1000
const absent = -2000

/** A team's workload: codes for days that are not worked, and hours by project where asked for. */
export function teamWorkload(load: LoadOfPerson, withProjects: boolean): Wire[] {
  return daysOf(load).map((at) => ({
    ...headOf(load, at),
    hours: teamHours(load, at, withProjects),
  }))
}

/** A user's workload never has codes (contract D4). */
export function userWorkload(load: LoadOfPerson): Wire[] {
  return daysOf(load).map((at) => {
    const { day, dayOfWeek } = headOf(load, at)
    return { day, hours: hoursAt(load, at), dayOfWeek }
  })
}

/** Free hours as text, never below zero (contract D1, D12). */
export function availability(load: LoadOfPerson): Wire[] {
  return texts(load, (at) => Math.max(0, signedAvailability(load, at)))
}

/** Hours of work a day has room for, as text. */
export function capacity(load: LoadOfPerson): Wire[] {
  return texts(load, (at) => load.capacitySeconds[at]!)
}

function texts(load: LoadOfPerson, secondsAt: (at: number) => number): Wire[] {
  return daysOf(load).map((at) => {
    const { day, dayOfWeek } = headOf(load, at)
    return { day, hours: hoursText(secondsAt(at)), dayOfWeek }
  })
}

function headOf({ first }: LoadOfPerson, at: number) {
  return { day: dayOfEpoch(first + at), dayOfWeek: dayNames[weekdayOf(first + at) - 1]! }
}

function teamHours(load: LoadOfPerson, at: number, withProjects: boolean): Wire {
  if (load.baseSeconds[at] === 0) return noWorkingDay
  if (load.isAbsent[at] === 1) return absent
  if (!withProjects) return hoursAt(load, at)
  const busy = [...load.groups]
    .map(([key, { whole }]) => [key, Number(hoursText(whole[at]!))] as const)
    .filter(([, hours]) => hours > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return busy.length === 0 ? 0 : Object.fromEntries(busy)
}

/** Whole seconds decide the second decimal: what lies below one never does. */
function hoursAt({ load }: LoadOfPerson, at: number): number {
  return Number(hoursText(load.whole[at]!))
}

function daysOf({ days }: LoadOfPerson): number[] {
  return Array.from({ length: days }, (_, at) => at)
}
