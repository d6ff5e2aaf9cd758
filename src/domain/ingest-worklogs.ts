import { canonicalJson } from './audit.ts'
import { addDays } from './day.ts'
import type { IssueOf } from './ingest-issues.ts'
import type { PersonIdOf } from './ingest-people.ts'
import type { IngestContext, SourceBatch, SourceWorklog } from './ingest-source.ts'
import type { IssueId } from './issue.ts'
import { type Drift, lockOver } from './lock.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import { isTimeZone, localIn, localOf } from './zone.ts'

/** A row of the batch: stored, or to be inserted, or to be written over. */
type Row = { worklog: Worklog; state: 'stored' | 'new' | 'changed' }

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
  const locks = await findLocks(context, lists.flat())
  const drift: Drift[] = []
  // A row shown twice in a batch, beside its issue and in a list, still is one row.
  const counted = new Set<string>()

  for (const list of lists) {
    const seen = new Map<string, number>()
    for (const source of list) {
      const issue = issueOf(source.issueId!)
      const name = `${source.id} ${issue.id}`
      const occurrence = seen.get(name) ?? 0
      seen.set(name, occurrence + 1)
      const same = rows.get(source.id) ?? []
      rows.set(source.id, same)
      const candidate = fromSource(source, context, issue, personIdOf, zones)
      const row = matchingRow(same, candidate, occurrence)
      take(row, same, candidate)
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
    if (before && (isStale(before, candidate) || sameContent(before, after))) {
      if (isFirst) counts.worklogs.unchanged += 1
      return
    }
    if (
      lockOver(locks, after.authorId, after.day) ||
      (before && before.deletedAt === null && lockOver(locks, before.authorId, before.day))
    ) {
      drift.push({
        connectionId: connection.id,
        jiraId: after.jiraId,
        copy,
        worklogId: before?.id ?? null,
        personId: after.authorId,
        day: after.day,
        incoming: { ...after, copy },
        seenAt: context.at,
      })
      return
    }
    const version = tx.takeVersions(1)
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

  const all = [...rows.values()].flat()
  await tx.worklogs.insert(
    siteId,
    all.filter((row) => row.state === 'new').map((row) => row.worklog),
  )
  await tx.worklogs.update(
    siteId,
    all.filter((row) => row.state === 'changed').map((row) => row.worklog),
  )
  counts.worklogs.drift += await tx.locks.keepDrift(siteId, drift)
}

/**
 * Which stored row a shown worklog is. Jira's ids are unique, so one found under another issue has
 * moved, told by its unchanged creation; but exports exist that repeat an id, even within one
 * issue, and there the n-th entry shown is the n-th row held.
 */
function matchingRow(
  same: readonly Row[],
  candidate: Candidate,
  occurrence: number,
): Row | undefined {
  const here = same
    .filter((row) => row.worklog.issueId === candidate.issueId)
    .sort((a, b) => a.worklog.copy - b.worklog.copy)
  if (here.length > 0) return here[occurrence]
  return same.find(
    ({ worklog, state }) =>
      state === 'stored' &&
      worklog.createdAt === candidate.createdAt &&
      worklog.authorId === candidate.authorId,
  )
}

/** Our own change or deletion since stands until the source shows something newer. */
function isStale(before: Worklog, candidate: Candidate): boolean {
  if (before.deletedAt !== null) return candidate.updatedAt <= before.deletedAt
  return candidate.updatedAt < before.updatedAt
}

/** What the source says, with what only we know kept: billable time, category, attributes, the day. */
function merged(before: Worklog | undefined, candidate: Candidate): Candidate {
  if (!before) return candidate
  const isSameTime = before.startedAt === candidate.startedAt
  return {
    ...candidate,
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
  return same.reduce((most, row) => Math.max(most, row.worklog.copy + 1), 0)
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

async function findLocks({ tx, siteId }: IngestContext, sources: readonly SourceWorklog[]) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { started } of sources) {
    first = Math.min(first, started.instant)
    last = Math.max(last, started.instant)
  }
  // Rows may also leave a locked day; those are few, so the whole span of locks is small anyway.
  return tx.locks.find(siteId, addDays(localOf(first, 0).day, -1), addDays(localOf(last, 0).day, 1))
}
