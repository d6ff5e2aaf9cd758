import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/** A single worklog somebody agreed to; it stands still until that is taken back. */
export type WorklogApproval = {
  readonly worklogId: WorklogId
  /** Null where a system approved, not a person. */
  readonly approvedById: PersonId | null
  readonly approvedAt: Instant
}

export interface WorklogApprovalStore {
  find(siteId: SiteId, worklogIds: readonly WorklogId[]): Promise<readonly WorklogApproval[]>
  put(siteId: SiteId, approvals: readonly WorklogApproval[]): Promise<void>
  remove(siteId: SiteId, worklogIds: readonly WorklogId[]): Promise<void>
}
