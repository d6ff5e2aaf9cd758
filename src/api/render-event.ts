import type { EventPerson, EventView } from '../domain/event.ts'
import type { EventType } from '../domain/event-type.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { PlanOutcome } from '../domain/plan-command.ts'
import { policyObjectOf } from '../domain/plan-policy.ts'
import { formatInstant } from '../domain/zone.ts'
import type { EventBody } from './contract.ts'
import { momentOrNull } from './render.ts'

export function renderEvent(actor: Actor, event: EventView): EventBody {
  const { project, issue, team } = event
  const object = policyObjectOf(event)
  return {
    id: event.id,
    kind: event.kind,
    type: event.typeId === null ? null : { id: event.typeId, name: event.typeName },
    person: renderWho(event.person),
    team: team && { id: team.id, name: team.name },
    project: project && { id: project.id, key: project.key, name: project.name },
    issue: issue && {
      id: issue.id,
      jiraId: issue.jiraId,
      key: issue.key,
      summary: issue.summary,
      dueDay: issue.dueDay,
      status: issue.status,
    },
    title: event.title,
    from: event.from,
    to: event.to,
    secondsPerDay: event.secondsPerDay,
    originalSeconds: event.originalSeconds,
    remainingSeconds: event.remainingSeconds,
    effectiveOriginalSeconds: event.effectiveOriginalSeconds,
    effectiveRemainingSeconds: event.effectiveRemainingSeconds,
    color: event.color,
    link: event.link,
    isApproved: event.approvedAt !== null,
    approvedBy: renderWho(event.approvedBy),
    approvedAt: momentOrNull(event.approvedAt),
    createdById: event.createdById,
    createdAt: formatInstant(event.createdAt),
    updatedAt: formatInstant(event.updatedAt),
    mayChange: can(actor, 'change', object),
    mayApprove: can(actor, 'approve', object),
    version: event.version,
  }
}

export function renderOutcomes(actor: Actor, outcomes: readonly PlanOutcome[]) {
  return {
    outcomes: outcomes.map(({ id, event, version }) => ({
      id,
      ...(event ? { event: renderEvent(actor, event) } : {}),
      version,
    })),
  }
}

export function renderEventType(type: EventType) {
  return {
    id: type.id,
    kind: type.kind,
    name: type.name,
    isSystem: type.isSystem,
    isMilestone: type.isMilestone,
    version: type.version,
  }
}

function renderWho(person: EventPerson | null) {
  return person && { id: person.id, accountId: person.accountId, displayName: person.displayName }
}
