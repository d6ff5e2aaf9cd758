import type { JqlOperand, JqlOperator } from './ast.ts'

const equality = ['=', '!=', 'in', 'not in'] as const
const emptiness = ['is', 'is not'] as const
const matching = ['~', '!~'] as const

/** Operators by what a field holds (contract C3). */
export const operatorSets = {
  /** Values have an order. */
  ordered: [...equality, ...emptiness, '<', '<=', '>', '>='],
  listed: [...equality, ...emptiness],
  /** Never empty. */
  always: equality,
  text: matching,
  textOrEmpty: [...matching, ...emptiness],
  textOnly: ['~'],
} as const satisfies Readonly<Record<string, readonly JqlOperator[]>>

const opposites: Readonly<Record<JqlOperator, JqlOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '~': '!~',
  '!~': '~',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
}

/** What NOT makes of an operator: it turns around, and so still never matches an empty field (C6). */
export function negated(operator: JqlOperator): JqlOperator {
  return opposites[operator]
}

/** Whether the operator asks for the absence of the values it names. */
export function isNegative(operator: JqlOperator): boolean {
  return operator.startsWith('!') || operator === 'not in' || operator === 'is not'
}

/** An operand as validation texts show it: every text in double quotes. */
export function shownOperand(operand: JqlOperand): string {
  switch (operand.kind) {
    case 'empty':
      return 'EMPTY'
    case 'value':
      return operand.isNumber ? operand.text : `"${operand.text}"`
    case 'list':
      return `(${operand.items.map(shownOperand).join(', ')})`
    case 'function':
      return `${operand.name}(${operand.args.join(', ')})`
  }
}
