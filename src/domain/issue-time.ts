import type { Issue, IssueId, IssueTouch } from './issue.ts'
import { ownConnection, type SiteId } from './site.ts'
import type { Writing } from './store.ts'
import type { EstimateChange } from './worklog-book.ts'
import type { Instant } from './zone.ts'

/** What one write of a worklog means for an issue: seconds more or less, and what it wishes. */
export type TimeEffect = {
  readonly issueId: IssueId
  readonly spentSeconds: number
  readonly estimate: EstimateChange | undefined
  readonly isRemoval: boolean
}

/**
 * Carries written time over to the issues, in the order of the writes. An issue was changed by it,
 * so it is as young as the write. One that a connected Jira tells of keeps its age and its estimate,
 * as those are that Jira's to say; its total is moved along until that Jira tells a new one.
 */
export async function applyTimeEffects(
  tx: Writing,
  siteId: SiteId,
  issueOf: (id: IssueId) => Issue,
  effects: readonly TimeEffect[],
  now: Instant,
): Promise<void> {
  const touches = new Map<IssueId, IssueTouch>()
  const isForeign = ({ issueId }: TimeEffect) => issueOf(issueId).connectionId !== ownConnection
  const linked = new Set(
    effects.some(isForeign) ? (await tx.links.list(siteId)).map((one) => one.connectionId) : [],
  )
  for (const effect of effects) {
    const { issueId, spentSeconds } = effect
    const issue = issueOf(issueId)
    const isOwn = !linked.has(issue.connectionId)
    if (!isOwn && issue.reportedTimeSpentSeconds === null) continue
    const before = touches.get(issueId) ?? {
      id: issueId,
      updatedAt: isOwn ? now : null,
      remainingEstimateSeconds: issue.remainingEstimateSeconds,
      reportedTimeSpentSeconds: issue.reportedTimeSpentSeconds,
    }
    const { remainingEstimateSeconds: remaining, reportedTimeSpentSeconds: reported } = before
    touches.set(issueId, {
      ...before,
      remainingEstimateSeconds: isOwn ? remainingAfter(remaining, effect) : remaining,
      reportedTimeSpentSeconds: reported === null ? null : Math.max(0, reported + spentSeconds),
    })
  }
  await tx.issues.touch(siteId, [...touches.values()])
}

/** An estimate nobody gave stays away, unless one is set. */
function remainingAfter(
  remaining: number | null,
  { spentSeconds, estimate, isRemoval }: TimeEffect,
): number | null {
  if (estimate === undefined || estimate.mode === 'leave') return remaining
  const isNew = estimate.mode === 'new'
  if (remaining === null && !isNew) return null
  const seconds = 'seconds' in estimate ? estimate.seconds : spentSeconds
  if (isNew) return seconds
  const isAdded = isRemoval && estimate.mode === 'manual'
  return Math.max(0, (remaining ?? 0) + (isAdded ? seconds : -seconds))
}
