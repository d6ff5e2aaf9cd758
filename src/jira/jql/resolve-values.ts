import type {
  CustomField,
  IssueCondition,
  IssueNumberField,
  Span,
  TextQuery,
} from '../../domain/issue-query.ts'
import { parseJiraDuration } from '../duration.ts'
import type { JqlValue } from './ast.ts'
import { type Clause, reportUnfit } from './clause.ts'
import { empty, joined, nothing, type Resolved } from './conditions.ts'
import type { JqlFieldType, NotHeld } from './fields.ts'
import { withNotHeld } from './not-held.ts'
import { exactSpan } from './spans.ts'
import { parseTextQuery } from './text-query.ts'

type TextField = Extract<JqlFieldType, { kind: 'text' }>['field']

const usualWeek = { hoursPerDay: 8, daysPerWeek: 5 }

/** Estimates in seconds, ratios in percent, custom numbers as they are. */
export function resolveNumber(
  clause: Clause,
  kind: 'duration' | 'number',
  field: IssueNumberField | CustomField | NotHeld,
): IssueCondition {
  const { operator, not, asksEmpty, values } = clause
  const spans: Span<number>[] = []
  for (const value of values) {
    if (value.kind === 'function') {
      reportUnfit(clause, value)
      return nothing
    }
    const number = kind === 'duration' ? secondsOf(clause, value) : numberOf(value)
    if (number === undefined) {
      clause.scope.report(
        `Value '${value.text}' for the '${clause.name}' field is not a valid number.`,
      )
      return nothing
    }
    spans.push(exactSpan(operator, number))
  }
  if (field === 'not held') return withNotHeld(clause)
  const parts: IssueCondition[] = asksEmpty ? [empty(field, not)] : []
  if (values.length > 0) parts.push({ kind: 'numbers', field, spans, not })
  return joined(not ? 'and' : 'or', parts)
}

function secondsOf({ scope }: Clause, { text }: JqlValue): number | undefined {
  try {
    return parseJiraDuration(text, scope.context.duration ?? usualWeek)
  } catch {
    return undefined
  }
}

function numberOf({ text }: JqlValue): number | undefined {
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text.trim()) ? Number(text) : undefined
}

/** Text fields; `text` means summary, description and all custom text. */
export function resolveText(clause: Clause, field: TextField): IssueCondition {
  const { not, asksEmpty, values, scope } = clause
  if (asksEmpty && values.length === 0) {
    if (field === 'not held' || field === 'all') return withNotHeld(clause)
    return empty(field, not)
  }
  const query = textQueryOf(clause)
  if (!query || field === 'not held') return nothing
  const fields = field === 'all' ? (['summary', ...scope.fields.textFields] as const) : [field]
  return { kind: 'text', fields, query, not }
}

export function resolveWorklogComment(clause: Clause): Resolved {
  const query = textQueryOf(clause)
  if (!query) return nothing
  return { kind: 'worklog', conditions: [{ kind: 'comment', query, not: clause.not }] }
}

function textQueryOf(clause: Clause): TextQuery | undefined {
  const { scope, name } = clause
  const [value] = clause.values
  if (value?.kind !== 'value') {
    if (value) reportUnfit(clause, value)
    return undefined
  }
  if (value.text.trim() === '') {
    scope.report(`The field '${name}' does not support searching for an empty string.`)
    return undefined
  }
  const query = parseTextQuery(value.text)
  if (!query) scope.report(`Unable to parse the text '${value.text}' for field '${name}'.`)
  return query
}
