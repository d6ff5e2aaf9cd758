import type { JqlFunction, JqlOperand, JqlTerminal } from './ast.ts'
import type { JqlFieldEntry } from './fields.ts'
import { findFunction, problemOfCall } from './functions.ts'
import { operatorSets, shownOperand } from './operators.ts'

const comparisons: readonly string[] = operatorSets.ordered.slice(-4)

/**
 * What is wrong with a clause before any value is looked at: unknown functions, then a list where
 * none belongs (as the vendor's example `summary in test` shows), then the operator.
 */
export function problemOfShape(clause: JqlTerminal, entry: JqlFieldEntry): string | undefined {
  const { operator, operand } = clause
  const { name } = clause.field
  for (const call of callsIn(operand)) {
    const problem = problemOfCall(call)
    if (problem !== undefined) return problem
  }
  const wantsList = operator === 'in' || operator === 'not in'
  const isList = isListOperand(operand)
  if (wantsList && !isList)
    return `Operator '${operator}' does not support the non-list value '${shownOperand(operand)}' for field '${name}'.`
  if (!wantsList && isList)
    return `Operator '${operator}' does not support the list value '${shownOperand(operand)}' for field '${name}'.`
  if (!entry.operators.includes(operator))
    return `The operator '${operator}' is not supported by the '${name}' field.`
  const isEmptiness = operator === 'is' || operator === 'is not'
  if (isEmptiness && operand.kind !== 'empty')
    return `Operator '${operator}' only supports the values EMPTY and NULL for field '${name}'.`
  const asksEmpty = !isEmptiness && hasEmpty(operand)
  if (asksEmpty && (comparisons.includes(operator) || !entry.operators.includes('is')))
    return `The field '${name}' does not support searching for EMPTY values with the operator '${operator}'.`
  return undefined
}

function isListOperand(operand: JqlOperand): boolean {
  if (operand.kind === 'function') return findFunction(operand.name)?.isList === true
  return operand.kind === 'list'
}

function hasEmpty(operand: JqlOperand): boolean {
  return operand.kind === 'list' ? operand.items.some(hasEmpty) : operand.kind === 'empty'
}

function callsIn(operand: JqlOperand): readonly JqlFunction[] {
  if (operand.kind === 'list') return operand.items.flatMap(callsIn)
  return operand.kind === 'function' ? [operand] : []
}
