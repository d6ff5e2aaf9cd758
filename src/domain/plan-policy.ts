import type { PlannedEvent } from './event.ts'
import { type Actor, can, type PolicyObject } from './permission.ts'

/** What the policy is asked about an event. */
export function policyObjectOf({
  personId,
  teamId,
}: Pick<PlannedEvent, 'personId' | 'teamId'>): PolicyObject {
  return personId === null ? { type: 'team-panel', teamId: teamId! } : { type: 'event', personId }
}

/** Whether somebody may know of an event at all. */
export function seesEvent(actor: Actor, event: Pick<PlannedEvent, 'personId' | 'teamId'>): boolean {
  return can(actor, 'read', policyObjectOf(event))
}
