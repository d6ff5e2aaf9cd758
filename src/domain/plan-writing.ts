import { addDays, daysBetween, parseDay } from './day.ts'
import { checkFresh } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import type { EventChange, EventId, PlannedEvent } from './event.ts'
import { type Action, can } from './permission.ts'
import { type PlanChange, type PlanCommand, type PlanMove, planLimits } from './plan-command.ts'
import { type PlanContext, type PlanWriting, preparePlan } from './plan-context.ts'
import { policyObjectOf, seesEvent } from './plan-policy.ts'
import { shareOfFirstPart } from './plan-split.ts'
import { changedEvent, checkApprovable, newEvent } from './plan-values.ts'
import { checkAllowance } from './vacation-balance.ts'

/** Carries out commands one after the other, all of them or none. */
export async function applyPlan(
  writing: PlanWriting,
  commands: readonly PlanCommand[],
): Promise<readonly EventChange[]> {
  const changes = await planChanges(writing, commands)
  await writeChanges(writing, changes)
  return changes
}

/**
 * What commands come to, one after the other, without writing it: the first refusal refuses all and
 * names its place in the list.
 */
export async function planChanges(
  writing: PlanWriting,
  commands: readonly PlanCommand[],
): Promise<EventChange[]> {
  if (commands.length > planLimits.commands)
    throw invalidField('commands', `at most ${planLimits.commands} at once`)
  const context = await preparePlan(writing, commands)
  const changes: EventChange[] = []
  for (const [at, command] of commands.entries())
    try {
      changes.push(...(await applyCommand(context, command)))
    } catch (error) {
      if (commands.length === 1 || !(error instanceof DomainError)) throw error
      throw new DomainError(error.code, `commands[${at}]: ${error.message}`, {
        ...error.details,
        command: at,
      })
    }
  return changes
}

async function applyCommand(context: PlanContext, command: PlanCommand): Promise<EventChange[]> {
  if (command.kind === 'create') {
    const event = await newEvent(context, command.plan)
    checkMayPlan(context, 'create', event)
    const approved = command.plan.isApproved ? approve(context, event) : event
    return [await settled(context, null, approved)]
  }
  const before = findEvent(context, command)
  switch (command.kind) {
    case 'remove':
      checkMayPlan(context, 'remove', before)
      context.current.set(before.id, null)
      return [changeOf(context, context.tx.takeVersions(1), before, null)]
    case 'change':
      return [await change(context, before, command.change)]
    case 'move':
      return [await change(context, before, moved(before, command.move))]
    case 'split':
      return split(context, before, command.on)
  }
}

async function change(
  context: PlanContext,
  before: PlannedEvent,
  wish: PlanChange,
): Promise<EventChange> {
  checkMayPlan(context, 'change', before)
  const after = await changedEvent(context, before, wish)
  checkMayPlan(context, 'change', after)
  return settled(context, before, approvalAfter(context, before, after, wish.isApproved))
}

/** Who moves an agreed event without being allowed to agree asks for agreement anew. */
export function approvalAfter(
  context: PlanContext,
  before: PlannedEvent,
  after: PlannedEvent,
  isApproved: boolean | undefined,
): PlannedEvent {
  const none = { ...after, approvedById: null, approvedAt: null }
  if (isApproved === true) return before.approvedAt === null ? approve(context, after) : after
  if (isApproved === false) {
    if (before.approvedAt !== null) checkMayPlan(context, 'approve', before)
    return none
  }
  if (before.approvedAt === null || mayPlan(context, 'approve', after)) return after
  const isSame =
    before.from === after.from &&
    before.to === after.to &&
    before.personId === after.personId &&
    before.teamId === after.teamId &&
    before.secondsPerDay === after.secondsPerDay &&
    before.remainingSeconds === after.remainingSeconds
  return isSame ? after : none
}

function approve(context: PlanContext, event: PlannedEvent): PlannedEvent {
  checkApprovable(event)
  checkMayPlan(context, 'approve', event)
  return { ...event, approvedById: context.actor.personId, approvedAt: context.now }
}

function moved(before: PlannedEvent, { days, from, person, team }: PlanMove): PlanChange {
  if (days !== undefined && from !== undefined)
    throw invalidField('days', 'give days or from, not both')
  if (days !== undefined && !Number.isSafeInteger(days))
    throw invalidField('days', 'must be a whole number')
  const shift = from === undefined ? (days ?? 0) : daysBetween(before.from, parseDay(from, 'from'))
  return {
    ...(shift === 0 ? {} : { from: addDays(before.from, shift), to: addDays(before.to, shift) }),
    ...(person === undefined ? {} : { person }),
    ...(team === undefined ? {} : { team }),
  }
}

async function split(
  context: PlanContext,
  before: PlannedEvent,
  on: string,
): Promise<EventChange[]> {
  checkMayPlan(context, 'change', before)
  const day = parseDay(on, 'on')
  if (day <= before.from || day > before.to)
    throw invalidField('on', `must lie after ${before.from} and not after ${before.to}`)
  const shares = await shareOfFirstPart(context, before, day)
  const stamp = { updatedAt: context.now }
  const first = {
    ...before,
    ...stamp,
    ...shares?.first,
    to: addDays(day, -1),
    version: context.tx.takeVersions(1),
  }
  const second = {
    ...before,
    ...stamp,
    ...shares?.second,
    id: context.newId(),
    uid: context.newUid(),
    from: day,
    createdAt: context.now,
    createdById: context.actor.personId,
    version: context.tx.takeVersions(1),
  }
  return [await settled(context, before, first), await settled(context, null, second)]
}

/** The change as it stands within the batch, once nothing speaks against what it approves. */
async function settled(
  context: PlanContext,
  before: PlannedEvent | null,
  after: PlannedEvent,
): Promise<EventChange> {
  context.current.set(after.id, after)
  await checkAllowance(context, before, after)
  return changeOf(context, after.version, before, after)
}

function findEvent(
  context: PlanContext,
  { id, ifVersion }: { readonly id: EventId; readonly ifVersion?: number | undefined },
): PlannedEvent {
  const event = context.current.get(id)
  if (!event || !seesEvent(context.actor, event))
    throw new DomainError('not-found', `There is no event ${id}`)
  checkFresh(event, ifVersion)
  return event
}

export function checkMayPlan(
  context: Pick<PlanContext, 'actor'>,
  action: Action,
  event: Pick<PlannedEvent, 'personId' | 'teamId'>,
): void {
  if (mayPlan(context, action, event)) return
  const whose = event.personId === null ? 'this team' : 'this person'
  throw new DomainError('forbidden', `You may not ${action} plans of ${whose}`)
}

export function mayPlan(
  { actor }: Pick<PlanContext, 'actor'>,
  action: Action,
  event: Pick<PlannedEvent, 'personId' | 'teamId'>,
): boolean {
  return can(actor, action, policyObjectOf(event))
}

function changeOf(
  { actor, now }: Pick<PlanContext, 'actor' | 'now'>,
  version: number,
  before: PlannedEvent | null,
  after: PlannedEvent | null,
): EventChange {
  const eventId = (after ?? before)!.id
  return { version, eventId, actorId: actor.personId, at: now, before, after }
}

/** Writes what became of each event, the way back, and the audit. */
export async function writeChanges(
  { tx, actor, now }: Pick<PlanContext, 'tx' | 'actor' | 'now'>,
  changes: readonly EventChange[],
): Promise<void> {
  const { siteId } = actor
  const firsts = new Map<EventId, PlannedEvent | null>()
  const lasts = new Map<EventId, PlannedEvent | null>()
  for (const one of changes) {
    if (!firsts.has(one.eventId)) firsts.set(one.eventId, one.before)
    lasts.set(one.eventId, one.after)
  }
  const [inserted, updated, removed]: [PlannedEvent[], PlannedEvent[], EventId[]] = [[], [], []]
  for (const [id, after] of lasts) {
    const before = firsts.get(id)
    if (after && before) updated.push(after)
    else if (after) inserted.push(after)
    else if (before) removed.push(id)
  }
  await tx.events.insert(siteId, inserted)
  await tx.events.update(siteId, updated)
  await tx.events.remove(siteId, removed)
  await tx.events.keepChanges(siteId, changes)
  for (const { eventId, before, after } of changes)
    tx.note({
      at: now,
      actorId: actor.personId,
      via: actor.via,
      action: before === null ? 'event.create' : after === null ? 'event.delete' : 'event.update',
      objectType: 'event',
      objectId: eventId,
      before,
      after,
    })
}
