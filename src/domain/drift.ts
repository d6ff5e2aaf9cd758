import type { Period } from './day.ts'
import { checkMay, type DirectoryWriting, noteChange } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import type { IssueId } from './issue.ts'
import { type Drift, type DriftKey, driftId, lockOver } from './lock.ts'
import { type Actor, can } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { Store } from './store.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import { approvedLocks } from './worklog-approval.ts'
import type { Instant } from './zone.ts'

const mostDrift = 10_000

/** Use cases on what Jira changed of locked days. */
export type Drifts = {
  /** Open ones of those whose timesheets the actor may approve, or of the actor. */
  list(actor: Actor, limit: number): Promise<readonly Drift[]>
  /** Lets the numbers stand: whoever wants another one books a correction. */
  dismiss(actor: Actor, key: DriftKey, comment: string): Promise<void>
}

export function makeDrifts({ store, now }: { store: Store; now: () => Instant }): Drifts {
  return {
    async list(actor, limit) {
      const all = await store.locks.listDrift(actor.siteId, mostDrift)
      return all.filter(({ personId }) => isConcerned(actor, personId)).slice(0, limit)
    },
    dismiss: (actor, key, comment) =>
      store.write(actor.siteId, async (tx) => {
        const [drift] = await tx.locks.listDrift(actor.siteId, 1, key)
        if (!drift || !isConcerned(actor, drift.personId))
          throw new DomainError('not-found', 'There is no such drift')
        const { personId } = drift
        checkMay(actor, 'approve', { type: 'timesheet', personId }, 'settle this drift')
        const at = now()
        const settlement = { how: 'dismissed', at, personId: actor.personId, comment } as const
        await tx.locks.settleDrift(actor.siteId, [key], settlement)
        tx.takeVersions(1)
        const writing = { tx, actor, now: at }
        noteChange(writing, 'drift.dismiss', driftId(key), drift, { comment })
      }),
  }
}

/** What Jira changed while days were locked, taken over now that they are open again. */
export async function applyDrift(
  writing: DirectoryWriting,
  period: Period,
  personId: PersonId | null,
): Promise<number> {
  const { tx, actor, now } = writing
  const { siteId } = actor
  const all = await tx.locks.listDrift(siteId, mostDrift)
  const ids = all.flatMap((one) => one.worklogId ?? [])
  const held = new Map((await tx.worklogs.getMany(siteId, ids)).map((row) => [row.id, row]))
  const rowOf = ({ worklogId }: Drift) => (worklogId === null ? undefined : held.get(worklogId))
  const concerned = all.filter((drift) => {
    const row = rowOf(drift)
    const days = [drift.day, ...(row ? [row.day] : [])]
    const isInside = days.some((day) => period.from <= day && day <= period.to)
    const people = [drift.personId, ...(row ? [row.authorId] : [])]
    return isInside && (personId === null || people.includes(personId))
  })
  if (concerned.length === 0) return 0
  const days = concerned.flatMap((one) => [one.day, rowOf(one)?.day ?? one.day]).sort()
  const locks = [
    ...(await tx.locks.find(siteId, days[0]!, days.at(-1)!)),
    ...(await approvedLocks(tx, siteId, [...held.values()])),
  ]
  const free = concerned.filter((drift) => {
    const row = rowOf(drift)
    if (lockOver(locks, drift.personId, drift.day)) return false
    return !row || row.deletedAt !== null || !lockOver(locks, row.authorId, row.day, row.id)
  })
  const projects = await projectsOf(writing, free)
  const added: Worklog[] = []
  const changed: Worklog[] = []
  for (const drift of free) {
    const before = rowOf(drift)
    const after = settled(drift, before, projects, tx.takeVersions(1), now)
    if (!after) continue
    if (before) changed.push(after)
    else added.push(after)
  }
  const newIds = await tx.worklogs.insert(siteId, added)
  await tx.worklogs.update(siteId, changed)
  added.forEach((row, at) => {
    noteChange(writing, 'worklog.create', newIds[at]!, null, { ...row, id: newIds[at]! })
  })
  for (const row of changed) {
    const action = row.deletedAt === null ? 'worklog.update' : 'worklog.delete'
    noteChange(writing, action, row.id, held.get(row.id), row)
  }
  const settlement = { how: 'applied', at: now, personId: actor.personId, comment: '' } as const
  await tx.locks.settleDrift(siteId, free, settlement)
  return free.length
}

/** The row as Jira has it; nothing where a row that Jira deleted never was here. */
function settled(
  { incoming }: Drift,
  before: Worklog | undefined,
  projects: ReadonlyMap<IssueId, ProjectId>,
  version: number,
  now: Instant,
): Worklog | undefined {
  if (incoming === null)
    return before && { ...before, deletedAt: now, deletedReason: null, version }
  const projectId = projects.get(incoming.issueId) ?? incoming.projectId
  if (before) return { ...before, ...incoming, projectId, version }
  const id = `new ${version}` as WorklogId
  return { ...incoming, projectId, id, version, createdVersion: version }
}

/** Issues may have moved to another project since. */
async function projectsOf(
  { tx, actor }: DirectoryWriting,
  drifts: readonly Drift[],
): Promise<ReadonlyMap<IssueId, ProjectId>> {
  const ids = [...new Set(drifts.flatMap(({ incoming }) => incoming?.issueId ?? []))]
  const issues = await tx.issues.getMany(actor.siteId, ids)
  return new Map(issues.map((issue) => [issue.id, issue.projectId]))
}

function isConcerned(actor: Actor, personId: PersonId): boolean {
  return personId === actor.personId || can(actor, 'approve', { type: 'timesheet', personId })
}
