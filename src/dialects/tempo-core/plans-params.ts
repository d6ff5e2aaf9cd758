import type {
  AllocationId,
  AllocationItem,
  AllocationQuery,
  Assignee,
  RecurrenceRule,
} from '../../domain/allocation.ts'
import { type AllocationWish, plannedForVisible } from '../../domain/allocations.ts'
import { type Period, periodLength } from '../../domain/day.ts'
import type { GenericResourceId } from '../../domain/generic-resource.ts'
import type { IssueId } from '../../domain/issue.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { Fields } from './body.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { personIn } from './people.ts'
import { type Query, toDay, toUpdatedFrom } from './query.ts'
import { findAuthor } from './worklogs-body.ts'
import { issueIdsOf, projectIdsOf } from './worklogs-params.ts'

const rules: Readonly<Record<string, RecurrenceRule>> = {
  NEVER: 'never',
  WEEKLY: 'weekly',
  BI_WEEKLY: 'bi-weekly',
  // What version 3 sends out it takes back as well.
  BIWEEKLY: 'bi-weekly',
  MONTHLY: 'monthly',
}

const mostDays = 1_830

/** The period of a list, which must be given; five years at most. */
export function periodIn(query: Query): Period {
  const [from, to] = ['from', 'to'].map((name) => {
    const text = query.one(name)
    if (text === undefined) throw badRequest(`'${name}' is missing`)
    return toDay(name, text)
  })
  return checkedPeriod(from!, to!)
}

export function checkedPeriod(from: Period['from'], to: Period['to']): Period {
  if (from > to) throw badRequest("'to' must not be before 'from'")
  if (periodLength({ from, to }) > mostDays)
    throw badRequest(`The period must have at most ${mostDays} days`)
  return { from, to }
}

/** What the caller may see at all, and `updatedFrom`. */
export function baseQuery(call: Call, updatedFrom: string | undefined): AllocationQuery {
  return {
    siteId: call.actor.siteId,
    ...plannedForVisible(call.actor),
    ...(updatedFrom === undefined ? {} : { updatedFrom: toUpdatedFrom(updatedFrom) }),
  }
}

/** The filters of version 4, as the names have them in a query string and in a body. */
export type PlanFilters = {
  readonly accountIds: readonly string[]
  readonly assigneeTypes: readonly string[]
  readonly genericResourceIds: readonly string[]
  readonly planIds: readonly string[]
  readonly issueIds: readonly string[]
  readonly projectIds: readonly string[]
  readonly planItemIds: readonly string[]
  readonly planItemTypes: readonly string[]
}

/** Names of people, issues and projects as a query; what is unknown matches nothing. */
export async function queryOf(call: Call, filters: PlanFilters): Promise<Partial<AllocationQuery>> {
  const people = await Promise.all(filters.accountIds.map((id) => findAuthor(call, id)))
  // The old name means either, told apart by the types asked for.
  const issues = [...filters.issueIds, ...filters.planItemIds]
  const projects = [...filters.projectIds, ...filters.planItemIds]
  return {
    ...assigneeKinds(filters.assigneeTypes),
    ...itemKinds(filters.planItemTypes),
    ...(filters.planIds.length > 0 ? { ids: filters.planIds as AllocationId[] } : {}),
    ...(people.length > 0 ? { personIds: people.flatMap((person) => person?.id ?? []) } : {}),
    ...(filters.genericResourceIds.length > 0
      ? { resourceIds: filters.genericResourceIds as GenericResourceId[] }
      : {}),
    ...(issues.length > 0 ? { issueIds: await issueIdsOf(call, issues) } : {}),
    ...(projects.length > 0 ? { projectIds: await projectIdsOf(call, projects) } : {}),
  }
}

/** TEAM is a type of version 3 that nothing has here: it matches nothing. */
export function assigneeKinds(types: readonly string[]): Partial<AllocationQuery> {
  if (types.length === 0) return {}
  const known = types.map((type) => type.toUpperCase())
  if (known.some((type) => !['USER', 'TEAM', 'GENERIC'].includes(type)))
    throw badRequest("'assigneeType' must be one of USER, TEAM, GENERIC")
  return {
    assigneeKinds: [
      ...(known.includes('USER') ? (['person'] as const) : []),
      ...(known.includes('GENERIC') ? (['resource'] as const) : []),
    ],
  }
}

export function itemKinds(types: readonly string[]): Partial<AllocationQuery> {
  if (types.length === 0) return {}
  const known = types.map((type) => type.toUpperCase())
  if (known.some((type) => type !== 'ISSUE' && type !== 'PROJECT'))
    throw badRequest("'planItemType' must be one of ISSUE, PROJECT")
  return {
    itemKinds: [
      ...(known.includes('ISSUE') ? (['issue'] as const) : []),
      ...(known.includes('PROJECT') ? (['project'] as const) : []),
    ],
  }
}

/** The body of a plan in either version. */
export async function toWish(call: Call, fields: Fields): Promise<AllocationWish> {
  const from = fields.day('startDate')
  const to = fields.day('endDate')
  for (const name of ['startDate', 'endDate'])
    if (!fields.has(name)) fields.wrong(`'${name}' is missing`)
  if (from && to && to < from) fields.wrong("'endDate' must not be before 'startDate'")
  const ruleText = fields.text('rule')?.toUpperCase() ?? 'NEVER'
  const rule = rules[ruleText]
  if (!rule) fields.wrong("'rule' must be one of NEVER, WEEKLY, BI_WEEKLY, MONTHLY")
  const recursUntil = fields.day('recurrenceEndDate') ?? null
  if (rule && rule !== 'never' && recursUntil === null)
    fields.wrong("'recurrenceEndDate' is missing")
  const third = call.face.version === 3
  const assignee = third ? await thirdAssignee(call, fields) : await fourthAssignee(call, fields)
  const item = third ? await thirdItem(call, fields) : await fourthItem(call, fields)
  const effort = third ? thirdEffort(fields) : fourthEffort(fields)
  const startTime = third ? undefined : fields.text('startTime')
  if (startTime !== undefined && !/^([0-1]?\d|2[0-3]):[0-5]\d$/.test(startTime))
    fields.wrong("'startTime' must be valid on the format: 'HH:mm'")
  const approval = third ? undefined : await approvalIn(call, fields)
  const description = fields.text('description') ?? null
  const includesNonWorkingDays = fields.flag('includeNonWorkingDays') ?? false
  fields.check()
  return {
    assignee: assignee!,
    item: item!,
    from: from!,
    to: to!,
    ...effort!,
    rule: rule!,
    recursUntil,
    includesNonWorkingDays,
    startTime: startTime?.padStart(5, '0') ?? null,
    description,
    ...(approval === undefined ? {} : { approval }),
  }
}

async function thirdAssignee(call: Call, fields: Fields): Promise<Assignee | undefined> {
  if (!fields.has('accountId')) fields.wrong("'accountId' is missing")
  const personId = await personIn(call, fields, 'accountId')
  return personId && { kind: 'person', personId }
}

async function fourthAssignee(call: Call, fields: Fields): Promise<Assignee | undefined> {
  const type = fields.oneOf('assigneeType', ['USER', 'GENERIC'])
  for (const name of ['assigneeId', 'assigneeType'])
    if (!fields.has(name)) fields.wrong(`'${name}' is missing`)
  if (type === 'USER') {
    const personId = await personIn(call, fields, 'assigneeId')
    return personId && { kind: 'person', personId }
  }
  const id = (fields.has('assigneeId') ? fields.id('assigneeId') : undefined) as
    | GenericResourceId
    | undefined
  if (type === undefined || id === undefined) return undefined
  const [resource] = await call.needs.store.resources.getMany(call.actor.siteId, [id])
  if (!resource) fields.wrong('Generic resource was not found.')
  return resource && { kind: 'resource', resourceId: resource.id }
}

async function thirdItem(call: Call, fields: Fields): Promise<AllocationItem | undefined> {
  const issue = fields.text('issueKey') ?? ''
  const project = fields.text('projectKey') ?? ''
  if (issue !== '') return issueItem(await issueIdsOf(call, [issue]), fields)
  if (project !== '') return projectItem(await projectIdsOf(call, [project]), fields)
  fields.wrong('Issue not found')
  return undefined
}

async function fourthItem(call: Call, fields: Fields): Promise<AllocationItem | undefined> {
  const id = fields.id('planItemId')
  const type = fields.oneOf('planItemType', ['ISSUE', 'PROJECT'])
  for (const name of ['planItemId', 'planItemType'])
    if (!fields.has(name)) fields.wrong(`'${name}' is missing`)
  if (id === undefined || type === undefined) return undefined
  return type === 'ISSUE'
    ? issueItem(await issueIdsOf(call, [id]), fields)
    : projectItem(await projectIdsOf(call, [id]), fields)
}

function issueItem([issueId]: readonly IssueId[], fields: Fields): AllocationItem | undefined {
  if (issueId === undefined) fields.wrong('Issue not found')
  return issueId && { kind: 'issue', issueId }
}

function projectItem(
  [projectId]: readonly ProjectId[],
  fields: Fields,
): AllocationItem | undefined {
  if (projectId === undefined) fields.wrong('Project not found')
  return projectId && { kind: 'project', projectId }
}

type Effort = Pick<AllocationWish, 'effort' | 'seconds'>

function thirdEffort(fields: Fields): Effort | undefined {
  const seconds = fields.whole('plannedPerDaySeconds')
  if (!fields.has('plannedPerDaySeconds')) fields.wrong("'plannedPerDaySeconds' is missing")
  return secondsOf(fields, seconds, 'per-day')
}

function fourthEffort(fields: Fields): Effort | undefined {
  const perDay = fields.whole('plannedSecondsPerDay')
  const total = fields.whole('plannedSeconds')
  const type = fields.oneOf('effortPersistenceType', ['SECONDS_PER_DAY', 'TOTAL_SECONDS'])
  const isTotal =
    type === 'TOTAL_SECONDS' || (type === undefined && perDay === undefined && total !== undefined)
  const seconds = isTotal ? (total ?? perDay) : (perDay ?? total)
  if (!fields.has('plannedSecondsPerDay') && !fields.has('plannedSeconds'))
    fields.wrong("'plannedSecondsPerDay' or 'plannedSeconds' is missing")
  return secondsOf(fields, seconds, isTotal ? 'total' : 'per-day')
}

function secondsOf(
  fields: Fields,
  seconds: number | undefined,
  effort: 'per-day' | 'total',
): Effort | undefined {
  if (seconds === undefined) return undefined
  if (seconds < 1) fields.wrong('Invalid time duration entered')
  return { effort, seconds }
}

async function approvalIn(call: Call, fields: Fields): Promise<AllocationWish['approval']> {
  const given = fields.object('planApproval')
  if (!given) return undefined
  const status = given.oneOf('status', ['REQUESTED', 'APPROVED', 'REJECTED']) ?? 'REQUESTED'
  const reviewerId = await personIn(call, given, 'reviewerId')
  return {
    status: status.toLowerCase() as 'requested' | 'approved' | 'rejected',
    ...(reviewerId === undefined ? {} : { reviewerId }),
  }
}
