import type { Day } from './day.ts'
import type { Actor } from './permission.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { Worklog } from './worklog.ts'
import type { Instant } from './zone.ts'

/** What one cycle did: the line an administrator reads. */
export type SyncCounters = {
  readonly requests: number
  readonly new: number
  readonly changed: number
  readonly deleted: number
  readonly gone: number
  readonly drift: number
  readonly suspects: number
  readonly issues: number
  readonly throttled: number
  readonly ms: number
}

/** How far one connection has been read. Times are Jira's own, in epoch milliseconds. */
export type SyncState = {
  readonly phase: 'new' | 'backfill' | 'ready'
  /** `issue`: the feeds do not work for this account, so issues are searched instead. */
  readonly mode: 'feed' | 'issue'
  readonly updatedCursor: number
  readonly deletedCursor: number
  readonly issueCursor: number
  /** Year the issue-driven backfill stands at, and null when it is through. */
  readonly issueYear: number | null
  readonly serverZone: string | null
  readonly accountZone: string | null
  /** Feed requests in a row that failed for good. */
  readonly feedFailures: number
  /** A full page of rows of one millisecond was met: projects must be swept. */
  readonly needsSweep: boolean
  /** Jira ids of the projects the account could browse at the last reconciliation. */
  readonly visibleProjects: readonly string[]
  /** Jira ids of the chosen projects that what is held goes by; null: all of them. */
  readonly takenProjects: readonly string[] | null
  readonly catalogueAt: Instant | null
  /** When all groups were last read whole, and when any of them were asked for. */
  readonly groupsAt: Instant | null
  readonly groupsCheckedAt: Instant | null
  /** Why who is in which group is not known. */
  readonly groupsTrouble: string | null
  readonly reconciledAt: Instant | null
  readonly censusAt: Instant | null
  /** Which twelfth of the older issues comes next. */
  readonly part: number
  /** Why an administrator must act before anything goes on; null while all is well. */
  readonly stoppedReason: string | null
  readonly lastError: string | null
  readonly lastErrorAt: Instant | null
  readonly lastCycleAt: Instant | null
  readonly counters: SyncCounters | null
}

export const freshSyncState: SyncState = {
  phase: 'new',
  mode: 'feed',
  updatedCursor: 0,
  deletedCursor: 0,
  issueCursor: 0,
  issueYear: null,
  serverZone: null,
  accountZone: null,
  feedFailures: 0,
  needsSweep: false,
  visibleProjects: [],
  takenProjects: null,
  catalogueAt: null,
  groupsAt: null,
  groupsCheckedAt: null,
  groupsTrouble: null,
  reconciledAt: null,
  censusAt: null,
  part: 0,
  stoppedReason: null,
  lastError: null,
  lastErrorAt: null,
  lastCycleAt: null,
  counters: null,
}

export type Lease = { readonly owner: string; readonly until: Instant }

/** A worklog announced as updated that nobody showed, and for how many cycles now. */
export type Suspect = { readonly jiraId: string; readonly cycles: number }

/** What is remembered of an issue: when it was described, and Jira's total beyond our sum. */
export type IssueMark = {
  readonly jiraId: string
  readonly isWanted: boolean
  readonly describedAt: Instant | null
  readonly gapSeconds: number | null
}

/** Live rows held of one issue. */
export type HeldRows = { readonly count: number; readonly seconds: number }

export type Hint = { readonly kind: 'worklog' | 'issue'; readonly jiraId: string }

export type Incident = {
  readonly id: string
  readonly connectionId: ConnectionId
  readonly kind: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  readonly at: Instant
}

export interface SyncStore {
  get(siteId: SiteId, id: ConnectionId): Promise<SyncState>
  /** Writes the state and renews the lease; false when the lease is somebody else's by now. */
  put(siteId: SiteId, id: ConnectionId, state: SyncState, lease: Lease): Promise<boolean>
  /** Changes the state whoever reads at the moment: an administrator's word. */
  override(siteId: SiteId, id: ConnectionId, change: Partial<SyncState>): Promise<void>
  findLease(siteId: SiteId, id: ConnectionId): Promise<Lease | undefined>
  /** Takes or renews the lease; false while another owner's has not run out. */
  takeLease(siteId: SiteId, id: ConnectionId, lease: Lease, at: Instant): Promise<boolean>
  releaseLease(siteId: SiteId, id: ConnectionId, owner: string): Promise<void>
  /** Ends every lease of the site: the processes that held them are known to be dead. */
  endLeases(siteId: SiteId): Promise<void>

  listSuspects(siteId: SiteId, id: ConnectionId): Promise<readonly Suspect[]>
  putSuspects(siteId: SiteId, id: ConnectionId, suspects: readonly Suspect[]): Promise<void>
  removeSuspects(siteId: SiteId, id: ConnectionId, jiraIds: readonly string[]): Promise<void>

  findMarks(
    siteId: SiteId,
    id: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<readonly IssueMark[]>
  putMarks(siteId: SiteId, id: ConnectionId, marks: readonly IssueMark[]): Promise<void>
  listWanted(siteId: SiteId, id: ConnectionId, limit: number): Promise<readonly string[]>
  /** Those of the issues whose worklogs are left out, as their project is not chosen. */
  findOutside(
    siteId: SiteId,
    id: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<ReadonlySet<string>>
  putOutside(
    siteId: SiteId,
    id: ConnectionId,
    jiraIds: readonly string[],
    isOutside: boolean,
  ): Promise<void>
  /** Every known issue outside the chosen projects is one to leave out from now on. */
  putUnchosen(siteId: SiteId, id: ConnectionId, projectIds: readonly string[]): Promise<void>
  /** Jira ids of live rows outside the chosen projects. */
  listUnchosen(
    siteId: SiteId,
    id: ConnectionId,
    projectIds: readonly string[],
    after: string,
    limit: number,
  ): Promise<readonly string[]>
  countUnchosen(siteId: SiteId, id: ConnectionId, projectIds: readonly string[]): Promise<number>

  /** Live rows by the Jira id of their issue; issues without any are left out. */
  countByIssue(
    siteId: SiteId,
    id: ConnectionId,
    issueJiraIds: readonly string[],
  ): Promise<ReadonlyMap<string, HeldRows>>
  /** Jira ids of issues with rows, gone ones too: since a day, or one part of twelve before it. */
  listIssues(
    siteId: SiteId,
    id: ConnectionId,
    which: IssueWindow,
    after: string,
    limit: number,
  ): Promise<readonly string[]>
  liveOfIssues(
    siteId: SiteId,
    id: ConnectionId,
    issueJiraIds: readonly string[],
  ): Promise<readonly (Worklog & { issueJiraId: string })[]>
  countLive(siteId: SiteId, id: ConnectionId): Promise<number>

  addHints(siteId: SiteId, id: ConnectionId, hints: readonly Hint[], at: Instant): Promise<void>
  listHints(siteId: SiteId, id: ConnectionId, limit: number): Promise<readonly Hint[]>
  removeHints(siteId: SiteId, id: ConnectionId, hints: readonly Hint[]): Promise<void>
  /** False when this delivery was noted before. */
  noteDelivery(siteId: SiteId, id: ConnectionId, delivery: string, at: Instant): Promise<boolean>

  noteIncident(siteId: SiteId, incident: Omit<Incident, 'id'>): Promise<void>
  listIncidents(siteId: SiteId, id: ConnectionId, limit: number): Promise<readonly Incident[]>
}

export type IssueWindow = {
  /** Issues with rows on this day or later. */
  readonly since?: Day
  /** Issues whose rows all lie before it, every twelfth of them. */
  readonly part?: number
  readonly before?: Day
}

/** How far a reading that is under way in this process has come. */
export type SyncProgress = {
  readonly step: string
  readonly startedAt: Instant
  /** Worklogs that have arrived, known ones among them. */
  readonly rows: number
  readonly rowsPerSecond: number
  readonly requests: number
  /** When the newest of them was changed in the Jira; null before the first page. */
  readonly readUpTo: Instant | null
  /** A guess from the time read through so far; null where nothing can be said. */
  readonly secondsLeft: number | null
}

/** What the next cycle would take in, as far as one page of each feed shows it. */
export type DryRun = {
  readonly user: string
  readonly version: string
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly deleted: number
  /** Whether more would follow. */
  readonly isMore: boolean
  /** A few of those that are new or changed. */
  readonly samples: readonly {
    readonly jiraId: string
    readonly author: string
    readonly startedAt: Instant
    readonly timeSpentSeconds: number
    readonly comment: string
  }[]
}

/** Looking at the reading of connections, and beginning it by hand. */
export type SyncDesk = {
  /** What is under way here; null while nothing is. */
  progress(connectionId: ConnectionId): SyncProgress | null
  /** Begins to read; it goes on after this has answered. Throws `conflict` while it is being read. */
  start(actor: Actor, name: string, isFull: boolean): Promise<void>
  /** Asks the Jira and writes nothing. */
  dryRun(actor: Actor, name: string): Promise<DryRun>
}
