import { canonicalJson } from './audit.ts'
import { addDays } from './day.ts'
import type { IssueOf } from './ingest-issues.ts'
import type { PersonIdOf } from './ingest-people.ts'
import type { IngestContext, LiveReading, SourceBatch, SourceWorklog } from './ingest-source.ts'
import type { IssueId } from './issue.ts'
import { type Drift, lockOver } from './lock.ts'
import { originProperty } from './mirror.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import { approvedLocks } from './worklog-approval.ts'
import { isTimeZone, localIn, localOf } from './zone.ts'

/**
 * A row of the batch: stored, or to be inserted, or to be written over; or kept beside the locked
 * days it would have fallen into, and then only holding its place among rows of the same id.
 */
type Row = { worklog: Worklog; state: 'stored' | 'new' | 'changed' | 'drift' }

type Candidate = Omit<Worklog, 'id' | 'version' | 'createdVersion' | 'copy'>

/** Stores the worklogs of a batch, those inside issues and those shown alone. */
export async function ingestWorklogs(
  context: IngestContext,
  batch: SourceBatch,
  personIdOf: PersonIdOf,
  issueOf: IssueOf,
): Promise<void> {
  const { tx, siteId, connection, counts } = context
  const lists = [
    ...batch.issues.map((issue) =>
      issue.worklogs.map((worklog) => ({ ...worklog, issueId: issue.id })),
    ),
    batch.worklogs.filter((worklog) => worklog.issueId !== undefined),
  ].filter((list) => list.length > 0)
  if (lists.length === 0) return
  const zones = await zonesOf(context, lists.flat(), personIdOf)
  const rows = await loadRows(context, lists.flat())
  const locks = await findLocks(context, lists.flat(), [...rows.values()].flat())
  const drift = new Map<string, Drift>()
  // A row shown twice in a batch, beside its issue and in a list, still is one row.
  const counted = new Set<string>()
  const placeOf = (jiraId: string, issueId: IssueId) => `${jiraId} ${issueId}`
  const shown = new Set(
    lists.flat().map((source) => placeOf(source.id, issueOf(source.issueId!).id)),
  )

  for (const list of lists) {
    const entries = new Map<string, Candidate[]>()
    for (const source of list) {
      const issue = issueOf(source.issueId!)
      const place = placeOf(source.id, issue.id)
      const candidate = fromSource(source, context, issue, personIdOf, zones)
      entries.set(place, [...(entries.get(place) ?? []), candidate])
    }
    for (const candidates of entries.values()) {
      const { jiraId, issueId } = candidates[0]!
      const same = rows.get(jiraId) ?? []
      rows.set(jiraId, same)
      const here = same.filter((row) => row.worklog.issueId === issueId)
      if (context.live) {
        for (const candidate of candidates) take(same[0], same, candidate)
      } else if (here.length === 0) {
        const isAlone = ({ worklog }: Row) => !shown.has(placeOf(jiraId, worklog.issueId))
        for (const candidate of candidates)
          take(movedRow(same, candidate, isAlone), same, candidate)
      } else {
        const matches = matchingRows(here, candidates)
        candidates.forEach((candidate, at) => {
          take(matches[at], same, candidate)
        })
      }
    }
  }

  function take(row: Row | undefined, same: Row[], candidate: Candidate): void {
    const before = row?.worklog
    const after = merged(before, candidate)
    const copy = before?.copy ?? freeCopy(same)
    const name = `${candidate.jiraId} ${copy}`
    const isFirst = !counted.has(name)
    counted.add(name)
    if (isFirst) counts.seconds += candidate.timeSpentSeconds
    if (before && (isStale(before, candidate, context.live) || sameContent(before, after))) {
      if (isFirst) counts.worklogs.unchanged += 1
      return
    }
    if (
      lockOver(locks, after.authorId, after.day) ||
      (before &&
        before.deletedAt === null &&
        lockOver(locks, before.authorId, before.day, before.id))
    ) {
      const worklogId = before && row.state !== 'drift' ? before.id : null
      keepAside({ ...after, copy }, worklogId)
      const held = { ...after, id: '' as WorklogId, copy, version: 0, createdVersion: 0 }
      if (!before) same.push({ state: 'drift', worklog: held })
      return
    }
    const version = tx.takeVersions(1)
    if (before && before.issueId !== after.issueId) noteMove(context, before, after)
    if (row && before) {
      if (row.state === 'stored') counts.worklogs.changed += 1
      row.worklog = { ...before, ...after, version }
      row.state = row.state === 'new' ? 'new' : 'changed'
      return
    }
    counts.worklogs.new += 1
    const id = `new ${version}` as WorklogId
    same.push({ state: 'new', worklog: { ...after, id, copy, version, createdVersion: version } })
  }

  function keepAside(incoming: Candidate & { copy: number }, worklogId: WorklogId | null): void {
    const { jiraId, copy } = incoming
    drift.set(`${jiraId} ${copy}`, {
      connectionId: connection.id,
      jiraId,
      copy,
      worklogId,
      personId: incoming.authorId,
      day: incoming.day,
      incoming,
      seenAt: context.at,
    })
  }

  const all = [...rows.values()].flat()
  await tx.worklogs.insert(
    siteId,
    all.filter((row) => row.state === 'new').map((row) => row.worklog),
  )
  await tx.worklogs.update(
    siteId,
    all.filter((row) => row.state === 'changed').map((row) => row.worklog),
  )
  counts.worklogs.drift += await tx.locks.keepDrift(siteId, [...drift.values()])
}

/**
 * Which rows under their issue the shown worklogs are. Jira's ids are unique, but exports exist
 * that repeat one, even within an issue: there the one that looks the same is it, and among those
 * left over the n-th shown is the n-th held.
 */
function matchingRows(
  here: readonly Row[],
  candidates: readonly Candidate[],
): readonly (Row | undefined)[] {
  const free = [...here].sort((a, b) => a.worklog.copy - b.worklog.copy)
  const claim = (isIt: (row: Row) => boolean): Row | undefined => {
    const at = free.findIndex(isIt)
    return at < 0 ? undefined : free.splice(at, 1)[0]
  }
  const alike = candidates.map((candidate) =>
    claim(
      ({ worklog }) =>
        worklog.startedAt === candidate.startedAt &&
        worklog.createdAt === candidate.createdAt &&
        worklog.timeSpentSeconds === candidate.timeSpentSeconds,
    ),
  )
  return alike.map((row) => row ?? claim(() => true))
}

/**
 * The row under another issue that a worklog was before it moved, told by its unchanged creation.
 * Jira can move one without touching its `updated`; but where the batch shows it under both issues
 * and equally new, they are two that share an id.
 */
function movedRow(
  elsewhere: readonly Row[],
  candidate: Candidate,
  isAlone: (row: Row) => boolean,
): Row | undefined {
  return elsewhere.find(
    (row) =>
      row.state !== 'drift' &&
      row.worklog.createdAt === candidate.createdAt &&
      row.worklog.authorId === candidate.authorId &&
      (row.worklog.updatedAt !== candidate.updatedAt || (row.state === 'stored' && isAlone(row))),
  )
}

/** Jira moves worklogs without an event of its own, so the audit is the only trace of it. */
function noteMove({ tx, at, connection }: IngestContext, before: Worklog, after: Candidate): void {
  tx.note({
    at,
    actorId: null,
    via: `connection ${connection.name}`,
    action: 'worklog.move',
    objectType: 'worklog',
    objectId: before.id,
    before: { issueId: before.issueId },
    after: { issueId: after.issueId },
  })
}

/** Our own change or deletion since stands until the source shows something newer. */
function isStale(before: Worklog, candidate: Candidate, live: LiveReading | undefined): boolean {
  const isOlder = candidate.updatedAt < before.updatedAt
  // The Jira itself is right whatever its clocks say, unless we wrote since it was asked.
  if (live) return before.version > live.sinceVersion && (before.deletedAt !== null || isOlder)
  return before.deletedAt === null ? isOlder : candidate.updatedAt <= before.deletedAt
}

/** What the source says, with what only we know kept: billable time, category, attributes, the day. */
function merged(before: Worklog | undefined, candidate: Candidate): Candidate {
  if (!before) return candidate
  const isSameTime = before.startedAt === candidate.startedAt
  const origin = before.properties[originProperty] as { personId?: string } | undefined
  return {
    ...candidate,
    ...(origin ? { properties: { ...candidate.properties, [originProperty]: origin } } : {}),
    // Written by a service account for somebody: there it is the account's, here that person's.
    ...(origin?.personId === undefined ? {} : { authorId: before.authorId }),
    // Jira says who wrote last; where our write was the last, we know it better.
    ...(origin && before.updatedAt === candidate.updatedAt
      ? { updateAuthorId: before.updateAuthorId }
      : {}),
    billableSeconds: before.billableSeconds,
    category: before.category,
    attributes: before.attributes,
    day: isSameTime ? before.day : candidate.day,
    startTime: isSameTime ? before.startTime : candidate.startTime,
    offsetSeconds: isSameTime ? before.offsetSeconds : candidate.offsetSeconds,
  }
}

function sameContent(before: Worklog, after: Candidate): boolean {
  const { id, version, createdVersion, copy, ...rest } = before
  return canonicalJson(rest) === canonicalJson(after)
}

function freeCopy(same: readonly Row[]): number {
  const taken = new Set(same.map((row) => row.worklog.copy))
  let copy = 0
  while (taken.has(copy)) copy += 1
  return copy
}

function fromSource(
  source: SourceWorklog,
  { connection }: IngestContext,
  issue: { id: IssueId; projectId: Worklog['projectId'] },
  personIdOf: PersonIdOf,
  zones: ReadonlyMap<string, string>,
): Candidate {
  const authorId = personIdOf(source.author)
  const told = source.author?.timeZone
  const zone = told !== undefined && isTimeZone(told) ? told : zones.get(authorId)
  const { instant, offsetSeconds } = source.started
  // Jira writes an offset of the reader's choice; the day is the author's where the zone is known.
  const local =
    zone === undefined
      ? { ...localOf(instant, offsetSeconds), offsetSeconds }
      : localIn(zone, instant)
  return {
    connectionId: connection.id,
    jiraId: source.id,
    issueId: issue.id,
    projectId: issue.projectId,
    authorId,
    updateAuthorId: source.updateAuthor ? personIdOf(source.updateAuthor) : null,
    startedAt: instant,
    day: local.day,
    startTime: local.startTime,
    offsetSeconds: local.offsetSeconds,
    timeSpentSeconds: source.timeSpentSeconds,
    billableSeconds: null,
    comment: source.comment,
    category: null,
    visibility: source.visibility ?? null,
    attributes: {},
    properties: source.properties ?? {},
    createdAt: source.createdAt,
    updatedAt: source.updatedAt,
    deletedAt: null,
    deletedReason: null,
  }
}

async function zonesOf(
  { tx, siteId }: IngestContext,
  sources: readonly SourceWorklog[],
  personIdOf: PersonIdOf,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(sources.map((source) => personIdOf(source.author)))]
  const people = await tx.people.getMany(siteId, ids)
  return new Map(people.flatMap(({ id, timeZone }) => (timeZone === null ? [] : [[id, timeZone]])))
}

async function loadRows(
  { tx, siteId, connection }: IngestContext,
  sources: readonly SourceWorklog[],
): Promise<Map<string, Row[]>> {
  const ids = [...new Set(sources.map((source) => source.id))]
  const rows = new Map<string, Row[]>()
  for (const worklog of await tx.worklogs.findByJiraIds(siteId, connection.id, ids)) {
    const same = rows.get(worklog.jiraId) ?? []
    rows.set(worklog.jiraId, same)
    same.push({ worklog, state: 'stored' })
  }
  return rows
}

async function findLocks(
  { tx, siteId }: IngestContext,
  sources: readonly SourceWorklog[],
  rows: readonly Row[],
) {
  // Either side of the shown instants covers every zone; stored rows may leave other locked days.
  const days = [
    ...sources.flatMap(({ started }) => {
      const { day } = localOf(started.instant, 0)
      return [addDays(day, -1), addDays(day, 1)]
    }),
    ...rows.map((row) => row.worklog.day),
  ].sort()
  const stored = rows.map((row) => row.worklog)
  return [
    ...(await tx.locks.find(siteId, days[0]!, days.at(-1)!)),
    ...(await approvedLocks(tx, siteId, stored)),
  ]
}
