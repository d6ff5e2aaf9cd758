import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { GenericResourceId } from './generic-resource.ts'
import type { IssueId } from './issue.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export type AllocationId = Brand<string, 'AllocationId'>

export const recurrenceRules = ['never', 'weekly', 'bi-weekly', 'monthly'] as const

/** How often an allocation is repeated. */
export type RecurrenceRule = (typeof recurrenceRules)[number]

export const allocationStatuses = ['requested', 'approved', 'rejected'] as const

export type AllocationStatus = (typeof allocationStatuses)[number]

/** Who shall do the work. */
export type Assignee =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'resource'; readonly resourceId: GenericResourceId }

/** What the work is on. */
export type AllocationItem =
  | { readonly kind: 'issue'; readonly issueId: IssueId }
  | { readonly kind: 'project'; readonly projectId: ProjectId }

/** A wish that somebody agrees to, and what became of it. */
export type AllocationApproval = {
  readonly status: AllocationStatus
  readonly requesterId: PersonId
  readonly reviewerId: PersonId | null
  /** Who agreed or refused. */
  readonly actorId: PersonId | null
}

/** A day that differs from the rest; 0 takes it out. */
export type AllocationException = { readonly day: Day; readonly seconds: number }

/** Which days an allocation covers, and how much of them. */
export type AllocationShape = {
  /** Days of the first occurrence. */
  readonly from: Day
  readonly to: Day
  /** Whether `seconds` are for each day, or for each occurrence as a whole. */
  readonly effort: 'per-day' | 'total'
  readonly seconds: number
  readonly includesNonWorkingDays: boolean
  readonly rule: RecurrenceRule
  /** The last day of the last occurrence may be; null where nothing is repeated. */
  readonly recursUntil: Day | null
  readonly exceptions: readonly AllocationException[]
}

/** Time set aside for somebody, or for a generic resource, to work on something. */
export type Allocation = AllocationShape & {
  readonly id: AllocationId
  readonly assignee: Assignee
  readonly item: AllocationItem
  /** `HH:mm`, where the time of day matters. */
  readonly startTime: string | null
  readonly description: string | null
  readonly approval: AllocationApproval | null
  readonly createdAt: Instant
  readonly createdBy: PersonId
  readonly updatedAt: Instant
  readonly version: number
}

export type AllocationQuery = {
  readonly siteId: SiteId
  /** Some occurrence touches these days. */
  readonly period?: Period
  readonly ids?: readonly AllocationId[]
  readonly assigneeKinds?: readonly Assignee['kind'][]
  readonly itemKinds?: readonly AllocationItem['kind'][]
  readonly personIds?: readonly PersonId[]
  readonly resourceIds?: readonly GenericResourceId[]
  readonly issueIds?: readonly IssueId[]
  readonly projectIds?: readonly ProjectId[]
  readonly updatedFrom?: Instant
  /** Those of these people and of all generic resources. */
  readonly visiblePersonIds?: readonly PersonId[]
}

export interface AllocationStore {
  get(siteId: SiteId, id: AllocationId): Promise<Allocation>
  /** In id order. */
  list(
    query: AllocationQuery,
    page: { limit: number; afterId?: AllocationId },
  ): Promise<readonly Allocation[]>
  /** The same by offset, as clients page that know nothing else. */
  findPage(
    query: AllocationQuery,
    page: { limit: number; offset: number; reader: string },
  ): Promise<{ rows: readonly Allocation[]; hasMore: boolean }>
  insert(siteId: SiteId, allocation: Omit<Allocation, 'id'>): Promise<AllocationId>
  update(siteId: SiteId, allocation: Allocation): Promise<void>
  remove(siteId: SiteId, id: AllocationId): Promise<void>
}
