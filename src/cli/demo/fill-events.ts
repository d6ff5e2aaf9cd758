import { addDays, startOfWeek } from '../../domain/day.ts'
import {
  approvableKinds,
  bareEvent,
  type EventColor,
  type EventId,
  type EventKind,
  type PlannedEvent,
} from '../../domain/event.ts'
import { type EventTypeId, systemTypeIds } from '../../domain/event-type.ts'
import type { DemoEvent } from './absences.ts'
import type { FillContext, PersonOf } from './fill.ts'
import type { IssueOf, ProjectOf } from './fill-issues.ts'
import { agreedHours } from './people.ts'

const colors: Readonly<Partial<Record<EventKind, EventColor>>> = {
  vacation: 'Green',
  'sick-leave': 'Olive',
  'day-off': 'Yellow',
  placeholder: 'Silver',
}

/** Ids of the demo: the same in every demo, far from those drawn at random. */
const firstId = 4_000_000_000_000

/** Writes what lies on the timelines: events, and a few open issues laid into the next two weeks. */
export async function fillEvents(
  context: FillContext,
  personOf: PersonOf,
  projectOf: ProjectOf,
  issueOf: IssueOf,
): Promise<void> {
  const { tx, siteId, company } = context
  const rows = [
    ...company.events.map((event) => ({
      ...plainEvent(context, event, personOf),
      ...planOf(context, event, projectOf),
    })),
    ...scheduledIssues(context, personOf, issueOf),
  ]
  await tx.events.insert(
    siteId,
    rows.map((row, at) => ({ ...row, id: String(firstId + at) as EventId, uid: uidOf(at) })),
  )
  const settings = await tx.planningSettings.get(siteId)
  await tx.planningSettings.put(siteId, {
    ...settings,
    vacationDays: 30,
    isActivityTimelineOn: true,
  })
}

type Row = Omit<PlannedEvent, 'id' | 'uid'>

function plainEvent(
  { now, company }: FillContext,
  { kind, username, from, to, title }: DemoEvent,
  personOf: PersonOf,
): Row {
  const isApproved = approvableKinds.includes(kind) && from < addDays(company.today, 21)
  return {
    ...bareEvent,
    kind,
    typeId: systemTypeIds[kind] as string as EventTypeId,
    personId: personOf(username),
    from,
    to,
    title,
    color: colors[kind] ?? null,
    ...(isApproved ? { approvedById: personOf('admin'), approvedAt: now } : {}),
    createdById: personOf(username),
    createdAt: now,
    updatedAt: now,
  }
}

/** Hours, estimate and project of what is planned work. */
function planOf(
  { company }: FillContext,
  { kind, username, from, title }: DemoEvent,
  projectOf: ProjectOf,
): Partial<PlannedEvent> {
  if (kind === 'overtime') return { secondsPerDay: 4 * 3_600 }
  if (kind !== 'booking' && kind !== 'placeholder') return {}
  const person = company.people.find((one) => one.username === username)!
  const hours = agreedHours(person, from)
  const project = company.projects.find(({ name }) => title.startsWith(`${name}: `))
  const named = project
    ? { projectId: projectOf(project.key), title: title.slice(project.name.length + 2) }
    : {}
  if (kind === 'booking') return { ...named, secondsPerDay: Math.round(hours * 0.75) * 3_600 }
  const seconds = Math.max(1, Math.round(hours * 3)) * 3_600
  return { ...named, originalSeconds: seconds, remainingSeconds: seconds }
}

/** One open issue a person, from next Monday on for as many weeks as its estimate needs. */
function scheduledIssues(
  { company, now }: FillContext,
  personOf: PersonOf,
  issueOf: IssueOf,
): Row[] {
  const monday = addDays(startOfWeek(company.today), 7)
  const taken = new Set<string>()
  return company.issues.flatMap((issue) => {
    const { assignee, remainingEstimateSeconds: seconds } = issue
    const isOpen = issue.statusCategory !== 'done' && assignee !== null && (seconds ?? 0) > 0
    const person = company.people.find(({ username }) => username === assignee)
    if (!isOpen || !person?.isActive || taken.has(assignee)) return []
    taken.add(assignee)
    const weeks = Math.min(3, Math.ceil((seconds ?? 0) / (20 * 3_600)))
    return [
      {
        ...bareEvent,
        kind: 'issue' as const,
        typeId: null,
        personId: personOf(assignee),
        issueId: issueOf(issue.key).id,
        from: monday,
        to: addDays(monday, 7 * weeks - 3),
        createdById: personOf(assignee),
        createdAt: now,
        updatedAt: now,
      },
    ]
  })
}

/** A UUID that is the same in every demo. */
function uidOf(at: number): string {
  return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
}
