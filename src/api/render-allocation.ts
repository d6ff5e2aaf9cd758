import type { Allocation } from '../domain/allocation.ts'
import { plannedFor } from '../domain/allocations.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { TimelinePlan } from '../domain/timeline-plans.ts'
import { formatInstant } from '../domain/zone.ts'
import type { AllocationBody, TimelinePlanBody } from './contract.ts'

/** Time set aside, without the days it falls on. */
export function renderAllocation(actor: Actor, row: Allocation): Omit<AllocationBody, 'days'> {
  const { assignee, item } = row
  return {
    id: row.id,
    personId: assignee.kind === 'person' ? assignee.personId : null,
    resourceId: assignee.kind === 'resource' ? assignee.resourceId : null,
    issueId: item.kind === 'issue' ? item.issueId : null,
    projectId: item.kind === 'project' ? item.projectId : null,
    from: row.from,
    to: row.to,
    effort: row.effort,
    seconds: row.seconds,
    startTime: row.startTime,
    includesNonWorkingDays: row.includesNonWorkingDays,
    rule: row.rule,
    recursUntil: row.recursUntil,
    description: row.description,
    status: row.approval?.status ?? null,
    reviewerId: row.approval?.reviewerId ?? null,
    mayChange: can(actor, 'change', { type: 'plan', personId: plannedFor(assignee) }),
    createdAt: formatInstant(row.createdAt),
    createdBy: row.createdBy,
    updatedAt: formatInstant(row.updatedAt),
    version: row.version,
  }
}

/** The same as the timeline shows it. */
export function renderPlan(actor: Actor, plan: TimelinePlan): TimelinePlanBody {
  const { allocation, occurrences, issue, project } = plan
  return {
    ...renderAllocation(actor, allocation),
    issue: issue && { id: issue.id, key: issue.key, summary: issue.summary },
    project: project && { id: project.id, key: project.key, name: project.name },
    occurrences: occurrences.map(({ from, to, seconds }) => ({ from, to, seconds })),
    mayApprove: can(actor, 'approve', { type: 'plan', personId: plannedFor(allocation.assignee) }),
  }
}
