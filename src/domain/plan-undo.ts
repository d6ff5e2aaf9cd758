import { DomainError } from './errors.ts'
import type { EventChange, EventId, PlannedEvent } from './event.ts'
import { type Actor, can } from './permission.ts'
import { planLimits } from './plan-command.ts'
import type { PlanWriting } from './plan-context.ts'
import { policyObjectOf } from './plan-policy.ts'
import { checkMayPlan, writeChanges } from './plan-writing.ts'
import { checkAllowance } from './vacation-balance.ts'

type Undoing = Pick<PlanWriting, 'tx' | 'actor' | 'now'> & {
  readonly current: Map<EventId, PlannedEvent | null>
}

/**
 * Takes changes back, the newest first, all or none. Each is a change of its own, so undoing it
 * brings back what was undone. Refuses what has changed since (`conflict`).
 */
export async function undoPlan(
  { tx, actor, now }: Pick<PlanWriting, 'tx' | 'actor' | 'now'>,
  versions: readonly number[],
): Promise<readonly EventChange[]> {
  const wanted = [...new Set(versions)].slice(0, planLimits.commands)
  const found = await tx.events.findChanges(actor.siteId, wanted)
  const missing = wanted.find((version) => !found.some((one) => one.version === version))
  if (missing !== undefined)
    throw new DomainError('not-found', `There is no change of a plan at version ${missing}`)
  const stored = await tx.events.getMany(
    actor.siteId,
    found.map((one) => one.eventId),
  )
  const current = new Map<EventId, PlannedEvent | null>(stored.map((one) => [one.id, one]))
  const undoing = { tx, actor, now, current }
  await checkTypes(
    undoing,
    found.flatMap(({ before }) => (before ? [before] : [])),
  )
  /** The version each event stood at, as if what is undone had never been. */
  const standing = new Map(stored.map((one) => [one.id, one.version]))
  const changes: EventChange[] = []
  for (const one of [...found].sort((a, b) => b.version - a.version)) {
    const { eventId } = one
    const before = current.get(eventId) ?? null
    if (standing.get(eventId) !== one.after?.version)
      throw new DomainError('conflict', `Event ${eventId} has changed since`, {
        reason: 'stale-version',
        ...(before ? { currentVersion: before.version } : {}),
      })
    const after = restored(undoing, before, one.before)
    current.set(eventId, after)
    if (one.before) standing.set(eventId, one.before.version)
    else standing.delete(eventId)
    if (after) await checkAllowance(undoing, before, after)
    const version = after?.version ?? tx.takeVersions(1)
    changes.push({ version, eventId, actorId: actor.personId, at: now, before, after })
  }
  await writeChanges(undoing, changes)
  return changes
}

function restored(
  undoing: Undoing,
  before: PlannedEvent | null,
  target: PlannedEvent | null,
): PlannedEvent | null {
  if (before) checkMayPlan(undoing, target ? 'change' : 'remove', before)
  if (!target) return null
  checkMayPlan(undoing, before ? 'change' : 'create', target)
  const after = { ...target, updatedAt: undoing.now, version: undoing.tx.takeVersions(1) }
  if ((before?.approvedAt ?? null) === target.approvedAt) return after
  if (before?.approvedAt != null && target.approvedAt === null)
    checkMayPlan(undoing, 'approve', before)
  return mayApprove(undoing.actor, target)
    ? after
    : { ...after, approvedById: null, approvedAt: null }
}

function mayApprove(actor: Actor, event: PlannedEvent): boolean {
  return can(actor, 'approve', policyObjectOf(event))
}

/** What an event pointed at may be gone by now. */
export async function checkTypes(
  { tx, actor }: Pick<PlanWriting, 'tx' | 'actor'>,
  events: readonly PlannedEvent[],
): Promise<void> {
  const types = await tx.eventTypes.list(actor.siteId)
  const teams = events.some(({ teamId }) => teamId) ? await tx.teams.list(actor.siteId) : []
  for (const { id, typeId, teamId } of events) {
    if (typeId && !types.some((type) => type.id === typeId))
      throw new DomainError('conflict', `The type of event ${id} is gone`)
    if (teamId && !teams.some((team) => team.id === teamId))
      throw new DomainError('conflict', `The team of event ${id} is gone`)
  }
}
