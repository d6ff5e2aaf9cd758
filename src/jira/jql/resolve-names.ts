import type {
  CustomField,
  IssueCondition,
  IssueNameField,
  ParentRef,
} from '../../domain/issue-query.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { JqlFunction, JqlValue } from './ast.ts'
import { type Clause, reportUnfit, reportUnknown } from './clause.ts'
import { complement, empty, joined, nothing } from './conditions.ts'
import type { FoundIssue } from './context.ts'
import type { JqlFieldType } from './fields.ts'
import { findFunction } from './functions.ts'
import { givesPeople, neverEmpty, peopleOf, resolveWorkedIssues } from './resolve-people.ts'
import { exactSpan } from './spans.ts'
import { statusCategoryKey } from './status-category.ts'

type OptionType = Extract<JqlFieldType, { kind: 'option' }>

/** status, labels, versions and whatever else is told by a name. */
export function resolveName(clause: Clause, field: IssueNameField): IssueCondition {
  const { not, asksEmpty, operator, values } = clause
  if (/[<>]/.test(operator)) return resolveRank(clause, field)
  const names = new Set<string>()
  const parts: IssueCondition[] = asksEmpty ? [empty(field, not)] : []
  for (const value of values) {
    if (value.kind === 'value') for (const name of namesOf(clause, field, value)) names.add(name)
    else parts.push(...callParts(clause, field, value, names))
  }
  const isAsked = values.length > 0 && (names.size > 0 || parts.length === 0)
  if (isAsked) parts.push({ kind: 'names', field, names: [...names], not })
  return joined(not ? 'and' : 'or', parts)
}

/** Names above or below one in the order of priorities. */
function resolveRank(clause: Clause, field: IssueNameField): IssueCondition {
  const { operator, known } = clause
  const [value] = clause.values
  if (value?.kind !== 'value') {
    if (value) reportUnfit(clause, value)
    return nothing
  }
  const ranks = namesOf(clause, field, value).map((name) => known.priorities.indexOf(name))
  const rank = Math.max(-1, ...ranks)
  if (rank < 0) return nothing
  const names = known.priorities.filter(
    (_, at) =>
      (operator.startsWith('<') ? at < rank : at > rank) || (operator.endsWith('=') && at === rank),
  )
  return { kind: 'names', field, names, not: false }
}

function namesOf(clause: Clause, field: IssueNameField, value: JqlValue): readonly string[] {
  if (field === 'statusCategory') {
    const key = statusCategoryKey(value.text)
    if (key === undefined) reportUnknown(clause, value)
    return key === undefined ? [] : [key]
  }
  const found = clause.known.names.get(field)?.get(value.text)
  // Anybody may write any label, so one that is nowhere is no mistake.
  if (!found && field !== 'labels') reportUnknown(clause, value)
  return found ?? []
}

function callParts(
  clause: Clause,
  field: IssueNameField,
  call: JqlFunction,
  names: Set<string>,
): readonly IssueCondition[] {
  const entry = findFunction(call.name)
  if (entry?.gives === 'sprint' && field === 'sprints') {
    for (const name of sprintsOf(clause, call)) names.add(name)
    return []
  }
  if (entry?.gives === 'issueType' && field === 'issueType') {
    const isSubtask = (entry.name === 'subtaskIssueTypes') !== clause.not
    return [joined('and', [{ kind: 'subtask', is: isSubtask }, empty(field, true)])]
  }
  reportUnfit(clause, call)
  return []
}

function sprintsOf({ known }: Clause, call: JqlFunction): readonly string[] {
  return known.sprints[findFunction(call.name)?.name === 'openSprints' ? 'open' : 'closed']
}

/** Custom fields that hold options, or things we know only by name. */
export function resolveOption(clause: Clause, { field, of }: OptionType): IssueCondition {
  const { not, asksEmpty, known, scope, name } = clause
  const values = new Set<string>()
  const parts: IssueCondition[] = asksEmpty ? [empty(field, not)] : []
  const calls = clause.values.filter((value) => value.kind === 'function')
  for (const value of clause.values) {
    if (value.kind === 'function') continue
    const isThere =
      of === 'any' ||
      (of === 'group' ? known.groups.has(value.text) : optionsOf(clause, field).has(value.text))
    if (isThere) values.add(value.text.toLowerCase())
    else scope.report(`The ${of} '${value.text}' for field '${name}' does not exist.`)
  }
  for (const call of calls) {
    if (of === 'any' && findFunction(call.name)?.gives === 'sprint')
      for (const sprint of sprintsOf(clause, call)) values.add(sprint.toLowerCase())
    else if (of === 'any' && givesPeople(call))
      parts.push({ kind: 'people', field, people: peopleOf({ ...clause, values: [call] }), not })
    else reportUnfit(clause, call)
  }
  const isAsked = clause.values.length > 0 && (values.size > 0 || parts.length === 0)
  if (isAsked) parts.push({ kind: 'options', field, values: [...values], not })
  return joined(not ? 'and' : 'or', parts)
}

function optionsOf({ known }: Clause, field: CustomField): ReadonlySet<string> {
  return known.options.get(field.customFieldIds[0]!) ?? new Set()
}

export function resolveProject(clause: Clause): IssueCondition {
  const projectIds = new Set<ProjectId>()
  const { known, not, scope } = clause
  for (const value of clause.values) {
    if (value.kind === 'value') {
      const found = known.projects.get(value.text)
      if (!found) reportUnknown(clause, value)
      for (const id of found ?? []) projectIds.add(id)
    } else if (findFunction(value.name)?.gives === 'project') {
      const who = value.args[0]
      const me = scope.context.currentUser
      const leaders = who === undefined ? (me ? [me] : []) : known.people.get(who)
      if (!leaders)
        scope.report(`The user '${who}' does not exist for the function 'projectsLeadByUser'.`)
      for (const leader of leaders ?? [])
        for (const id of known.ledBy.get(leader) ?? []) projectIds.add(id)
    } else reportUnfit(clause, value)
  }
  return neverEmpty(clause, { kind: 'projects', projectIds: [...projectIds], not })
}

/** Keys and ids; comparing means the numbers within the key's own project. */
export function resolveIssue(clause: Clause): IssueCondition {
  const { operator, not } = clause
  const found = clause.values.flatMap((value) =>
    value.kind === 'value' ? issuesOf(clause, value) : [],
  )
  const parts: IssueCondition[] = []
  for (const value of clause.values) {
    if (value.kind === 'value') continue
    if (findFunction(value.name)?.gives !== 'issue') reportUnfit(clause, value)
    else {
      const worked = resolveWorkedIssues(clause, value)
      parts.push(not ? complement(worked) : worked)
    }
  }
  if (/[<>]/.test(operator)) {
    for (const { projectId, key } of found) {
      const number = Number(/\d+$/.exec(key)?.[0] ?? 0)
      parts.push({ kind: 'keys', projectId, span: exactSpan(operator, number) })
    }
    return joined('or', parts)
  }
  const issueIds = [...new Set(found.map(({ id }) => id))]
  if (issueIds.length > 0 || parts.length === 0) parts.push({ kind: 'issues', issueIds, not })
  return neverEmpty(clause, joined(not ? 'and' : 'or', parts))
}

export function resolveParent(clause: Clause): IssueCondition {
  const { not, asksEmpty, values } = clause
  const parents: ParentRef[] = values.flatMap((value) => {
    if (value.kind === 'value')
      return issuesOf(clause, value).map(({ connectionId, jiraId }) => ({ connectionId, jiraId }))
    reportUnfit(clause, value)
    return []
  })
  const parts: IssueCondition[] = asksEmpty ? [empty('parent', not)] : []
  if (values.length > 0) parts.push({ kind: 'parents', parents, not })
  return joined(not ? 'and' : 'or', parts)
}

function issuesOf(clause: Clause, value: JqlValue): readonly FoundIssue[] {
  const found = clause.known.issues.get(value.text)
  if (found) return found
  if (value.isNumber) reportUnknown(clause, value)
  else
    clause.scope.report(
      `An issue with key '${value.text}' does not exist for field '${clause.name}'.`,
    )
  return []
}
