import type { Lock } from './lock.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import type { Worklog, WorklogId } from './worklog.ts'
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

/** Locks over those of the worklogs that are approved one by one. */
export async function approvedLocks(
  stores: Pick<Stores, 'worklogApprovals'>,
  siteId: SiteId,
  worklogs: readonly Pick<Worklog, 'id' | 'authorId' | 'day'>[],
): Promise<Lock[]> {
  const approvals = await stores.worklogApprovals.find(
    siteId,
    worklogs.map(({ id }) => id),
  )
  const approved = new Set(approvals.map(({ worklogId }) => worklogId))
  return worklogs
    .filter(({ id }) => approved.has(id))
    .map(({ id, authorId, day }) => ({
      reason: 'worklog-approved',
      personId: authorId,
      from: day,
      to: day,
      worklogId: id,
    }))
}
