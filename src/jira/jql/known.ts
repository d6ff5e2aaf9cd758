import type { GroupId } from '../../domain/group.ts'
import type { IssueNameField } from '../../domain/issue-query.ts'
import type { PersonId } from '../../domain/person.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { JqlFunction } from './ast.ts'
import type { FoundIssue, JqlContext } from './context.ts'
import { type Plan, type PlannedClause, valuesOf } from './plan.ts'

/** Everything the query's names turned out to mean, by the text that asked. */
export type Known = {
  readonly projects: ReadonlyMap<string, readonly ProjectId[]>
  readonly people: ReadonlyMap<string, readonly PersonId[]>
  readonly groups: ReadonlyMap<string, readonly GroupId[]>
  readonly issues: ReadonlyMap<string, readonly FoundIssue[]>
  readonly names: ReadonlyMap<IssueNameField, ReadonlyMap<string, readonly string[]>>
  /** By the first id of the field. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>>
  readonly priorities: readonly string[]
  readonly sprints: Readonly<Record<'open' | 'closed', readonly string[]>>
  readonly ledBy: ReadonlyMap<PersonId, readonly ProjectId[]>
}

type Questions = {
  readonly projects: Set<string>
  readonly people: Set<string>
  readonly groups: Set<string>
  readonly issues: Set<string>
  readonly names: Map<IssueNameField, Set<string>>
  readonly options: Map<readonly string[], Set<string>>
  readonly leads: Set<string>
  /** What is asked without a text. */
  readonly flags: Set<'priorities' | 'open' | 'closed' | 'ledByMe'>
}

/** Looks up all names of a plan at once, and only the kinds it mentions. */
export async function lookUp(
  plan: Plan,
  sortsPriority: boolean,
  context: JqlContext,
): Promise<Known> {
  const asked: Questions = {
    projects: new Set(),
    people: new Set(),
    groups: new Set(),
    issues: new Set(),
    names: new Map(),
    options: new Map(),
    leads: new Set(),
    flags: new Set(sortsPriority ? ['priorities'] : []),
  }
  collect(plan, asked)
  const { lookups } = context
  const ask = async <T>(
    texts: ReadonlySet<string>,
    look: (all: string[]) => Promise<ReadonlyMap<string, T>>,
  ) => (texts.size > 0 ? look([...texts]) : new Map<string, T>())
  const sprints = async (state: 'open' | 'closed') =>
    asked.flags.has(state) ? lookups.sprints(state) : []
  const [projects, people, groups, issues, names, options, priorities, open, closed] =
    await Promise.all([
      ask(asked.projects, (all) => lookups.projects(all)),
      ask(new Set([...asked.people, ...asked.leads]), (all) => lookups.people(all)),
      ask(asked.groups, (all) => lookups.groups(all)),
      ask(asked.issues, (all) => lookups.issues(all)),
      inOrder(
        [...asked.names],
        async ([field, texts]) => [field, await lookups.names(field, [...texts])] as const,
      ),
      inOrder(
        [...asked.options],
        async ([ids, texts]) => [ids[0]!, await lookups.options(ids, [...texts])] as const,
      ),
      asked.flags.has('priorities') ? lookups.priorities() : [],
      sprints('open'),
      sprints('closed'),
    ])
  const leaders = [...asked.leads].flatMap((text) => people.get(text) ?? [])
  if (asked.flags.has('ledByMe') && context.currentUser) leaders.push(context.currentUser)
  const ledBy = leaders.length > 0 ? await lookups.projectsLedBy(leaders) : new Map()
  return {
    projects,
    people,
    groups,
    issues,
    names: new Map(names),
    options: new Map(options),
    priorities,
    sprints: { open, closed },
    ledBy,
  }
}

function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(items.map(work))
}

function collect(plan: Plan, asked: Questions): void {
  if (plan.kind === 'complement') collect(plan.part, asked)
  else if (plan.kind === 'and' || plan.kind === 'or')
    for (const part of plan.parts) collect(part, asked)
  else if (plan.kind === 'clause') collectClause(plan, asked)
}

function collectClause({ clause, entry }: PlannedClause, asked: Questions): void {
  const texts = valuesOf(clause.operand).flatMap((value) =>
    value.kind === 'value' ? value.text : [],
  )
  const calls = valuesOf(clause.operand).flatMap((value) =>
    value.kind === 'function' ? value : [],
  )
  for (const call of calls) collectCall(call, asked)
  const add = (target: Set<string>) => {
    for (const text of texts) target.add(text)
  }
  const { type } = entry
  if (type.kind === 'project') add(asked.projects)
  else if (type.kind === 'issue' || type.kind === 'parent') add(asked.issues)
  else if (type.kind === 'user' || type.kind === 'worklogAuthor') add(asked.people)
  else if (type.kind === 'name' && texts.length > 0) {
    if (type.field === 'priority' && /[<>]/.test(clause.operator)) asked.flags.add('priorities')
    // Status categories are Jira's own and need no asking.
    if (type.field !== 'statusCategory') add(entryOf(asked.names, type.field))
  } else if (type.kind === 'option') {
    if (type.of === 'group') add(asked.groups)
    else if (type.of === 'option') add(entryOf(asked.options, type.field.customFieldIds))
  }
}

function collectCall(call: JqlFunction, asked: Questions): void {
  const [first = '', , third] = call.args
  switch (call.name.toLowerCase()) {
    case 'membersof':
      asked.groups.add(first)
      break
    case 'workedissues':
      if (third === undefined) break
      asked.groups.add(third)
      asked.people.add(third)
      break
    case 'projectsleadbyuser':
      if (call.args.length === 0) asked.flags.add('ledByMe')
      else asked.leads.add(first)
      break
    case 'opensprints':
      asked.flags.add('open')
      break
    case 'closedsprints':
      asked.flags.add('closed')
      break
  }
}

function entryOf<K>(map: Map<K, Set<string>>, key: K): Set<string> {
  const set = map.get(key) ?? new Set<string>()
  map.set(key, set)
  return set
}
