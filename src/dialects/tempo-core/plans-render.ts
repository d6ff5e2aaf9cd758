import type { Allocation, RecurrenceRule } from '../../domain/allocation.ts'
import { type Occurrence, reachOf, sumSeconds } from '../../domain/allocation-days.ts'
import { expandAllocations } from '../../domain/allocations.ts'
import type { Period } from '../../domain/day.ts'
import type { Issue, IssueId } from '../../domain/issue.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Project, ProjectId } from '../../domain/project.ts'
import type { Call } from './call.ts'
import { findPeople } from './people.ts'
import { renderMoment, renderPerson } from './render.ts'

/** How the planned time is broken down: section 11 of the contract. */
export type Breakdown = 'none' | 'periods' | 'days' | 'both'

type Known = {
  readonly people: ReadonlyMap<PersonId, Person>
  readonly issues: ReadonlyMap<IssueId, Issue>
  readonly projects: ReadonlyMap<ProjectId, Project>
}

/** Plans with what of them lies in the period, or with all of it. */
export async function renderPlans(
  call: Call,
  plans: readonly Allocation[],
  period: Period | undefined,
  breakdown: Breakdown,
): Promise<object[]> {
  const known = await readKnown(call, plans)
  const wishes = plans.map((allocation) => ({
    allocation,
    period: period ?? reachOf(allocation),
  }))
  const expanded = await expandAllocations(call.needs.store, call.actor.siteId, wishes)
  return plans.map((plan, at) => {
    const scope = wishes[at]!.period
    const found = expanded[at]!
    return call.face.version === 3
      ? renderThird(call, plan, known, found, scope, breakdown)
      : renderFourth(call, plan, known, found, scope, breakdown)
  })
}

// What version 3 takes in as BI_WEEKLY it shows as BIWEEKLY [S3].
const thirdRules: Readonly<Record<RecurrenceRule, string>> = {
  never: 'NEVER',
  weekly: 'WEEKLY',
  'bi-weekly': 'BIWEEKLY',
  monthly: 'MONTHLY',
}

function renderThird(
  call: Call,
  plan: Allocation,
  known: Known,
  occurrences: readonly Occurrence[],
  scope: Period,
  breakdown: Breakdown,
): object {
  const self = call.to(`/plans/${plan.id}`)
  const { from, to } = reachOf(plan)
  const values =
    breakdown === 'days'
      ? daysIn(occurrences, scope).map(({ day, seconds }) => ({
          date: day,
          timePlannedSeconds: seconds,
        }))
      : occurrences.map((one) => ({
          from: one.from,
          to: one.to,
          timePlannedSeconds: one.seconds,
        }))
  return {
    self,
    id: Number(plan.id),
    startDate: plan.from,
    endDate: plan.to,
    secondsPerDay: plan.effort === 'per-day' ? plan.seconds : usualDay(occurrences),
    includeNonWorkingDays: plan.includesNonWorkingDays,
    ...(plan.description === null ? {} : { description: plan.description }),
    createdAt: renderMoment(plan.createdAt),
    updatedAt: renderMoment(plan.updatedAt),
    assignee: assigneeOf(call, plan, known),
    planItem: itemOf(call, plan, known),
    recurrence: { rule: thirdRules[plan.rule], recurrenceEndDate: plan.recursUntil ?? plan.to },
    dates: {
      metadata: { count: values.length, all: `${self}?from=${from}&to=${to}` },
      values,
    },
    // A plan nobody was asked about counts as agreed to: the field is always there [S3].
    planApproval: { status: (plan.approval?.status ?? 'approved').toUpperCase() },
  }
}

function renderFourth(
  call: Call,
  plan: Allocation,
  known: Known,
  occurrences: readonly Occurrence[],
  scope: Period,
  breakdown: Breakdown,
): object {
  const self = call.to(`/plans/${plan.id}`)
  const { from, to } = reachOf(plan)
  const days = daysIn(occurrences, scope)
  const withDays = breakdown === 'days' || breakdown === 'both'
  const withPeriods = breakdown === 'periods' || breakdown === 'both'
  const creator = known.people.get(plan.createdBy)
  return {
    self,
    id: Number(plan.id),
    startDate: plan.from,
    endDate: plan.to,
    ...(plan.startTime === null ? {} : { startTime: plan.startTime }),
    effortPersistenceType: plan.effort === 'per-day' ? 'SECONDS_PER_DAY' : 'TOTAL_SECONDS',
    ...(plan.effort === 'per-day'
      ? { plannedSecondsPerDay: plan.seconds }
      : { totalPlannedSeconds: plan.seconds }),
    totalPlannedSecondsInScope: sumSeconds(days),
    includeNonWorkingDays: plan.includesNonWorkingDays,
    ...(plan.description === null ? {} : { description: plan.description }),
    createdAt: renderMoment(plan.createdAt),
    updatedAt: renderMoment(plan.updatedAt),
    ...(creator === undefined ? {} : { planCreatorId: creator.accountId }),
    assignee: assigneeOf(call, plan, known),
    planItem: itemOf(call, plan, known),
    rule: plan.rule === 'bi-weekly' ? 'BI_WEEKLY' : plan.rule.toUpperCase(),
    ...(plan.recursUntil === null ? {} : { recurrenceEndDate: plan.recursUntil }),
    ...(withDays || withPeriods
      ? {
          plannedTime: {
            ...(withDays
              ? {
                  days: {
                    count: days.length,
                    values: days.map(({ day, seconds }) => ({
                      date: day,
                      plannedSeconds: seconds,
                    })),
                  },
                }
              : {}),
            ...(withPeriods
              ? {
                  periods: {
                    count: occurrences.length,
                    values: occurrences.map((one) => ({
                      from: one.from,
                      to: one.to,
                      plannedSeconds: one.seconds,
                    })),
                  },
                }
              : {}),
            metadata: { all: `${self}?from=${from}&to=${to}` },
          },
        }
      : {}),
    ...(plan.approval === null ? {} : { planApproval: approvalOf(call, plan, known) }),
    syncSource: 'NONE',
  }
}

function approvalOf(call: Call, { approval }: Allocation, { people }: Known): object {
  const shown = (name: string, id: PersonId | null | undefined) => {
    const person = id ? people.get(id) : undefined
    return person ? { [name]: renderPerson(call, person) } : {}
  }
  return {
    status: approval!.status.toUpperCase(),
    ...shown('requester', approval!.requesterId),
    ...shown('reviewer', approval!.reviewerId),
    ...shown('actor', approval!.actorId),
  }
}

/** A total has no time of each day; version 3 always shows one: that of the fullest day. */
function usualDay(occurrences: readonly Occurrence[]): number {
  return Math.max(0, ...occurrences.flatMap((one) => one.days.map((day) => day.seconds)))
}

function daysIn(occurrences: readonly Occurrence[], { from, to }: Period) {
  return occurrences.flatMap((one) => one.days).filter(({ day }) => day >= from && day <= to)
}

/** In version 3 only address and type are known of either; version 4 adds the id [S3][S4]. */
function assigneeOf(call: Call, { assignee }: Allocation, { people }: Known): object {
  if (assignee.kind === 'resource') {
    const self = call.to(`/generic-resources/${assignee.resourceId}`)
    return withId(call, self, assignee.resourceId, 'GENERIC')
  }
  const person = people.get(assignee.personId)!
  return withId(call, call.jira.person(person), person.accountId, 'USER')
}

function itemOf(call: Call, { item }: Allocation, { issues, projects }: Known): object {
  if (item.kind === 'issue') {
    const issue = issues.get(item.issueId)!
    const self =
      call.face.version === 3
        ? call.jira.issueByKey(issue.connectionId, issue.key)
        : call.jira.issueById(issue.connectionId, issue.jiraId)
    return withId(call, self, issue.jiraId, 'ISSUE')
  }
  const project = projects.get(item.projectId)!
  const self = call.jira.project(project.connectionId, project.jiraId)
  return withId(call, self, project.jiraId, 'PROJECT')
}

function withId({ face }: Call, self: string, id: string, type: string): object {
  return face.version === 3 ? { self, type } : { id, self, type }
}

async function readKnown(call: Call, plans: readonly Allocation[]): Promise<Known> {
  const { siteId } = call.actor
  const { store } = call.needs
  const people = await findPeople(
    call,
    plans.flatMap(({ assignee, createdBy, approval }) => [
      createdBy,
      assignee.kind === 'person' ? assignee.personId : null,
      ...(approval ? [approval.requesterId, approval.reviewerId, approval.actorId] : []),
    ]),
  )
  const issueIds = plans.flatMap(({ item }) => (item.kind === 'issue' ? item.issueId : []))
  const projectIds = plans.flatMap(({ item }) => (item.kind === 'project' ? item.projectId : []))
  const issues = await store.issues.getMany(siteId, [...new Set(issueIds)])
  const projects = await store.projects.getMany(siteId, [...new Set(projectIds)])
  return {
    people,
    issues: new Map(issues.map((issue) => [issue.id, issue])),
    projects: new Map(projects.map((project) => [project.id, project])),
  }
}
