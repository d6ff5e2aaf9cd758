import type { JqlFunction, JqlOperator, JqlValue } from './ast.ts'
import { findFunction } from './functions.ts'
import type { Known } from './known.ts'
import { isNegative, negated } from './operators.ts'
import { type PlannedClause, valuesOf } from './plan.ts'
import type { JqlScope } from './scope.ts'

/** A clause ready to be resolved, with what its words mean at hand. */
export type Clause = {
  readonly scope: JqlScope
  readonly known: Known
  /** The field as typed. */
  readonly name: string
  /** With the NOTs before the clause worked in. */
  readonly operator: JqlOperator
  /** The operator asks for the absence of its values. */
  readonly not: boolean
  readonly values: readonly (JqlValue | JqlFunction)[]
  /** EMPTY is asked about: alone, or beside values in a list. */
  readonly asksEmpty: boolean
}

export function makeClause(planned: PlannedClause, scope: JqlScope, known: Known): Clause {
  const { clause, isNegated } = planned
  const operator = isNegated ? negated(clause.operator) : clause.operator
  const values: (JqlValue | JqlFunction)[] = []
  let asksEmpty = false
  for (const value of valuesOf(clause.operand)) {
    if (value.kind === 'empty' || isUnresolved(planned, value)) asksEmpty = true
    else values.push(value)
  }
  return {
    scope,
    known,
    name: clause.field.name,
    operator,
    not: isNegative(operator),
    values,
    asksEmpty,
  }
}

/** Reports a value that does not exist: ids and names have texts of their own. */
export function reportUnknown({ scope, name }: Clause, { text, isNumber }: JqlValue): void {
  scope.report(
    isNumber
      ? `A value with ID '${text}' does not exist for the field '${name}'.`
      : `The value '${text}' does not exist for the field '${name}'.`,
  )
}

/** Reports a function that gives nothing this field could hold. */
export function reportUnfit({ scope, name }: Clause, call: JqlFunction): void {
  const shown = findFunction(call.name)?.name ?? call.name
  scope.report(`A value provided by the function '${shown}' is invalid for the field '${name}'.`)
}

/** Jira lets `resolution = Unresolved` say that there is none. */
function isUnresolved({ entry }: PlannedClause, value: JqlValue | JqlFunction): boolean {
  return (
    entry.type.kind === 'name' &&
    entry.type.field === 'resolution' &&
    value.kind === 'value' &&
    value.text.toLowerCase() === 'unresolved'
  )
}
