import type { Day, Period } from './day.ts'
import type { IssueId } from './issue.ts'
import { type Drift, driftId } from './lock.ts'
import type { Conflict } from './mirror.ts'
import { type Actor, can, seesWorklog, type Viewer, viewerOf } from './permission.ts'
import type { PersonId } from './person.ts'
import type { Stores } from './store.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

export const versionFields = [
  'issue',
  'author',
  'startedAt',
  'timeSpentSeconds',
  'comment',
  'visibility',
] as const

export type VersionField = (typeof versionFields)[number]

/** One side's version of a worklog: what both Hourbook and a Jira keep of it. */
export type Version = Pick<
  Worklog,
  | 'issueId'
  | 'authorId'
  | 'startedAt'
  | 'offsetSeconds'
  | 'timeSpentSeconds'
  | 'comment'
  | 'visibility'
>

/**
 * A worklog of which a Jira has another version than we have. `conflict`: both sides changed it and
 * Jira's stands meanwhile. `drift`: Jira changed it while its days were locked, and ours stands.
 */
export type Divergence = {
  readonly kind: 'conflict' | 'drift'
  /** Of the conflict, or of the drift. */
  readonly id: string
  /** Null where it never came here, its days being locked already. */
  readonly worklogId: WorklogId | null
  /** Where it is shown: as we have it, and else as Jira does. */
  readonly day: Day
  readonly issueId: IssueId
  /** Null where that side has none. */
  readonly ours: Version | null
  readonly theirs: Version | null
  readonly differs: readonly VersionField[]
  readonly since: Instant
  /** Whether the actor may decide which one stands. */
  readonly canSettle: boolean
}

export const mostDivergences = 100

/** Open conflicts and drift of one person's days, of worklogs and versions the actor may see. */
export async function readDivergences(
  stores: Pick<Stores, 'mirror' | 'locks' | 'worklogs'>,
  actor: Actor,
  personId: PersonId,
  period: Period,
  known: readonly Worklog[],
): Promise<readonly Divergence[]> {
  const { siteId } = actor
  const conflicts = await stores.mirror.conflictsOf(siteId, personId, period, mostDivergences)
  const drifts = await stores.locks.driftOf(siteId, personId, period, mostDivergences)
  const held = new Map(known.map((row) => [row.id, row]))
  const ids = [...conflicts, ...drifts].flatMap(({ worklogId }) => worklogId ?? [])
  const missing = [...new Set(ids)].filter((id) => !held.has(id))
  for (const row of await stores.worklogs.getMany(siteId, missing)) held.set(row.id, row)
  const rowOf = ({ worklogId }: Pick<Divergence, 'worklogId'>) =>
    worklogId === null ? undefined : held.get(worklogId)
  const isHere = (row: Worklog | undefined) =>
    row?.deletedAt === null &&
    row.authorId === personId &&
    period.from <= row.day &&
    row.day <= period.to
  const viewer = viewerOf(actor)
  return [
    ...conflicts.flatMap((one) => ofConflict(one, rowOf(one), actor, viewer)),
    ...drifts.flatMap((one) => {
      const row = rowOf(one)
      const place = isHere(row) ? row : (one.incoming ?? row)
      return place ? ofDrift(one, row, place, actor, viewer) : []
    }),
  ]
}

function ofConflict(
  conflict: Conflict,
  row: Worklog | undefined,
  actor: Actor,
  viewer: Viewer,
): readonly Divergence[] {
  if (!row) return []
  const wanted = { ...row, ...conflict.ours }
  if (!seesWorklog(viewer, row) || !seesWorklog(viewer, wanted)) return []
  const { day, issueId, authorId: personId } = row
  const isGone = conflict.reason === 'deleted' || row.deletedAt !== null
  return [
    {
      kind: 'conflict',
      id: conflict.id,
      worklogId: row.id,
      day,
      issueId,
      ours: wanted,
      theirs: isGone ? null : row,
      differs: isGone ? [] : versionFields.filter((field) => field in conflict.ours),
      since: conflict.createdAt,
      canSettle: can(actor, 'change', { type: 'worklog', personId }),
    },
  ]
}

function ofDrift(
  drift: Drift,
  row: Worklog | undefined,
  { day, issueId }: Pick<Worklog, 'day' | 'issueId'>,
  actor: Actor,
  viewer: Viewer,
): readonly Divergence[] {
  const { incoming, personId } = drift
  const ours = row?.deletedAt === null ? row : null
  if ((row && !seesWorklog(viewer, row)) || (incoming && !seesWorklog(viewer, incoming))) return []
  return [
    {
      kind: 'drift',
      id: driftId(drift),
      worklogId: drift.worklogId,
      day,
      issueId,
      ours,
      theirs: incoming,
      differs: ours && incoming ? versionFields.filter((one) => !isSame(ours, incoming, one)) : [],
      since: drift.seenAt,
      canSettle: can(actor, 'approve', { type: 'timesheet', personId }),
    },
  ]
}

function isSame(ours: Version, theirs: Version, field: VersionField): boolean {
  switch (field) {
    case 'issue':
      return ours.issueId === theirs.issueId
    case 'author':
      return ours.authorId === theirs.authorId
    case 'visibility':
      return (
        ours.visibility?.type === theirs.visibility?.type &&
        ours.visibility?.value === theirs.visibility?.value
      )
    default:
      return ours[field] === theirs[field]
  }
}
