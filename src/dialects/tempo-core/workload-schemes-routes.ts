import { choiceOn } from '../../domain/dated-choice.ts'
import type { CountedSchedule, ScheduleId } from '../../domain/schedule.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { inWords, notFound } from './errors.ts'
import { wholeOrPaged } from './lists.ts'
import type { Operations } from './operations.ts'
import { findUser } from './people-find.ts'
import { memberPage, membersIn, searchMembers, todayOf } from './scheme-members.ts'

const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const

const words = { 'not-found': 'Workload scheme not found' } as const

/** Workload schemes, our schedules: section 9 of the contract. */
export function workloadSchemes({
  face,
  get,
  post,
  put,
  search,
  delete: remove,
}: Operations): void {
  get('/workload-schemes', async (call) => {
    const { store } = call.needs
    const rows = await store.schedules.list(call.actor.siteId, await todayOf(call))
    return wholeOrPaged(call, rows, (one) => renderScheme(call, one))
  })

  post('/workload-schemes', async (call) => {
    const wish = readScheme(fieldsOf(call.body))
    const week = wish.weekSeconds ?? [28_800, 28_800, 28_800, 28_800, 28_800, 0, 0]
    const { schedules } = call.needs.calendar
    const made = await schedules.create(call.actor, { ...wish, weekSeconds: week })
    return renderScheme(call, made)
  })

  get('/workload-schemes/users/:accountId', async (call) => {
    const { store } = call.needs
    const { id } = await findUser(call)
    const today = await todayOf(call)
    const choices = await store.schedules.choices(call.actor.siteId, [id])
    const all = await store.schedules.list(call.actor.siteId, today)
    const chosen = choiceOn(choices, today)
    const found = all.find((one) => (chosen === null ? one.isDefault : one.id === chosen))
    if (!found) throw notFound(words['not-found'])
    return renderScheme(call, found)
  })

  if (face.version === 4)
    search('/workload-schemes/members/search', async (call) =>
      searchMembers(call, (id, page) =>
        call.needs.store.schedules.members(call.actor.siteId, id as ScheduleId, page),
      ),
    )

  get('/workload-schemes/:id', async (call) => renderScheme(call, await findScheme(call)))

  put('/workload-schemes/:id', async (call) => {
    const { id } = await findScheme(call)
    const wish = readScheme(fieldsOf(call.body))
    return renderScheme(call, await call.needs.calendar.schedules.change(call.actor, id, wish))
  })

  remove('/workload-schemes/:id', async (call) => {
    const { id } = await findScheme(call)
    await call.needs.calendar.schedules.remove(call.actor, id)
    return undefined
  })

  put('/workload-schemes/:id/default', async (call) => {
    const { id } = await findScheme(call)
    const change = { isDefault: true }
    return renderScheme(call, await call.needs.calendar.schedules.change(call.actor, id, change))
  })

  get('/workload-schemes/:id/members', async (call) => {
    const { id } = await findScheme(call)
    return memberPage(call, (page) =>
      call.needs.store.schedules.members(call.actor.siteId, id, page),
    )
  })

  post('/workload-schemes/:id/members', async (call) => {
    const { id } = await findScheme(call)
    await call.needs.calendar.schedules.assign(call.actor, id, await membersIn(call))
    return undefined
  })
}

async function findScheme(call: Call): Promise<CountedSchedule> {
  const { actor, needs } = call
  const today = await todayOf(call)
  return inWords(words, () =>
    needs.store.schedules.get(actor.siteId, call.param('id') as ScheduleId, today),
  )
}

/** `days` are exactly seven different ones; version 4 documents them as optional [S4]. */
function readScheme(fields: Fields) {
  const name = fields.text('name')?.trim()
  const description = fields.text('description')
  const days = fields.objects('days')
  if (!name) fields.wrong('You must specify a scheme name')
  const seconds = new Map<string, number>()
  for (const one of days ?? []) {
    const day = one.oneOf('day', weekdays)
    const value = one.whole('requiredSeconds')
    if (day === undefined || value === undefined)
      fields.wrong("'days' need day and requiredSeconds")
    else if (value < 0 || value > 86_400) fields.wrong("'requiredSeconds' must be 0 to 86400")
    else seconds.set(day, value)
  }
  if (days && (days.length !== 7 || seconds.size !== 7))
    fields.wrong("'days' must have each day of the week once")
  fields.check()
  return {
    name: name!,
    ...(description === undefined ? {} : { description }),
    ...(days ? { weekSeconds: weekdays.map((day) => seconds.get(day) ?? 0) } : {}),
  }
}

function renderScheme(call: Call, schedule: CountedSchedule): object {
  return {
    self: call.to(`/workload-schemes/${schedule.id}`),
    id: Number(schedule.id),
    name: schedule.name,
    // Documented as always there in version 4 [S4].
    description: schedule.description,
    defaultScheme: schedule.isDefault,
    memberCount: schedule.memberCount,
    days: weekdays.map((day, at) => ({ day, requiredSeconds: schedule.weekSeconds[at] })),
  }
}
