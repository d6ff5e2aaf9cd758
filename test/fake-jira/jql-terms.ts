import { compareMoments, momentOf } from './jql-dates.ts'
import type { Operand, Term } from './jql-parse.ts'
import type { Call } from './route.ts'
import { canBrowse, groupOf, issueOf, projectOf } from './world-state.ts'
import type { Issue } from './world-types.ts'

/** Whether a query's clause holds for an issue. */
export type IssueTest = (issue: Issue) => boolean

const aliases: Readonly<Record<string, string>> = {
  issue: 'key',
  issuekey: 'key',
  id: 'key',
  type: 'issuetype',
  component: 'components',
  fixversion: 'fixVersions',
  createddate: 'created',
  updateddate: 'updated',
}
const named = new Set(['issuetype', 'status', 'priority', 'labels', 'components', 'fixVersions'])

/** When and where the query is asked. */
export function settingOf(call: Call) {
  const zone = call.caller?.timeZone ?? call.world.state.settings.timeZone
  return { now: call.world.clock.now(), zone }
}

/** The clause as a test; what Jira would refuse is put into `problems`. */
export function issueTest(call: Call, term: Term, problems: string[]): IssueTest {
  const lower = term.field.toLowerCase()
  const field = aliases[lower] ?? lower
  if (field === 'updated' || field === 'created') return momentTest(call, term, field, problems)
  if (field === 'key') return keyTest(call, term, problems)
  if (field === 'assignee' || field === 'reporter') return personTest(call, term, field, problems)
  if (field === 'summary' && term.op === '~') return summaryTest(term)
  if (field === 'project') {
    return memberTest(term, problems, projectsOf(call, term, problems), (issue) => [
      issue.projectId,
    ])
  }
  if (named.has(field)) {
    return memberTest(term, problems, textsOf(term), (issue) => namesOf(issue.fields[field]))
  }
  problems.push(`Field '${term.field}' does not exist or you do not have permission to view it.`)
  return () => false
}

function memberTest(
  term: Term,
  problems: string[],
  wanted: ReadonlySet<string>,
  valuesOf: (issue: Issue) => readonly string[],
): IssueTest {
  const has = (issue: Issue) => valuesOf(issue).some((value) => wanted.has(value))
  const { op, isList } = term
  if ((op === '=' && !isList) || op === 'IN') return has
  // An empty field never matches a negation.
  if ((op === '!=' && !isList) || op === 'NOT IN') {
    return (issue) => valuesOf(issue).length > 0 && !has(issue)
  }
  if (op === 'IS') return (issue) => valuesOf(issue).length === 0
  if (op === 'IS NOT') return (issue) => valuesOf(issue).length > 0
  problems.push(`The operator '${op}' is not supported by the '${term.field}' field.`)
  return () => false
}

function momentTest(
  call: Call,
  term: Term,
  field: 'updated' | 'created',
  problems: string[],
): IssueTest {
  const setting = settingOf(call)
  const operand = term.operands[0]
  const isNow = operand?.kind === 'call' && operand.name === 'now'
  const text = operand?.kind === 'value' ? operand.text : ''
  const wanted = isNow ? setting.now : momentOf(text, setting)
  if (wanted === undefined || term.isList || compareMoments(term.op, 0, 0) === undefined) {
    problems.push(
      `Date value '${text}' for field '${field}' is invalid. Valid formats include: ` +
        "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', " +
        "or a period format e.g. '-5d', '4w 2d'.",
    )
    return () => false
  }
  return (issue) => compareMoments(term.op, issue[field], wanted) === true
}

function keyTest(call: Call, term: Term, problems: string[]): IssueTest {
  const { state } = call.world
  const field = term.field
  const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined)
  if (['>', '>=', '<', '<='].includes(term.op)) {
    const text = [...textsOf(term, false)][0] ?? ''
    const wanted = number(text) ?? Number(issueOf(state, text)?.id)
    if (Number.isNaN(wanted)) problems.push(noSuchIssue(text, field))
    return ({ id }) => compareNumbers(term.op, Number(id), wanted)
  }
  const ids = new Set<string>()
  for (const text of textsOf(term, false)) {
    const issue = number(text) === undefined ? issueOf(state, text) : state.issues.get(text)
    if (issue && canBrowse(state, call.caller, issue.projectId)) ids.add(issue.id)
    else problems.push(noSuchIssue(text, field))
  }
  return memberTest(term, problems, ids, (issue) => [issue.id])
}

function noSuchIssue(text: string, field: string): string {
  return /^\d+$/.test(text)
    ? `A value with ID '${text}' does not exist for the field '${field}'.`
    : `An issue with key '${text}' does not exist for field '${field}'.`
}

function compareNumbers(op: string, a: number, b: number): boolean {
  if (op === '>') return a > b
  if (op === '>=') return a >= b
  return op === '<' ? a < b : a <= b
}

function personTest(call: Call, term: Term, field: string, problems: string[]): IssueTest {
  const isEmptiness = term.op.startsWith('IS')
  const wanted = isEmptiness ? new Set<string>() : usersOf(call, term, problems)
  return memberTest(term, problems, wanted, ({ fields }) => {
    const person = fields[field]
    const id = typeof person === 'object' && person && 'personId' in person && person.personId
    return typeof id === 'string' ? [id] : []
  })
}

/** Ids of the people a clause names; Cloud knows accountIds only. */
export function usersOf(call: Call, term: Term, problems: string[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const operand of term.operands) {
    for (const id of peopleOf(call, term, operand, problems)) ids.add(id)
  }
  return ids
}

function peopleOf(call: Call, term: Term, operand: Operand, problems: string[]): string[] {
  const { state } = call.world
  if (operand.kind === 'empty') return []
  if (operand.kind === 'call') {
    if (operand.name === 'currentuser') return call.caller ? [call.caller.id] : []
    const [groupName = ''] = operand.args
    if (operand.name !== 'membersof') {
      problems.push(`Unable to find JQL function '${operand.name}()'.`)
      return []
    }
    const group = groupOf(state, groupName)
    if (group) return [...group.members]
    problems.push(
      `Function 'membersOf' can not generate a list of usernames for group '${groupName}'; ` +
        'the group does not exist.',
    )
    return []
  }
  for (const person of state.people.values()) {
    const names = call.dialect === 'cloud' ? [person.accountId] : [person.name, person.key]
    if (names.includes(operand.text)) return [person.id]
  }
  problems.push(`The value '${operand.text}' does not exist for the field '${term.field}'.`)
  return []
}

function projectsOf(call: Call, term: Term, problems: string[]): ReadonlySet<string> {
  const { state } = call.world
  const ids = new Set<string>()
  for (const text of textsOf(term, false)) {
    const byName = [...state.projects.values()].find(({ name }) => name === text)
    const project = projectOf(state, text) ?? byName
    if (project && canBrowse(state, call.caller, project.id)) ids.add(project.id)
    else problems.push(`The value '${text}' does not exist for the field 'project'.`)
  }
  return ids
}

function summaryTest(term: Term): IssueTest {
  const words = [...textsOf(term)].join(' ').replaceAll('*', '').split(/\s+/)
  return ({ fields }) => {
    const summary = String(fields.summary ?? '').toLowerCase()
    return words.every((word) => summary.includes(word))
  }
}

function textsOf(term: Term, isLower = true): ReadonlySet<string> {
  const texts = term.operands.flatMap((operand) => (operand.kind === 'value' ? [operand.text] : []))
  return new Set(isLower ? texts.map((text) => text.toLowerCase()) : texts)
}

// Names and ids of a field's value, in lower case: JQL compares either.
function namesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesOf)
  if (typeof value === 'string') return [value.toLowerCase()]
  if (typeof value !== 'object' || value === null) return []
  const { id, name } = value as { id?: unknown; name?: unknown }
  return [id, name].flatMap((part) => (part === undefined ? [] : [String(part).toLowerCase()]))
}
