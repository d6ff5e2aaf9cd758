import type { Allocation, AllocationId, AllocationQuery } from '../../domain/allocation.ts'
import { plannedFor } from '../../domain/allocations.ts'
import type { Period } from '../../domain/day.ts'
import type { GenericResourceId } from '../../domain/generic-resource.ts'
import { can } from '../../domain/permission.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { paged, type Range, rangeOf } from './lists.ts'
import type { Operations } from './operations.ts'
import {
  assigneeKinds,
  baseQuery,
  checkedPeriod,
  itemKinds,
  periodIn,
  queryOf,
  toWish,
} from './plans-params.ts'
import { type Breakdown, renderPlans } from './plans-render.ts'
import { dayIn, toDay } from './query.ts'
import { findAuthor } from './worklogs-body.ts'

const absent = 'Allocation not found'
const absentInFourth = 'Plan not found'

/** Time set aside for people and generic resources: section 11 of the contract. */
export function plans(operations: Operations): void {
  const { face, get, post, put, delete: remove } = operations
  if (face.version === 3) {
    get('/plans', (call) => listThird(call, 'periods'))
    get('/plans/daily', (call) => listThird(call, 'days'))
  } else registerFourth(operations)

  get('/plans/user/:accountId', async (call) => {
    const person = await findAuthor(call, call.param('accountId'))
    return unpaged(call, { personIds: person ? [person.id] : [] })
  })

  post('/plans', async (call) => {
    const wish = await toWish(call, fieldsOf(call.body))
    return one(call, await call.needs.allocations.create(call.actor, wish))
  })

  get('/plans/:id', async (call) => {
    const plan = await find(call)
    const from = dayIn(call.query, 'from')
    const to = dayIn(call.query, 'to')
    return one(call, plan, from && to ? checkedPeriod(from, to) : undefined)
  })

  put('/plans/:id', async (call) => {
    const { id } = await find(call)
    const wish = await toWish(call, fieldsOf(call.body))
    return one(call, await call.needs.allocations.replace(call.actor, id, wish))
  })

  remove('/plans/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.allocations.remove(call.actor, id)
    return undefined
  })
}

function registerFourth({ get, put, search, delete: remove }: Operations): void {
  get('/plans', async (call) => {
    const { query } = call
    const filters = await queryOf(call, {
      accountIds: query.all('accountIds'),
      assigneeTypes: query.all('assigneeTypes'),
      genericResourceIds: query.all('genericResourceIds'),
      planIds: query.all('planIds'),
      issueIds: query.all('issueIds'),
      projectIds: query.all('projectIds'),
      planItemIds: query.all('planItemIds'),
      planItemTypes: query.all('planItemTypes'),
    })
    const breakdown = breakdownOf(query.all('plannedTimeBreakdown'))
    return page(call, filters, periodIn(query), breakdown)
  })

  search('/plans/search', searchPlans)

  get('/plans/generic-resource/:resourceId', async (call) =>
    unpaged(call, { resourceIds: [call.param('resourceId') as GenericResourceId] }),
  )

  put('/plans/:id/partial/:day', async (call) => {
    const { id } = await find(call)
    const fields = fieldsOf(call.body)
    const seconds = fields.whole('plannedSecondsPerDay') ?? fields.whole('plannedSeconds')
    if (!fields.has('plannedSecondsPerDay') && !fields.has('plannedSeconds'))
      fields.wrong("'plannedSecondsPerDay' or 'plannedSeconds' is missing")
    if (seconds !== undefined && seconds < 1) fields.wrong('Invalid time duration entered')
    fields.check()
    return changeDay(call, id, seconds!)
  })

  remove('/plans/:id/partial/:day', async (call) => {
    const { id } = await find(call)
    // 200 with the plan as it is now: the day's own 200 is documented without a body [S4].
    return changeDay(call, id, 0)
  })
}

async function changeDay(call: Call, id: AllocationId, seconds: number): Promise<object> {
  const day = toDay('day', call.param('day'))
  const plan = await inWords({ 'not-found': absentInFourth }, () =>
    call.needs.allocations.changeDay(call.actor, id, { day, seconds }),
  )
  return one(call, plan)
}

async function listThird(call: Call, breakdown: Breakdown): Promise<object> {
  const { query } = call
  const filters = {
    ...assigneeKinds(query.all('assigneeType')),
    ...itemKinds(query.all('planItemType')),
  }
  return page(call, filters, periodIn(query), breakdown)
}

async function page(
  call: Call,
  filters: Partial<AllocationQuery>,
  period: Period,
  breakdown: Breakdown,
): Promise<object> {
  const range = rangeOf(call)
  const query = { ...baseQuery(call, call.query.one('updatedFrom')), ...filters, period }
  const { rows, hasMore } = await readPage(call, query, range)
  return paged(call, range, await renderPlans(call, rows, period, breakdown), hasMore)
}

/** Filters, offset and limit come in the body; the metadata has no links [S4]. */
async function searchPlans(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const from = fields.day('from')
  const to = fields.day('to')
  for (const name of ['from', 'to']) if (!fields.has(name)) fields.wrong(`'${name}' is missing`)
  const offset = fields.whole('offset') ?? 0
  const limit = fields.whole('limit') ?? 50
  if (offset < 0 || offset > 2_000_000_000)
    fields.wrong("'offset' must be a whole number of at least 0")
  if (limit < 1) fields.wrong("'limit' must be a whole number of at least 1")
  const filters = {
    accountIds: fields.texts('accountIds') ?? [],
    assigneeTypes: fields.texts('assigneeTypes') ?? [],
    genericResourceIds: fields.ids('genericResourceIds') ?? [],
    planIds: fields.ids('planIds') ?? [],
    issueIds: fields.ids('issueIds') ?? [],
    projectIds: fields.ids('projectIds') ?? [],
    planItemIds: fields.ids('planItemIds') ?? [],
    planItemTypes: fields.texts('planItemTypes') ?? [],
  }
  const breakdown = fields.texts('plannedTimeBreakdown') ?? []
  const updatedFrom = fields.text('updatedFrom')
  fields.check()
  const period = checkedPeriod(from!, to!)
  const range = { offset, limit: Math.min(limit, call.face.mostRows) }
  const query = { ...baseQuery(call, updatedFrom), ...(await queryOf(call, filters)), period }
  const { rows } = await readPage(call, query, range)
  const results = await renderPlans(call, rows, period, breakdownOf(breakdown))
  return { metadata: { count: results.length, offset, limit: range.limit }, results }
}

/** All plans of one assignee; version 4 may leave the period out [S4]. */
async function unpaged(call: Call, filters: Partial<AllocationQuery>): Promise<object> {
  const { query, face, links } = call
  const isOpen =
    face.version === 4 && query.one('from') === undefined && query.one('to') === undefined
  const period = isOpen ? undefined : periodIn(query)
  const { rows } = await readPage(
    call,
    {
      ...baseQuery(call, query.one('updatedFrom')),
      ...filters,
      ...(period ? { period } : {}),
    },
    { offset: 0, limit: 10_000 },
  )
  const breakdown = face.version === 3 ? 'periods' : breakdownOf(query.all('plannedTimeBreakdown'))
  const results = await renderPlans(call, rows, period, breakdown)
  return { self: links.self, metadata: { count: results.length }, results }
}

function readPage(call: Call, query: AllocationQuery, range: Range) {
  return call.needs.store.allocations.findPage(query, { ...range, reader: call.actor.via })
}

function breakdownOf(names: readonly string[]): Breakdown {
  const known = names.map((name) => name.toUpperCase())
  if (known.some((name) => name !== 'DAILY' && name !== 'PERIOD'))
    throw badRequest("'plannedTimeBreakdown' must be one of DAILY, PERIOD")
  if (known.includes('DAILY')) return known.includes('PERIOD') ? 'both' : 'days'
  return known.includes('PERIOD') ? 'periods' : 'none'
}

async function one(call: Call, plan: Allocation, period?: Period): Promise<object> {
  const breakdown = call.face.version === 3 ? 'periods' : 'both'
  return (await renderPlans(call, [plan], period, breakdown))[0]!
}

/** The plan of the path; one the caller may not see is not there. */
async function find(call: Call): Promise<Allocation> {
  const { actor, needs, face } = call
  const words = face.version === 3 ? absent : absentInFourth
  const plan = await inWords({ 'not-found': words }, () =>
    needs.store.allocations.get(actor.siteId, call.param('id') as AllocationId),
  )
  const personId = plannedFor(plan.assignee)
  if (!can(actor, 'read', { type: 'plan', personId })) throw notFound(words)
  return plan
}
