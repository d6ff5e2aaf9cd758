import { parseDay, periodLength } from './day.ts'
import { startChecks } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import {
  approvableKinds,
  eventColors,
  type PlanKind,
  type PlannedEvent,
  teamPanelKinds,
} from './event.ts'
import { type EventType, systemTypeIds } from './event-type.ts'
import type { NewPlan, PlanChange, PlanMove } from './plan-command.ts'
import { planLimits } from './plan-command.ts'
import type { PlanContext } from './plan-context.ts'
import { textProblem } from './text.ts'

const perDayKinds: readonly PlanKind[] = ['booking', 'day-off', 'overtime', 'issue']
const totalKinds: readonly PlanKind[] = ['placeholder', 'issue']
const projectKinds: readonly PlanKind[] = ['booking', 'placeholder', 'note', 'overtime']

/** A new event as it shall be stored, not yet approved; refuses what its kind cannot have. */
export async function newEvent(context: PlanContext, plan: NewPlan): Promise<PlannedEvent> {
  const type = typeOf(context, plan)
  const kind: PlanKind = type?.kind ?? 'issue'
  const issue = plan.issue === undefined ? null : context.findIssue(plan.issue)
  if (kind === 'issue' && !issue) throw invalidField('issue', 'is missing')
  if (issue && kind !== 'issue' && kind !== 'placeholder')
    throw invalidField('issue', `a ${kind} stands for no issue`)
  const project = typeof plan.project === 'string' ? context.findProject(plan.project) : null
  const days = { from: parseDay(plan.from, 'from'), to: parseDay(plan.to, 'to') }
  const estimate = plan.estimateSeconds ?? (kind === 'placeholder' ? 0 : null)
  const event: PlannedEvent = {
    id: context.newId(),
    kind,
    typeId: type?.id ?? null,
    ...placeOf(context, plan),
    issueId: issue?.id ?? null,
    projectId: kind === 'issue' ? null : (project?.id ?? issue?.projectId ?? null),
    title: plan.title ?? (kind === 'issue' ? '' : (type?.name ?? '')),
    ...days,
    secondsPerDay: plan.secondsPerDay ?? (kind === 'booking' || kind === 'overtime' ? 0 : null),
    originalSeconds: estimate,
    remainingSeconds: estimate,
    color: plan.color ?? null,
    uid: context.newUid(),
    link: plan.link ?? '',
    approvedById: null,
    approvedAt: null,
    createdById: context.actor.personId,
    createdAt: context.now,
    updatedAt: context.now,
    version: context.tx.takeVersions(1),
  }
  if (plan.project !== undefined && plan.project !== null && kind === 'issue')
    throw invalidField('project', 'an issue has its own')
  await checkEvent(context, event, null)
  return event
}

/** The event after a change; its approval is looked at elsewhere. */
export async function changedEvent(
  context: PlanContext,
  before: PlannedEvent,
  change: PlanChange,
): Promise<PlannedEvent> {
  const type = change.type === undefined ? undefined : context.findType(change.type)
  if (type && type.kind !== before.kind)
    throw invalidField('type', `${type.name} is no ${before.kind}; create another event instead`)
  const issue = change.issue === undefined ? undefined : context.findIssue(change.issue)
  if (issue && before.kind !== 'placeholder')
    throw invalidField('issue', 'only a placeholder may stand for another issue')
  const projectId =
    change.project === undefined
      ? before.projectId
      : change.project === null
        ? null
        : context.findProject(change.project).id
  if (change.project !== undefined && before.kind === 'issue')
    throw invalidField('project', 'an issue has its own')
  const event: PlannedEvent = {
    ...before,
    ...(type ? { typeId: type.id } : {}),
    ...(change.person === undefined && change.team === undefined ? {} : placeOf(context, change)),
    issueId: issue?.id ?? before.issueId,
    projectId,
    title: change.title ?? before.title,
    from: change.from === undefined ? before.from : parseDay(change.from, 'from'),
    to: change.to === undefined ? before.to : parseDay(change.to, 'to'),
    secondsPerDay: change.secondsPerDay === undefined ? before.secondsPerDay : change.secondsPerDay,
    remainingSeconds:
      change.remainingSeconds === undefined ? before.remainingSeconds : change.remainingSeconds,
    color: change.color === undefined ? before.color : change.color,
    link: change.link ?? before.link,
    updatedAt: context.now,
    version: context.tx.takeVersions(1),
  }
  await checkEvent(context, event, before)
  return event
}

/** On whose row of the timeline something shall lie: of one person, or of one team. */
export function placeOf(
  context: PlanContext,
  { person, team }: Pick<PlanMove, 'person' | 'team'>,
): Pick<PlannedEvent, 'personId' | 'teamId'> {
  if (person !== undefined && team !== undefined)
    throw invalidField('team', 'give a person or a team, not both')
  if (team !== undefined) return { personId: null, teamId: context.findTeam(team).id }
  if (person === undefined) throw invalidField('person', 'give a person, or a team')
  return { personId: context.findPerson(person).id, teamId: null }
}

function typeOf(context: PlanContext, { type, kind }: NewPlan): EventType | undefined {
  if (type !== undefined) {
    const found = context.findType(type)
    if (kind !== undefined && kind !== found.kind)
      throw invalidField('kind', `${found.name} is a ${found.kind}`)
    return found
  }
  if (kind === undefined) throw invalidField('type', 'give a type or a kind')
  return kind === 'issue' ? undefined : context.findType(systemTypeIds[kind])
}

/** Refuses what its kind cannot have, and what its person or project does not take. */
export async function checkEvent(
  context: PlanContext,
  event: PlannedEvent,
  before: PlannedEvent | null,
): Promise<void> {
  const { kind } = event
  const checks = startChecks()
  const { wrong } = checks
  if (event.to < event.from) wrong('to', `${event.to} is before ${event.from}`)
  else if (event.from < planLimits.earliestDay || event.to > planLimits.latestDay)
    wrong('from', `must lie from ${planLimits.earliestDay} to ${planLimits.latestDay}`)
  else if (periodLength(event) > planLimits.spanDays)
    wrong('to', `at most ${planLimits.spanDays} days`)
  const titleProblem = textProblem(event.title, planLimits.titleLength)
  if (titleProblem) wrong('title', titleProblem)
  if (event.title.trim() === '' && kind !== 'issue') wrong('title', 'must not be blank')
  const linkProblem = textProblem(event.link, planLimits.linkLength)
  if (linkProblem) wrong('link', linkProblem)
  else if (event.link !== '' && !/^https?:\/\//i.test(event.link))
    wrong('link', 'must begin with http:// or https://')
  if (event.color !== null && event.color !== 'None' && !eventColors.includes(event.color))
    wrong('color', `must be one of ${eventColors.join(', ')}`)
  const { secondsPerDay } = event
  if (secondsPerDay !== null) {
    if (!perDayKinds.includes(kind)) wrong('secondsPerDay', `a ${kind} has none`)
    else if (!Number.isInteger(secondsPerDay) || secondsPerDay < 0 || secondsPerDay > 86_400)
      wrong('secondsPerDay', 'must be whole seconds from 0 to 86400')
  }
  if (event.remainingSeconds !== null && !totalKinds.includes(kind))
    wrong(before ? 'remainingSeconds' : 'estimateSeconds', `a ${kind} has none`)
  checks.seconds(before ? 'remainingSeconds' : 'estimateSeconds', event.remainingSeconds)
  if (kind === 'placeholder' && event.remainingSeconds === null)
    wrong('remainingSeconds', 'must be a number')
  if (event.projectId !== null && !projectKinds.includes(kind))
    wrong('project', `a ${kind} has none`)
  if (event.teamId !== null && !teamPanelKinds.includes(kind))
    wrong('team', `a ${kind} cannot lie on the panel of a team`)
  checks.finish('The event cannot be accepted')
  if (event.personId !== null && event.personId !== before?.personId) {
    const person = await context.person(event.personId)
    if (!person.isActive) throw invalidField('person', `${person.displayName} is not active`)
  }
  await checkProject(context, event, before)
}

/** Nothing new may be planned on a project that is switched off. */
async function checkProject(
  context: PlanContext,
  event: PlannedEvent,
  before: PlannedEvent | null,
): Promise<void> {
  if (before && event.projectId === before.projectId && event.issueId === before.issueId) return
  const projectId =
    event.projectId ??
    (event.issueId === null ? null : (await context.issue(event.issueId)).projectId)
  if (projectId === null) return
  const project = await context.project(projectId)
  if (!project.isActive) throw invalidField('project', `${project.key} is not active`)
}

/** Refuses to approve what nobody approves. */
export function checkApprovable({ kind }: PlannedEvent): void {
  if (approvableKinds.includes(kind)) return
  throw new DomainError('invalid', `A ${kind} is not something to approve`, {
    problems: [{ field: 'isApproved', message: `a ${kind} is not something to approve` }],
  })
}
