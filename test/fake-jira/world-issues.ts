import type { Pulse } from './world-pulse.ts'
import type { FieldChange, Issue, Person, Project, Worklog, WorldState } from './world-types.ts'

/** What a test may say of a project. */
export type ProjectWish = {
  readonly key: string
  readonly name?: string
  readonly id?: string
  readonly category?: { readonly id: string; readonly name: string }
  readonly lead?: Person
}

/** What a test may say of an issue; `fields` is Jira's own JSON. */
export type IssueWish = {
  readonly project: Project
  readonly id?: string
  readonly key?: string
  readonly summary?: string
  readonly type?: string
  readonly status?: string
  readonly originalEstimate?: number
  readonly created?: number
  readonly updated?: number
  readonly timeSpentElsewhere?: number
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Projects and issues. */
export function issuesOf(state: WorldState, pulse: Pulse) {
  const removed = new Map<string, { readonly issue: Issue; readonly worklogs: Worklog[] }>()

  function takeKey(issue: Issue, key: string): void {
    issue.key = key
    state.issueIdByKey.set(key.toUpperCase(), issue.id)
  }

  function changed(issue: Issue, changes: readonly FieldChange[]): Issue {
    issue.updated = pulse.stamp()
    pulse.emit({ kind: 'jira:issue_updated', at: issue.updated, issue: { ...issue }, changes })
    return issue
  }

  return {
    addProject(wish: ProjectWish): Project {
      const project: Project = {
        id: pulse.idFor('project', wish.id),
        key: wish.key,
        name: wish.name ?? `Project ${wish.key}`,
        category: wish.category,
        leadId: wish.lead?.id,
        roles: new Map(),
        lastNumber: 0,
      }
      state.projects.set(project.id, project)
      pulse.revision += 1
      return project
    },
    addIssue(wish: IssueWish): Issue {
      const { project, originalEstimate } = wish
      const key = wish.key ?? `${project.key}-${project.lastNumber + 1}`
      const created = wish.created ?? pulse.stamp()
      const issue: Issue = {
        id: pulse.idFor('issue', wish.id),
        key,
        projectId: project.id,
        created,
        updated: wish.updated ?? created,
        originalEstimate,
        remainingEstimate: originalEstimate,
        timeSpentElsewhere: wish.timeSpentElsewhere ?? 0,
        isEditable: true,
        fields: { ...plainFields(wish), ...wish.fields },
      }
      project.lastNumber = Math.max(project.lastNumber, Number(/-(\d+)$/.exec(key)?.[1] ?? 0))
      state.issues.set(issue.id, issue)
      takeKey(issue, key)
      pulse.revision += 1
      pulse.emit({ kind: 'jira:issue_created', at: created, issue: { ...issue }, changes: [] })
      return issue
    },
    /** Changes fields and moves the issue's `updated`. */
    editIssue(
      issue: Issue,
      change: Partial<Pick<Issue, 'originalEstimate' | 'remainingEstimate' | 'isEditable'>> & {
        readonly fields?: Readonly<Record<string, unknown>>
      },
    ): Issue {
      const fields = { ...issue.fields, ...change.fields }
      return changed(Object.assign(issue, { ...change, fields }), [])
    },
    /** To another project: a new key; the old one still leads to the issue. */
    moveIssue(issue: Issue, project: Project): Issue {
      const from = issue.key
      project.lastNumber += 1
      issue.projectId = project.id
      takeKey(issue, `${project.key}-${project.lastNumber}`)
      return changed(issue, [{ field: 'Key', from, to: issue.key }])
    },
    /** A new key for the project and all its issues, whose `updated` stays: Jira only reindexes. */
    renameProjectKey(project: Project, key: string): Project {
      const old = `${project.key}-`
      project.key = key
      for (const issue of state.issues.values()) {
        if (issue.projectId !== project.id || !issue.key.startsWith(old)) continue
        takeKey(issue, `${key}-${issue.key.slice(old.length)}`)
      }
      pulse.revision += 1
      return project
    },
    /** The issue goes and takes its worklogs along; the deleted feed tells only if asked to. */
    deleteIssue(issue: Issue, { listWorklogs = false } = {}): void {
      const deletedAt = pulse.stamp()
      const ids = [...(state.worklogIdsByIssue.get(issue.id) ?? [])]
      const worklogs = ids.map((id) => state.worklogs.get(id)!)
      removed.set(issue.id, { issue, worklogs })
      for (const worklog of worklogs) {
        state.worklogs.delete(worklog.id)
        state.tombstones.set(worklog.id, { worklog, deletedAt, isListed: listWorklogs })
      }
      state.worklogIdsByIssue.delete(issue.id)
      state.issues.delete(issue.id)
      pulse.emit({ kind: 'jira:issue_deleted', at: deletedAt, issue: { ...issue }, changes: [] })
    },
    /** The issue back from a backup with its worklogs as they were: no stamp moves. */
    restoreIssue(issue: Issue): void {
      const { worklogs } = removed.get(issue.id) ?? { worklogs: [] }
      removed.delete(issue.id)
      state.issues.set(issue.id, issue)
      state.worklogIdsByIssue.set(issue.id, new Set(worklogs.map((worklog) => worklog.id)))
      for (const worklog of worklogs) {
        state.worklogs.set(worklog.id, worklog)
        state.tombstones.delete(worklog.id)
      }
      pulse.revision += 1
    },
  }
}

function plainFields({ summary = 'An issue', type = 'Task', status = 'To Do' }: IssueWish) {
  const category = statusCategories[status] ?? statusCategories['To Do']!
  return {
    summary,
    issuetype: { id: idOfName(type), name: type, subtask: type === 'Sub-task' },
    status: { id: idOfName(status), name: status, statusCategory: category },
    priority: { id: '3', name: 'Medium' },
    labels: [],
    components: [],
  }
}

const statusCategories: Readonly<Record<string, object>> = {
  'To Do': { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  'In Progress': { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  Done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}

// The same name always has the same id, so that catalogues and issues agree.
function idOfName(name: string): string {
  let sum = 0
  for (const char of name) sum = (sum * 31 + char.charCodeAt(0)) % 9973
  return String(10_000 + sum)
}
