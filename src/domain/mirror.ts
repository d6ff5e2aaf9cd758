import type { Period } from './day.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { Visibility, Worklog, WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/** Property that tells a row of ours in a Jira: which write made it, and for whom. */
export const originProperty = 'hourbook.origin'

/** What a Jira keeps of a worklog and both sides can change. */
export type MirrorFields = {
  readonly startedAt: Instant
  readonly timeSpentSeconds: number
  readonly comment: string
  readonly visibility: Visibility | null
}

export type MirrorField = keyof MirrorFields

export const mirrorFields = [
  'startedAt',
  'timeSpentSeconds',
  'comment',
  'visibility',
] as const satisfies readonly MirrorField[]

/** A write on its way to a Jira, kept from before it is sent until its end is known. */
export type Intent = {
  readonly uid: string
  readonly connectionId: ConnectionId
  readonly kind: 'log' | 'change' | 'remove'
  readonly issueJiraId: string
  /** Known from the beginning but for a new row. */
  readonly jiraId: string | null
  /** Whose time it is. */
  readonly personId: PersonId
  /** The row as it shall be. */
  readonly wanted: Worklog
  readonly createdAt: Instant
}

/** An intent with what became of it. */
export type KnownIntent = { readonly intent: Intent; readonly state: 'open' | 'done' | 'undone' }

/** Both sides changed the same, or Jira deleted what was changed here. Jira won meanwhile. */
export type Conflict = {
  readonly id: string
  readonly connectionId: ConnectionId
  readonly worklogId: WorklogId | null
  readonly jiraId: string
  readonly personId: PersonId
  readonly reason: 'changed' | 'deleted'
  readonly ours: Partial<MirrorFields>
  readonly theirs: Partial<MirrorFields> | null
  readonly createdAt: Instant
  readonly resolvedAt: Instant | null
  readonly resolution: 'ours' | 'theirs' | null
}

/** Use cases on what both sides changed: see what lost, and decide. */
export type Conflicts = {
  /** Open conflicts of those whose time the actor may change. */
  list(actor: Actor): Promise<readonly Conflict[]>
  /** `ours` writes our value again, over Jira's; `theirs` leaves things as they are. */
  resolve(actor: Actor, id: string, resolution: 'ours' | 'theirs'): Promise<void>
}

export interface MirrorStore {
  /** Notes an intent that is the sender's until `until`. */
  open(siteId: SiteId, intent: Intent, until: Instant): Promise<void>
  find(siteId: SiteId, uid: string): Promise<KnownIntent | undefined>
  /** Keeps an open intent the sender's for longer, or gives it up. */
  renew(siteId: SiteId, uid: string, until: Instant): Promise<void>
  /** Takes an intent that nobody is at any more; false while somebody is, or when it is done. */
  takeOver(siteId: SiteId, uid: string, at: Instant, until: Instant): Promise<boolean>
  /** Nobody is at any intent: the only process that could be is this one, and it has just begun. */
  endLeases(siteId: SiteId, at: Instant): Promise<void>
  finish(
    siteId: SiteId,
    uid: string,
    end: { state: 'done' | 'undone'; jiraId: string | null; error: string | null; at: Instant },
  ): Promise<void>
  listOpen(siteId: SiteId, connectionId: ConnectionId): Promise<readonly Intent[]>
  /** Of these rows of a Jira, the ones that a write of ours is known to have made. */
  findLinked(
    siteId: SiteId,
    connectionId: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<ReadonlySet<string>>
  addConflict(
    siteId: SiteId,
    conflict: Omit<Conflict, 'id' | 'resolvedAt' | 'resolution'>,
  ): Promise<void>
  listConflicts(siteId: SiteId, limit: number): Promise<readonly Conflict[]>
  /** Open ones over worklogs of this person's days, deleted ones too, oldest first. */
  conflictsOf(
    siteId: SiteId,
    personId: PersonId,
    period: Period,
    limit: number,
  ): Promise<readonly Conflict[]>
  getConflict(siteId: SiteId, id: string): Promise<Conflict>
  resolveConflict(
    siteId: SiteId,
    id: string,
    resolution: 'ours' | 'theirs',
    at: Instant,
  ): Promise<void>
}

export type Merge = {
  /** What to write: our changes where the other side did not change the same. */
  readonly send: Partial<MirrorFields>
  /** Our changes that lost, with what stands there instead. */
  readonly ours: Partial<MirrorFields>
  readonly theirs: Partial<MirrorFields>
}

/** Three-way merge by field: disjoint changes both hold; where both changed one, Jira wins. */
export function mergeFields(base: MirrorFields, ours: MirrorFields, theirs: MirrorFields): Merge {
  const merge = { send: {}, ours: {}, theirs: {} } as Record<keyof Merge, Record<string, unknown>>
  for (const field of mirrorFields) {
    const isOurs = !isSame(base[field], ours[field])
    const isTheirs = !isSame(base[field], theirs[field])
    if (!isOurs || isSame(ours[field], theirs[field])) continue
    if (!isTheirs) merge.send[field] = ours[field]
    else {
      merge.ours[field] = ours[field]
      merge.theirs[field] = theirs[field]
    }
  }
  return merge as Merge
}

/** Jira counts in minutes: to the nearest one, and at least one. */
export function wholeMinutes(seconds: number): number {
  return Math.max(60, Math.round(seconds / 60) * 60)
}

function isSame(a: MirrorFields[MirrorField], b: MirrorFields[MirrorField]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return a === b
  return a.type === b.type && a.value === b.value
}
