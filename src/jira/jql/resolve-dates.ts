import type { Day } from '../../domain/day.ts'
import type { IssueCondition, IssueEmptyField, Span } from '../../domain/issue-query.ts'
import { type Instant, localIn } from '../../domain/zone.ts'
import type { JqlFunction, JqlValue } from './ast.ts'
import type { Clause } from './clause.ts'
import { empty, joined, nothing, type Resolved } from './conditions.ts'
import { dateEdge, isDateEdge } from './date-functions.ts'
import { parseJqlDay, parseJqlInstant, toMinute } from './dates.ts'
import type { JqlFieldType } from './fields.ts'
import { findFunction } from './functions.ts'
import { withNotHeld } from './not-held.ts'
import { daySpan, exactSpan, minuteSpan } from './spans.ts'

type DateTimeField = Extract<JqlFieldType, { kind: 'dateTime' }>['field']
type DateField = Extract<JqlFieldType, { kind: 'date' }>['field']

const wrong = Symbol('a value that is no date')
type Wrong = typeof wrong

/** created, updated, resolved and custom date-times: whole minutes. */
export function resolveDateTime(clause: Clause, field: DateTimeField): IssueCondition {
  const spans = spansOf(
    clause,
    (value) => instantOfValue(clause, value),
    (minute: Instant) => minuteSpan(clause.operator, minute),
  )
  if (field === 'not held') return withNotHeld(clause)
  return withEmptiness(clause, field, spans && { kind: 'instants', field, spans, not: clause.not })
}

/** due and custom dates: whole days of no zone. */
export function resolveDate(clause: Clause, field: DateField): IssueCondition {
  const spans = daySpans(clause)
  return withEmptiness(clause, field, spans && { kind: 'days', field, spans, not: clause.not })
}

/** The days a worklog began on, in the caller's zone unless the setting says another. */
export function resolveWorklogDate(clause: Clause): Resolved {
  const { worklogDateZone = 'caller', zone, serverZone } = clause.scope.context
  const { not, asksEmpty, values } = clause
  const none: IssueCondition = { kind: 'complement', condition: { kind: 'workedOn', worklog: [] } }
  if (values.length === 0 && asksEmpty) return not ? { kind: 'worklog', conditions: [] } : none
  let asked: Resolved
  if (worklogDateZone === 'author') {
    const spans = daySpans(clause)
    asked = spans ? { kind: 'worklog', conditions: [{ kind: 'days', spans, not }] } : nothing
  } else {
    const dayZone = worklogDateZone === 'server' ? (serverZone ?? zone) : zone
    const spans = spansOf(
      clause,
      (value) => dayOfValue(clause, value),
      (day: Day) => daySpan(clause.operator, day, dayZone),
    )
    asked = spans ? { kind: 'worklog', conditions: [{ kind: 'started', spans, not }] } : nothing
  }
  if (!asksEmpty || not || asked.kind !== 'worklog') return asked
  return joined('or', [none, { kind: 'workedOn', worklog: asked.conditions }])
}

function withEmptiness(
  { asksEmpty, not, values }: Clause,
  field: IssueEmptyField,
  asked: IssueCondition | undefined,
): IssueCondition {
  if (!asked) return nothing
  if (!asksEmpty) return asked
  const ofEmpty = empty(field, not)
  return values.length === 0 ? ofEmpty : joined(not ? 'and' : 'or', [ofEmpty, asked])
}

function daySpans(clause: Clause): readonly Span<Day>[] | undefined {
  return spansOf(
    clause,
    (value) => dayOfValue(clause, value),
    (day: Day) => exactSpan(clause.operator, day),
  )
}

/** Undefined where a value is wrong (and reported): the clause then matches nothing. */
function spansOf<T, S>(
  { values }: Clause,
  readValue: (value: JqlValue | JqlFunction) => T | Wrong | undefined,
  spanOf: (value: T) => Span<S>,
): readonly Span<S>[] | undefined {
  const spans: Span<S>[] = []
  for (const value of values) {
    const read = readValue(value)
    if (read === wrong) return undefined
    if (read !== undefined) spans.push(spanOf(read as T))
  }
  return spans
}

function instantOfValue(
  clause: Clause,
  value: JqlValue | JqlFunction,
): Instant | Wrong | undefined {
  if (value.kind === 'function') {
    const instant = instantOfCall(clause, value)
    return typeof instant === 'number' ? toMinute(instant) : instant
  }
  const minute = parseJqlInstant(value.text, clause.scope.context)
  if (minute !== undefined) return minute
  clause.scope.report(
    `Date value '${value.text}' for field '${clause.name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  )
  return wrong
}

function dayOfValue(clause: Clause, value: JqlValue | JqlFunction): Day | Wrong | undefined {
  const { context } = clause.scope
  if (value.kind === 'function') {
    const instant = instantOfCall(clause, value)
    return typeof instant === 'number' ? localIn(context.zone, instant).day : instant
  }
  const day = parseJqlDay(value.text, context)
  if (day !== undefined) return day
  clause.scope.report(
    `Date value '${value.text}' for field '${clause.name}' is invalid. Valid formats include: 'YYYY/MM/DD', 'YYYY-MM-DD', or a period format e.g. '-5d', '4w 2d'.`,
  )
  return wrong
}

/** Undefined, and no mistake, where the moment is simply unknown: nobody has logged in before. */
function instantOfCall(clause: Clause, call: JqlFunction): Instant | Wrong | undefined {
  const { context, report } = clause.scope
  const name = findFunction(call.name)?.name ?? call.name
  switch (name) {
    case 'now':
      return context.now
    case 'currentLogin':
      return context.currentLogin
    case 'lastLogin':
      return context.lastLogin
  }
  if (!isDateEdge(name)) {
    report(`A date for the field '${clause.name}' provided by the function '${name}' is not valid.`)
    return wrong
  }
  const instant = dateEdge(name, call.args[0], context)
  if (instant !== undefined && toMinute(instant) !== undefined) return instant
  report(
    `Duration for function '${name}' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.`,
  )
  return wrong
}
