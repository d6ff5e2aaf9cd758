import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { EventTypeId } from './event-type.ts'
import type { IssueId } from './issue.ts'
import type { Viewer } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'
import type { PlanItem } from './workload.ts'
import type { Instant } from './zone.ts'

export type EventId = Brand<string, 'EventId'>

export const eventKinds = [
  'booking',
  'placeholder',
  'day-off',
  'vacation',
  'sick-leave',
  'holiday',
  'note',
  'overtime',
] as const

export type EventKind = (typeof eventKinds)[number]

/** `issue` is an issue with its days on somebody's timeline; everything else is an event. */
export const planKinds = [...eventKinds, 'issue'] as const

export type PlanKind = (typeof planKinds)[number]

/** Kinds that keep a person from working. */
export const absenceKinds: readonly PlanKind[] = ['vacation', 'sick-leave', 'holiday', 'day-off']

/** Kinds that may lie on a team before a person is chosen. */
export const teamPanelKinds: readonly PlanKind[] = ['note', 'booking', 'placeholder']

/** Kinds somebody approves. */
export const approvableKinds: readonly PlanKind[] = ['placeholder', 'vacation', 'booking']

export const eventColors = [
  'Red',
  'Orange',
  'Yellow',
  'Green',
  'Blue',
  'Purple',
  'Violet',
  'Livid',
  'Teal',
  'Silver',
  'Olive',
  'Gray',
] as const

export type EventColor = (typeof eventColors)[number]

/**
 * Something on the timeline, of a person or (on the panel of) a team. Absence is an event, never a
 * worklog.
 */
export type PlannedEvent = {
  readonly id: EventId
  readonly kind: PlanKind
  /** Null for issues, which have no type. */
  readonly typeId: EventTypeId | null
  /** Exactly one of person and team is set. */
  readonly personId: PersonId | null
  readonly teamId: TeamId | null
  /** The issue itself, or the issue a placeholder stands for. */
  readonly issueId: IssueId | null
  readonly projectId: ProjectId | null
  readonly title: string
  readonly from: Day
  readonly to: Day
  /** Seconds on each working day; null where a total counts, or the whole day. */
  readonly secondsPerDay: number | null
  /** Estimates over the whole span; null for an issue that goes by its own estimates. */
  readonly originalSeconds: number | null
  readonly remainingSeconds: number | null
  /** `None` was chosen, null never was. */
  readonly color: EventColor | 'None' | null
  /** A UUID: part of the key events show where issues show theirs. */
  readonly uid: string
  readonly link: string
  readonly approvedById: PersonId | null
  readonly approvedAt: Instant | null
  readonly createdById: PersonId | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** Everything an event may lack, lacking. */
export const bareEvent = {
  teamId: null,
  issueId: null,
  projectId: null,
  title: '',
  secondsPerDay: null,
  originalSeconds: null,
  remainingSeconds: null,
  color: null,
  link: '',
  approvedById: null,
  approvedAt: null,
  createdById: null,
  version: 0,
} as const satisfies Partial<PlannedEvent>

/** An event with the names every list shows. */
export type EventView = PlannedEvent & {
  /** Name of its type; `Issue` for issues. */
  readonly typeName: string
  readonly person: EventPerson | null
  readonly team: { readonly id: TeamId; readonly name: string } | null
  readonly project: { readonly id: ProjectId; readonly key: string; readonly name: string } | null
  readonly issue: EventIssue | null
  readonly approvedBy: EventPerson | null
  /** What is still to do, by the event itself or else by its issue. */
  readonly effectiveRemainingSeconds: number
  readonly effectiveOriginalSeconds: number
}

export type EventPerson = {
  readonly id: PersonId
  readonly accountId: string
  readonly username: string | null
  readonly displayName: string
}

export type EventIssue = {
  readonly id: IssueId
  readonly jiraId: string
  readonly key: string
  readonly summary: string
  readonly dueDay: Day | null
  readonly status: string | null
}

/** Which events: plain data, all conditions hold together; an empty list means nothing matches. */
export type EventQuery = {
  readonly siteId: SiteId
  readonly viewer: Viewer
  /** Events that share a day with it. */
  readonly period?: Partial<Period>
  readonly personIds?: readonly PersonId[]
  /** On the panel of one of these teams. */
  readonly panelTeamIds?: readonly TeamId[]
  readonly kinds?: readonly PlanKind[]
  readonly typeIds?: readonly EventTypeId[]
  readonly projectIds?: readonly ProjectId[]
  readonly issueIds?: readonly IssueId[]
  readonly isApproved?: boolean
  /** Leaves out issues of projects that are switched off. */
  readonly skipsInactiveProjects?: boolean
}

export type EventPage = {
  readonly limit: number
  readonly after?: { readonly from: Day; readonly id: EventId }
}

/** One person's part of what figures are computed from. */
export type PersonPlanItem = PlanItem & { readonly personId: PersonId }

/** What one version of the site changed of one event: null before it was there, null once gone. */
export type EventChange = {
  readonly version: number
  readonly eventId: EventId
  readonly actorId: PersonId
  readonly at: Instant
  readonly before: PlannedEvent | null
  readonly after: PlannedEvent | null
}

export interface EventStore {
  /** Reads as if these events stood so, null being gone; writes go to what is stored. */
  overlaid(siteId: SiteId, states: ReadonlyMap<EventId, PlannedEvent | null>): EventStore
  getMany(siteId: SiteId, ids: readonly EventId[]): Promise<readonly PlannedEvent[]>
  views(siteId: SiteId, ids: readonly EventId[]): Promise<readonly EventView[]>
  /** By first day, then id. */
  find(query: EventQuery, page: EventPage): Promise<readonly EventView[]>
  /** Everything that meets the period, and every absence that meets a span reaching beyond it. */
  itemsOf(
    siteId: SiteId,
    personIds: readonly PersonId[],
    period: Period,
  ): Promise<readonly PersonPlanItem[]>
  /** Absences of these people that meet the period. */
  absencesOf(
    siteId: SiteId,
    personIds: readonly PersonId[],
    period: Period,
  ): Promise<readonly PersonPlanItem[]>
  insert(siteId: SiteId, events: readonly PlannedEvent[]): Promise<void>
  update(siteId: SiteId, events: readonly PlannedEvent[]): Promise<void>
  remove(siteId: SiteId, ids: readonly EventId[]): Promise<void>
  keepChanges(siteId: SiteId, changes: readonly EventChange[]): Promise<void>
  findChanges(siteId: SiteId, versions: readonly number[]): Promise<readonly EventChange[]>
}
