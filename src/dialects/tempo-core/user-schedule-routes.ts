import { type Day, parsePeriod } from '../../domain/day.ts'
import type { PersonId } from '../../domain/person.ts'
import type { RequiredDay } from '../../domain/required-time.ts'
import { askRequired } from '../../domain/working-time.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { renderHoliday } from './holidays-render.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { findUser } from './people-find.ts'
import { dayIn } from './query.ts'

/** What people owe on each day: section 9 of the contract. */
export function userSchedule({ get }: Operations): void {
  get('/user-schedule', async (call) => schedule(call, call.actor.personId))
  get('/user-schedule/:accountId', async (call) => schedule(call, (await findUser(call)).id))
}

async function schedule(call: Call, personId: PersonId): Promise<object> {
  const { from, to } = rangeOfDays(call)
  if (from > to) return whole(call, [], renderDay)
  const required = await askRequired(
    call.needs.store,
    call.actor,
    [personId],
    parsePeriod(from, to),
  )
  return whole(call, required[0]?.days ?? [], (day) => renderDay(day, call))
}

/** Both ends are required. */
export function rangeOfDays({ query }: Pick<Call, 'query'>): { from: Day; to: Day } {
  const [from, to] = [dayIn(query, 'from'), dayIn(query, 'to')]
  if (from === undefined || to === undefined)
    throw badRequest(`'${from === undefined ? 'from' : 'to'}' is required`)
  return { from, to }
}

function renderDay(day: RequiredDay, call?: Call): object {
  const { holiday } = day
  return {
    date: day.day,
    requiredSeconds: day.requiredSeconds,
    type: typeOf(day),
    ...(holiday && call ? { holiday: renderHoliday(call, holiday, day.day) } : {}),
  }
}

function typeOf({ holiday, scheduledSeconds }: RequiredDay): string {
  if (holiday) return scheduledSeconds > 0 ? 'HOLIDAY' : 'HOLIDAY_AND_NON_WORKING_DAY'
  return scheduledSeconds > 0 ? 'WORKING_DAY' : 'NON_WORKING_DAY'
}
