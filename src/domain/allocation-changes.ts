import {
  type Allocation,
  type AllocationApproval,
  type AllocationException,
  type AllocationId,
  type AllocationItem,
  type AllocationShape,
  type AllocationStatus,
  type Assignee,
  recurrenceRules,
} from './allocation.ts'
import { lastDayOf, mostOccurrenceDays } from './allocation-days.ts'
import { addDays, type Day, periodLength } from './day.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
} from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import { can } from './permission.ts'
import type { PersonId } from './person.ts'
import { textProblem } from './text.ts'

/** Time to set aside; what is left out is none, and the time of each day. */
export type AllocationWish = Pick<Allocation, 'assignee' | 'item' | 'from' | 'to' | 'seconds'> &
  Partial<
    Pick<
      Allocation,
      'effort' | 'includesNonWorkingDays' | 'rule' | 'recursUntil' | 'startTime' | 'description'
    >
  > & {
    /** Asks somebody to agree, or says what became of it. */
    readonly approval?: {
      readonly status: AllocationStatus
      readonly reviewerId?: PersonId | null
    } | null
  }

/** Days and length of an occurrence, how far it is repeated, and how much of a day there is. */
export const allocationLimits = {
  occurrenceDays: 1_830,
  reachDays: 3_660,
  secondsPerDay: 86_400,
  totalSeconds: 360_000_000,
  exceptions: 1_000,
} as const

export async function createAllocation(
  writing: DirectoryWriting,
  wish: AllocationWish,
): Promise<Allocation> {
  const { tx, actor, now } = writing
  await checkWish(writing, wish)
  checkPlan(writing, 'create', wish.assignee)
  const allocation = {
    ...filled(wish),
    exceptions: [],
    approval: approvalFor(writing, wish, null),
    createdAt: now,
    createdBy: actor.personId,
    updatedAt: now,
    version: tx.takeVersions(1),
  }
  const id = await tx.allocations.insert(actor.siteId, allocation)
  const created: Allocation = { ...allocation, id }
  noteChange(writing, 'plan.create', id, null, created)
  return created
}

/** Replaces everything that is wished for; days that differ stay so while they are still reached. */
export async function replaceAllocation(
  writing: DirectoryWriting,
  id: AllocationId,
  wish: AllocationWish,
  ifVersion: number | undefined,
): Promise<Allocation> {
  const before = await getAllocation(writing, id)
  await checkWish(writing, wish)
  checkPlan(writing, 'change', before.assignee)
  checkPlan(writing, 'change', wish.assignee)
  checkFresh(before, ifVersion)
  const shape = filled(wish)
  return writeAllocation(writing, before, {
    ...before,
    ...shape,
    exceptions: before.exceptions.filter(({ day }) => day >= wish.from && day <= reach(shape)),
    approval: approvalFor(writing, wish, before.approval),
  })
}

/** Plans so many seconds on one of its days; 0 leaves the day out. */
export async function changeAllocationDay(
  writing: DirectoryWriting,
  id: AllocationId,
  { day, seconds }: AllocationException,
  ifVersion: number | undefined,
): Promise<Allocation> {
  const before = await getAllocation(writing, id)
  checkPlan(writing, 'change', before.assignee)
  checkFresh(before, ifVersion)
  if (day < before.from || day > lastDayOf(before))
    throw new DomainError('not-found', `${day} is no day of this allocation`)
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > allocationLimits.secondsPerDay)
    throw invalidField('seconds', `must be whole seconds up to ${allocationLimits.secondsPerDay}`)
  const others = before.exceptions.filter((one) => one.day !== day)
  if (others.length >= allocationLimits.exceptions)
    throw invalidField('day', `at most ${allocationLimits.exceptions} days may differ`)
  const exceptions = [...others, { day, seconds }].sort((a, b) => (a.day < b.day ? -1 : 1))
  return writeAllocation(writing, before, { ...before, exceptions })
}

export async function removeAllocation(
  writing: DirectoryWriting,
  id: AllocationId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  const before = await getAllocation(writing, id)
  checkPlan(writing, 'remove', before.assignee)
  checkFresh(before, ifVersion)
  await tx.allocations.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'plan.delete', id, before, null)
}

/** Whose time it is about; null for a generic resource. */
export function plannedFor(assignee: Assignee): PersonId | null {
  return assignee.kind === 'person' ? assignee.personId : null
}

async function getAllocation(
  { tx, actor }: DirectoryWriting,
  id: AllocationId,
): Promise<Allocation> {
  const allocation = await tx.allocations.get(actor.siteId, id)
  const object = { type: 'plan', personId: plannedFor(allocation.assignee) } as const
  if (!can({ ...actor, scopes: ['read'] }, 'read', object))
    throw new DomainError('not-found', `There is no allocation ${id}`)
  return allocation
}

async function writeAllocation(
  writing: DirectoryWriting,
  before: Allocation,
  changed: Allocation,
): Promise<Allocation> {
  const { tx, actor, now } = writing
  const after: Allocation = { ...changed, updatedAt: now, version: tx.takeVersions(1) }
  await tx.allocations.update(actor.siteId, after)
  noteChange(writing, 'plan.update', after.id, before, after)
  return after
}

function checkPlan(
  { actor }: DirectoryWriting,
  action: 'create' | 'change' | 'remove',
  assignee: Assignee,
): void {
  checkMay(actor, action, { type: 'plan', personId: plannedFor(assignee) }, 'plan this time')
}

/** Everybody may ask; only who may approve says more. What stays as it is needs no right. */
function approvalFor(
  { actor }: DirectoryWriting,
  { approval, assignee }: AllocationWish,
  before: AllocationApproval | null,
): AllocationApproval | null {
  if (approval === undefined) return before
  if (approval === null) return null
  const reviewerId =
    approval.reviewerId === undefined ? (before?.reviewerId ?? null) : approval.reviewerId
  if (approval.status === before?.status) return { ...before, reviewerId }
  const requesterId = before?.requesterId ?? actor.personId
  if (approval.status === 'requested')
    return { status: 'requested', requesterId, reviewerId, actorId: null }
  const object = { type: 'plan', personId: plannedFor(assignee) } as const
  checkMay(actor, 'approve', object, 'approve or reject this')
  return { status: approval.status, requesterId, reviewerId, actorId: actor.personId }
}

function filled(
  wish: AllocationWish,
): Omit<AllocationShape, 'exceptions'> &
  Pick<Allocation, 'assignee' | 'item' | 'startTime' | 'description'> {
  const { rule = 'never' } = wish
  return {
    assignee: wish.assignee,
    item: wish.item,
    from: wish.from,
    to: wish.to,
    effort: wish.effort ?? 'per-day',
    seconds: wish.seconds,
    includesNonWorkingDays: wish.includesNonWorkingDays ?? false,
    rule,
    recursUntil: rule === 'never' ? null : (wish.recursUntil ?? null),
    startTime: wish.startTime ?? null,
    description: wish.description ?? null,
  }
}

function reach(shape: Omit<AllocationShape, 'exceptions'>): Day {
  return lastDayOf({ ...shape, exceptions: [] })
}

async function checkWish(writing: DirectoryWriting, wish: AllocationWish): Promise<void> {
  const { from, to, rule = 'never', recursUntil = null } = wish
  if (to < from) throw invalidField('to', `${to} is before ${from}`)
  const checks = startChecks()
  const limits = allocationLimits
  const most = wish.effort === 'total' ? limits.totalSeconds : limits.secondsPerDay
  if (!Number.isSafeInteger(wish.seconds) || wish.seconds < 1 || wish.seconds > most)
    checks.wrong('seconds', `must be whole seconds from 1 to ${most}`)
  if (!recurrenceRules.includes(rule))
    checks.wrong('rule', `must be one of ${recurrenceRules.join(', ')}`)
  const length = periodLength({ from, to })
  const mostDays = Math.min(mostOccurrenceDays(rule), limits.occurrenceDays)
  if (length > mostDays) checks.wrong('to', `at most ${mostDays} days with this recurrence`)
  if (rule !== 'never' && recursUntil === null)
    checks.wrong('recursUntil', 'must say when a recurrence ends')
  if (rule !== 'never' && recursUntil !== null) {
    if (recursUntil < to) checks.wrong('recursUntil', `${recursUntil} is before ${to}`)
    if (recursUntil > addDays(from, limits.reachDays))
      checks.wrong('recursUntil', `must be within ${limits.reachDays} days of the beginning`)
  }
  checks.matches('startTime', wish.startTime, /^([01]\d|2[0-3]):[0-5]\d$/, 'must look like 09:30')
  const problem = wish.description ? textProblem(wish.description, 10_000) : undefined
  if (problem) checks.wrong('description', problem)
  checks.finish('The plan cannot be accepted')
  await checkAssignee(writing, wish.assignee)
  await checkItem(writing, wish.item)
  const reviewerId = wish.approval?.reviewerId
  if (reviewerId) await checkPerson(writing, 'reviewer', reviewerId)
}

async function checkAssignee(writing: DirectoryWriting, assignee: Assignee): Promise<void> {
  const { tx, actor } = writing
  if (assignee.kind === 'person') return checkPerson(writing, 'assignee', assignee.personId)
  const [resource] = await tx.resources.getMany(actor.siteId, [assignee.resourceId])
  if (!resource)
    throw invalidField('assignee', `there is no generic resource ${assignee.resourceId}`)
}

async function checkPerson(
  { tx, actor }: DirectoryWriting,
  field: string,
  id: PersonId,
): Promise<void> {
  const [person] = await tx.people.getMany(actor.siteId, [id])
  if (!person) throw invalidField(field, `there is no person ${id}`)
}

async function checkItem({ tx, actor }: DirectoryWriting, item: AllocationItem): Promise<void> {
  const [found] =
    item.kind === 'issue'
      ? await tx.issues.getMany(actor.siteId, [item.issueId])
      : await tx.projects.getMany(actor.siteId, [item.projectId])
  if (!found) throw invalidField('item', `there is no such ${item.kind}`)
}
