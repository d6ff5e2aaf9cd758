import type { Pulse } from './world-pulse.ts'
import type { Issue, Person, Visibility, Worklog, WorldState } from './world-types.ts'

/** What a test may say of a worklog; the rest is plain: one hour, now. */
export type WorklogWish = {
  readonly issue: Issue
  readonly author?: Person
  readonly timeSpentSeconds?: number
  readonly started?: number
  readonly comment?: Worklog['comment']
  readonly visibility?: Visibility | undefined
  readonly properties?: Worklog['properties']
  readonly id?: number
  readonly updateAuthor?: Person
  readonly created?: number
  readonly updated?: number
}

/** What an edit may change. */
export type WorklogChange = Partial<
  Pick<Worklog, 'timeSpentSeconds' | 'started' | 'comment' | 'visibility' | 'properties'>
>

/** Worklogs. A change moves the row's `updated`, and the issue's as in a real Jira. */
export function worklogsApi(state: WorldState, pulse: Pulse) {
  function get(id: number): Worklog {
    const worklog = state.worklogs.get(id)
    if (!worklog) throw new Error(`this world has no worklog ${id}`)
    return worklog
  }

  function put(worklog: Worklog): void {
    state.worklogs.set(worklog.id, worklog)
    const ids = state.worklogIdsByIssue.get(worklog.issueId) ?? new Set()
    state.worklogIdsByIssue.set(worklog.issueId, ids.add(worklog.id))
    pulse.revision += 1
  }

  function take(worklog: Worklog): void {
    state.worklogs.delete(worklog.id)
    state.worklogIdsByIssue.get(worklog.issueId)?.delete(worklog.id)
    pulse.revision += 1
  }

  function touchIssue(worklog: Worklog, at: number): void {
    const issue = state.issues.get(worklog.issueId)
    if (issue) issue.updated = Math.max(issue.updated, at)
  }

  function tell(verb: 'created' | 'updated' | 'deleted', worklog: Worklog, at: number): void {
    touchIssue(worklog, at)
    const actorId = worklog.updateAuthorId
    pulse.emit({ kind: `worklog_${verb}`, at, worklog: { ...worklog }, actorId })
  }

  function edit(id: number, change: WorklogChange, by?: Person): Worklog {
    const worklog = Object.assign(get(id), change)
    worklog.updated = pulse.stamp()
    if (by) worklog.updateAuthorId = by.id
    tell('updated', worklog, worklog.updated)
    return worklog
  }

  return {
    logWork(wish: WorklogWish): Worklog {
      const created = wish.created ?? pulse.stamp()
      const worklog: Worklog = {
        id: Number(pulse.idFor('worklog', wish.id?.toString())),
        issueId: wish.issue.id,
        authorId: wish.author?.id,
        updateAuthorId: wish.updateAuthor?.id ?? wish.author?.id,
        comment: wish.comment,
        started: wish.started ?? created,
        created,
        updated: wish.updated ?? created,
        timeSpentSeconds: wish.timeSpentSeconds ?? 3600,
        visibility: wish.visibility,
        properties: wish.properties ?? [],
      }
      put(worklog)
      tell('created', worklog, worklog.updated)
      return worklog
    },
    editWorklog: edit,
    /** Restricts the row to a group or role, or opens it again. */
    restrictWorklog(id: number, visibility: Visibility | undefined, by?: Person): Worklog {
      return edit(id, { visibility }, by)
    },
    deleteWorklog(id: number, by?: Person): void {
      const worklog = get(id)
      const deletedAt = pulse.stamp()
      take(worklog)
      state.tombstones.set(id, { worklog, deletedAt, isListed: true })
      tell('deleted', by ? { ...worklog, updateAuthorId: by.id } : worklog, deletedAt)
    },
    /** A deleted row back under its id; by default newly stamped, and still in the deleted feed. */
    restoreWorklog(id: number, { touch = true, forgetTombstone = false } = {}): Worklog {
      const tombstone = state.tombstones.get(id)
      if (!tombstone) throw new Error(`worklog ${id} was not deleted`)
      const { worklog } = tombstone
      if (!state.issues.has(worklog.issueId)) throw new Error(`worklog ${id} lost its issue`)
      put(worklog)
      if (forgetTombstone) state.tombstones.delete(id)
      if (touch) {
        worklog.updated = pulse.stamp()
        touchIssue(worklog, worklog.updated)
      }
      return worklog
    },
    /** To another issue, as Cloud's bulk move does: no webhook, no history, no stamp unless asked. */
    moveWorklog(id: number, issue: Issue, { touch = false } = {}): Worklog {
      const worklog = get(id)
      take(worklog)
      worklog.issueId = issue.id
      put(worklog)
      if (touch) worklog.updated = pulse.stamp()
      return worklog
    },
    /** Jira forgets who wrote the row: `author` is absent from now on. */
    forgetAuthor(id: number): Worklog {
      pulse.revision += 1
      return Object.assign(get(id), { authorId: undefined, updateAuthorId: undefined })
    },
  }
}
