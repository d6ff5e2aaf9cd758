import type { IssueId } from '../../domain/issue.ts'
import type { TextQuery } from '../../domain/issue-query.ts'
import { seesWorklog, type Viewer } from '../../domain/permission.ts'
import type { JqlClause, JqlFunction, JqlOperand, JqlTerminal, JqlValue } from './ast.ts'
import { dayOfOperand, edgesOfDay, momentOf } from './evaluator-dates.contract.ts'
import {
  type Facts,
  fieldFacts,
  type IssueFacts,
  namedPeople,
  worklogWhere,
} from './evaluator-fields.contract.ts'
import { parseJql } from './parser.ts'
import { parseTextQuery, wordsOf } from './text-query.ts'
import { type WorldIssue, type WorldWorklog, worldFilters } from './world.contract.ts'

type Leaf = { readonly clause: JqlTerminal; readonly isNegated: boolean }
type Single = JqlValue | JqlFunction

const opposite: Readonly<Record<string, string>> = {
  '=': '!=',
  '<': '>=',
  '>': '<=',
  '~': '!~',
  in: 'not in',
  is: 'is not',
}
for (const [one, other] of Object.entries(opposite))
  (opposite as Record<string, string>)[other] = one

/** Reads contract C6 aloud: every issue is asked, every worklog looked at, nothing is prepared. */
export function evaluate(where: JqlClause | undefined, facts: Facts): ReadonlySet<IssueId> {
  const found = facts.world.issues.filter((issue) => !where || holds(issue, where, false, facts))
  return new Set(found.map(({ id }) => id))
}

function holds(issue: WorldIssue, clause: JqlClause, isNegated: boolean, facts: Facts): boolean {
  const parts = conjuncts(clause, isNegated)
  const about = parts.filter(({ clause: one, isNegated: no }) => isAboutWorklog(one, no))
  const others = parts.filter((part) => !about.includes(part))
  if (!others.every((part) => holdsAlone(issue, part.clause, part.isNegated, facts))) return false
  if (about.length === 0) return true
  return worklogsOf(issue, facts).some((worklog) =>
    about.every((part) => worklogHolds(worklog, part as Leaf, facts)),
  )
}

type Part = { readonly clause: JqlClause; readonly isNegated: boolean }

/** The clauses that must all hold, filters and brackets taken apart. */
function conjuncts(clause: JqlClause, isNegated: boolean): readonly Part[] {
  if (clause.kind === 'not') return conjuncts(clause.clause, !isNegated)
  if (clause.kind === (isNegated ? 'or' : 'and') && 'clauses' in clause)
    return clause.clauses.flatMap((one) => conjuncts(one, isNegated))
  const filter = clause.kind === 'terminal' ? soleFilter(clause, isNegated) : undefined
  return filter ? conjuncts(filter, false) : [{ clause, isNegated }]
}

function soleFilter(clause: JqlTerminal, isNegated: boolean): JqlClause | undefined {
  if (clause.field.name !== 'filter' || operatorOf(clause, isNegated).match(/!|not/))
    return undefined
  const values = singles(clause.operand)
  return values.length === 1 ? filterWhere(values[0]!) : undefined
}

function filterWhere(value: JqlOperand): JqlClause | undefined {
  const text = value.kind === 'value' ? value.text : ''
  return parseJql(worldFilters.find(({ id, name }) => id === text || name === text)!.jql).where
}

function holdsAlone(
  issue: WorldIssue,
  clause: JqlClause,
  isNegated: boolean,
  facts: Facts,
): boolean {
  if ('clauses' in clause) return clause.clauses.some((one) => holds(issue, one, isNegated, facts))
  if (clause.kind !== 'terminal') throw new Error(`not evaluated: ${clause.kind}`)
  const operator = operatorOf(clause, isNegated)
  const name = clause.field.name.toLowerCase()
  if (name === 'filter') {
    const any = singles(clause.operand).some((value) => {
      const where = filterWhere(value)
      return !where || holds(issue, where, false, facts)
    })
    return any !== /!|not/.test(operator)
  }
  if (name.startsWith('worklog')) {
    const positive = clause.operand.kind === 'list' ? singles(clause.operand) : []
    const none = worklogsOf(issue, facts).length === 0
    const leaf = { clause, isNegated }
    return (
      none ||
      (positive.length > 0 &&
        worklogsOf(issue, facts).some((one) => worklogHolds(one, leaf, facts)))
    )
  }
  return compare(fieldFacts(issue, clause.field.name, facts), clause, operator, facts)
}

/** Everything asked of a worklog, but for clauses that its absence can satisfy. */
function isAboutWorklog(clause: JqlClause, isNegated: boolean): boolean {
  if (clause.kind !== 'terminal' || !clause.field.name.startsWith('worklog')) return false
  return !(hasEmpty(clause.operand) && !/!|not/.test(operatorOf(clause, isNegated)))
}

function worklogsOf(issue: WorldIssue, { world, viewer }: Facts): readonly WorldWorklog[] {
  return world.worklogs.filter(
    (one) => one.issueId === issue.id && seesWorklog(viewer as Viewer, one),
  )
}

function worklogHolds(worklog: WorldWorklog, { clause, isNegated }: Leaf, facts: Facts): boolean {
  const operator = operatorOf(clause, isNegated)
  if (operator === 'is not') return true
  return compare(worklogWhere(worklog, clause.field.name, facts), clause, operator, facts)
}

/** One field against one clause: no value never matches, but for EMPTY. */
function compare(
  { values, type }: IssueFacts,
  clause: JqlTerminal,
  operator: string,
  facts: Facts,
): boolean {
  const isNegative = /!|not/.test(operator)
  if (operator === 'is') return values.length === 0
  if (operator === 'is not') return values.length > 0
  const operands = singles(clause.operand)
  if (hasEmpty(clause.operand) && !isNegative && values.length === 0) return true
  if (isNegative && values.length === 0) return false
  const positive = isNegative ? opposite[operator]! : operator
  const matches = values.some((value) =>
    operands.some((operand) => matchesOne(value, positive, operand, type, facts)),
  )
  return matches !== isNegative
}

function matchesOne(
  value: unknown,
  operator: string,
  operand: Single,
  type: IssueFacts['type'],
  facts: Facts,
): boolean {
  switch (type) {
    case 'people':
      return namedPeople(operand, facts).includes(String(value))
    case 'text':
      return textHolds(wordsOf(String(value)), parseTextQuery((operand as JqlValue).text)!)
    case 'minute':
      return inMinute(Number(value), operator, momentOf(operand, facts.clock))
    case 'zoned-day': {
      const [start, end] = edgesOfDay(dayOfOperand(operand, facts.clock), facts.clock.zone)
      return inStretch(Number(value), operator, start, end)
    }
    case 'day':
      return ordered(String(value), operator, dayOfOperand(operand, facts.clock))
    default:
      return typeof type === 'function' && type(value, operator, operand)
  }
}

function inMinute(value: number, operator: string, moment: number): boolean {
  const start = Math.floor(moment / 60_000) * 60_000
  return inStretch(value, operator, start, start + 60_000)
}

function inStretch(value: number, operator: string, start: number, end: number): boolean {
  if (Number.isNaN(value)) return false
  const place = value < start ? -1 : value < end ? 0 : 1
  return ordered(place, operator, 0)
}

export function ordered<T>(value: T, operator: string, other: T): boolean {
  if (operator.startsWith('<')) return value < other || (operator === '<=' && value === other)
  if (operator.startsWith('>')) return value > other || (operator === '>=' && value === other)
  return value === other
}

function textHolds(words: readonly string[], query: TextQuery): boolean {
  if (words.length === 0) return false
  switch (query.kind) {
    case 'all':
      return query.queries.every((one) => textHolds(words, one))
    case 'any':
      return query.queries.some((one) => textHolds(words, one))
    case 'none':
      return !textHolds(words, query.query)
    case 'word':
      return words.includes(query.word)
    case 'prefix':
      return words.some((word) => word.startsWith(query.word))
    case 'pattern': {
      const pattern = new RegExp(`^${query.word.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u')
      return words.some((word) => pattern.test(word))
    }
    case 'phrase':
      return words.some((_, at) =>
        query.words.every((word, next) => {
          const there = words[at + next]
          const isLast = next === query.words.length - 1
          return query.isPrefix && isLast ? there?.startsWith(word) === true : there === word
        }),
      )
  }
}

function operatorOf({ operator }: JqlTerminal, isNegated: boolean): string {
  return isNegated ? opposite[operator]! : operator
}

function hasEmpty(operand: JqlOperand): boolean {
  if (operand.kind === 'list') return operand.items.some(hasEmpty)
  return operand.kind === 'empty' || (operand.kind === 'value' && operand.text === 'Unresolved')
}

function singles(operand: JqlOperand): readonly Single[] {
  if (operand.kind === 'list') return operand.items.flatMap(singles)
  return operand.kind === 'empty' ? [] : [operand]
}
