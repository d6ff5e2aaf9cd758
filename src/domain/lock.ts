import type { Day, Period } from './day.ts'
import { DomainError } from './errors.ts'
import type { PersonId, PersonRef } from './person.ts'
import type { SiteId } from './site.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/**
 * Days whose worklogs stand still: a closed period for everybody (`personId` null), or one
 * person's approved timesheet; or a single worklog that somebody approved.
 */
export type Lock = {
  readonly reason: 'period-closed' | 'timesheet-approved' | 'worklog-approved'
  readonly personId: PersonId | null
  readonly from: Day
  readonly to: Day
  /** Holds this one worklog only; the days are its own. */
  readonly worklogId?: WorklogId
}

/** Who locked, and when; null where it was a system, or nobody noted it. */
export type LockedBy = {
  readonly by: Pick<PersonRef, 'id' | 'displayName'> | null
  readonly at: Instant | null
}

/** The lock that covers this person's day, if any. The one rule every surface goes through. */
export function lockOver<L extends Lock>(
  locks: readonly L[],
  personId: PersonId,
  day: Day,
  worklogId?: WorklogId,
): L | undefined {
  return locks.find((lock) =>
    lock.worklogId !== undefined
      ? lock.worklogId === worklogId
      : lock.from <= day &&
        day <= lock.to &&
        (lock.personId === null || lock.personId === personId),
  )
}

const whyLocked = {
  'period-closed': 'the period is closed',
  'timesheet-approved': 'the timesheet is approved',
  'worklog-approved': 'the worklog is approved',
} as const satisfies Record<Lock['reason'], string>

/** Throws `locked`, saying which days and why. */
export function checkUnlocked(
  locks: readonly Lock[],
  personId: PersonId,
  day: Day,
  worklogId?: WorklogId,
): void {
  const lock = lockOver(locks, personId, day, worklogId)
  if (!lock) return
  const why = whyLocked[lock.reason]
  throw new DomainError('locked', `${day} cannot change: ${why} (${lock.from} to ${lock.to})`, {
    lock: { reason: lock.reason, from: lock.from, to: lock.to },
  })
}

/**
 * A change from Jira into locked days. The locked numbers stay as they are; what Jira says is kept
 * beside them until somebody settles it. `incoming` is null where Jira deleted the row.
 */
export type Drift = {
  readonly connectionId: number
  readonly jiraId: string
  readonly copy: number
  readonly worklogId: WorklogId | null
  readonly personId: PersonId
  readonly day: Day
  readonly incoming: Omit<Worklog, 'id' | 'version' | 'createdVersion'> | null
  readonly seenAt: Instant
}

/** The row of its source a drift is about. */
export type DriftKey = Pick<Drift, 'connectionId' | 'jiraId' | 'copy'>

/** The name of a drift outside. */
export function driftId({ connectionId, jiraId, copy }: DriftKey): string {
  return `${connectionId}-${jiraId}-${copy}`
}

/** `applied` once its days were opened again, `dismissed` when somebody let the numbers stand. */
export type DriftSettlement = {
  readonly how: 'applied' | 'dismissed'
  readonly at: Instant
  readonly personId: PersonId | null
  readonly comment: string
}

export type ToldLock = Lock & LockedBy

export interface LockStore {
  /** Locks that touch any day from `from` to `to`. */
  find(siteId: SiteId, from: Day, to: Day): Promise<readonly Lock[]>
  /** The same for one person, with who locked and when; closed periods first. */
  tell(siteId: SiteId, personId: PersonId, from: Day, to: Day): Promise<readonly ToldLock[]>
  closePeriod(siteId: SiteId, from: Day, to: Day, at: Instant): Promise<void>
  reopenPeriod(siteId: SiteId, from: Day, to: Day): Promise<void>
  /**
   * Replaces what was kept for the same source row, unless that is newer; returns how many differ
   * from before.
   */
  keepDrift(siteId: SiteId, drift: readonly Drift[]): Promise<number>
  /** What is not settled yet; of one row where a `key` is given. */
  listDrift(siteId: SiteId, limit: number, key?: DriftKey): Promise<readonly Drift[]>
  /** What is not settled yet and lies, or lay, on days of this person. */
  driftOf(
    siteId: SiteId,
    personId: PersonId,
    period: Period,
    limit: number,
  ): Promise<readonly Drift[]>
  settleDrift(siteId: SiteId, keys: readonly DriftKey[], settlement: DriftSettlement): Promise<void>
}
