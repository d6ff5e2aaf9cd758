import { envelope, JiraRefusal } from './errors.ts'
import { compareDays, dayOf } from './jql-dates.ts'
import { type Condition, parseJql, type Query, type Term } from './jql-parse.ts'
import { type IssueTest, issueTest, settingOf, usersOf } from './jql-terms.ts'
import type { Call } from './route.ts'
import { canBrowse, canSee } from './world-state.ts'
import type { Issue, Worklog } from './world-types.ts'

type RowTest = (row: Worklog) => boolean

/** What a query found, in its order, and the values it did not know (when not strict). */
export type Found = { readonly issues: Issue[]; readonly warnings: readonly string[] }

const worklogFields = new Set(['worklogdate', 'worklogauthor'])

/**
 * Runs a query for the caller. Strict is Jira's default: an unknown value refuses the whole query.
 * Only what the caller may browse is found.
 */
export function findIssues(
  call: Call,
  jql: string,
  { isStrict = true, mustBeBounded = false }: { isStrict?: boolean; mustBeBounded?: boolean } = {},
): Found & { readonly isBounded: boolean } {
  const query = parseJql(jql)
  const isBounded = query.condition !== undefined
  if (mustBeBounded && !isBounded) return { issues: [], warnings: [], isBounded }
  const problems: string[] = []
  const test = query.condition ? compile(call, query.condition, problems) : () => true
  const order = orderOf(query, problems)
  if (isStrict && problems.length > 0) throw new JiraRefusal(400, envelope(problems))
  const { state } = call.world
  const issues: Issue[] = []
  for (const issue of state.issues.values()) {
    if (canBrowse(state, call.caller, issue.projectId) && test(issue)) issues.push(issue)
  }
  return { issues: issues.sort(order), warnings: problems, isBounded }
}

function compile(call: Call, condition: Condition, problems: string[]): IssueTest {
  if (condition.kind === 'or') {
    const parts = condition.parts.map((part) => compile(call, part, problems))
    return (issue) => parts.some((part) => part(issue))
  }
  const parts = condition.kind === 'term' ? [condition] : condition.parts
  // Worklog clauses side by side are about one and the same worklog.
  const rows: RowTest[] = []
  const others: IssueTest[] = []
  for (const part of parts) {
    if (part.kind !== 'term') others.push(compile(call, part, problems))
    else if (worklogFields.has(part.field.toLowerCase())) rows.push(rowTest(call, part, problems))
    else others.push(termTest(call, part, problems))
  }
  return (issue) => others.every((test) => test(issue)) && hasRow(call, issue, rows)
}

function hasRow(call: Call, issue: Issue, tests: readonly RowTest[]): boolean {
  if (tests.length === 0) return true
  const { state } = call.world
  for (const id of state.worklogIdsByIssue.get(issue.id) ?? []) {
    const row = state.worklogs.get(id)!
    if (tests.every((test) => test(row)) && canSee(state, call.caller, row)) return true
  }
  return false
}

function termTest(call: Call, term: Term, problems: string[]): IssueTest {
  if (!/^(filter|request|savedfilter|searchrequest)$/i.test(term.field)) {
    return issueTest(call, term, problems)
  }
  const value = term.operands[0]
  const filter = value?.kind === 'value' ? call.world.state.filters.get(value.text) : undefined
  const inner = filter && parseJql(filter.jql).condition
  if (filter && (term.op === '=' || term.op === 'IN')) {
    return inner ? compile(call, inner, problems) : () => true
  }
  const text = value?.kind === 'value' ? value.text : ''
  problems.push(`A value with ID '${text}' does not exist for the field 'filter'.`)
  return () => false
}

function rowTest(call: Call, term: Term, problems: string[]): RowTest {
  const isNegated = term.op === '!=' || term.op === 'NOT IN'
  if (term.field.toLowerCase() === 'worklogauthor') {
    const ids = usersOf(call, term, problems)
    return ({ authorId }) => authorId !== undefined && ids.has(authorId) !== isNegated
  }
  const setting = settingOf(call)
  const operand = term.operands[0]
  const text = operand?.kind === 'value' ? operand.text : ''
  const day = dayOf(text, setting)
  if (day === undefined || term.isList || compareDays(term.op, 0, day) === undefined) {
    problems.push(
      `Date value '${text}' for field 'worklogDate' is invalid. Valid formats include: ` +
        "'YYYY/MM/DD', 'YYYY-MM-DD', or a period format e.g. '-5d', '4w 2d'.",
    )
    return () => false
  }
  // The day in the caller's zone, not the author's: native Jira does it so.
  return ({ started }) => compareDays(term.op, started, day) === true
}

type Order = (a: Issue, b: Issue) => number

const byId: Order = (a, b) => Number(a.id) - Number(b.id)
const orders: Readonly<Record<string, { order: Order; isDescending: boolean }>> = {
  id: { order: byId, isDescending: false },
  created: { order: (a, b) => a.created - b.created, isDescending: true },
  updated: { order: (a, b) => a.updated - b.updated, isDescending: true },
  key: { order: byKey, isDescending: false },
  project: {
    order: (a, b) => compareTexts(a.key.split('-')[0]!, b.key.split('-')[0]!),
    isDescending: false,
  },
}
const sortAliases: Readonly<Record<string, string>> = {
  issue: 'key',
  issuekey: 'key',
  createddate: 'created',
  updateddate: 'updated',
}

function orderOf({ sorts }: Query, problems: string[]): Order {
  const wanted = sorts.length > 0 ? sorts : [{ field: 'created', isDescending: true }]
  const parts = wanted.flatMap(({ field, isDescending }) => {
    const name = field.toLowerCase()
    const known = orders[sortAliases[name] ?? name]
    if (!known) problems.push(`Not able to sort using field '${field}'.`)
    return known ? [{ ...known, isDescending: isDescending ?? known.isDescending }] : []
  })
  return (a, b) => {
    for (const { order, isDescending } of parts) {
      const sign = order(a, b)
      if (sign !== 0) return isDescending ? -sign : sign
    }
    return -byId(a, b)
  }
}

function byKey(a: Issue, b: Issue): number {
  const [projectA = '', numberA] = a.key.split('-')
  const [projectB = '', numberB] = b.key.split('-')
  return compareTexts(projectA, projectB) || Number(numberA) - Number(numberB)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
