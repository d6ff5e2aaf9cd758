/** Where something stands in the query text; both count from 1. */
export type JqlPosition = { readonly line: number; readonly character: number }

/** A query as written: nothing resolved, nothing reordered. No `where` means every issue. */
export type JqlQuery = { readonly where?: JqlClause; readonly orderBy: readonly JqlSort[] }

export type JqlClause = JqlCompound | JqlNot | JqlTerminal | JqlHistory

/** At least two clauses; brackets within brackets stay as they were written. */
export type JqlCompound = {
  readonly kind: 'and' | 'or'
  readonly clauses: readonly JqlClause[]
  readonly position: JqlPosition
}

export type JqlNot = {
  readonly kind: 'not'
  readonly clause: JqlClause
  readonly position: JqlPosition
}

export const jqlOperators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '~',
  '!~',
  'in',
  'not in',
  'is',
  'is not',
] as const

export type JqlOperator = (typeof jqlOperators)[number]

export type JqlTerminal = {
  readonly kind: 'terminal'
  readonly field: JqlField
  readonly operator: JqlOperator
  readonly operand: JqlOperand
  readonly position: JqlPosition
}

export type JqlHistoryOperator = 'was' | 'was not' | 'was in' | 'was not in' | 'changed'

/** A question about the past. It parses; resolving refuses it, as no history is kept. */
export type JqlHistory = {
  readonly kind: 'history'
  readonly field: JqlField
  readonly operator: JqlHistoryOperator
  /** Absent for `changed` alone. */
  readonly operand?: JqlOperand
  readonly predicates: readonly JqlPredicate[]
  readonly position: JqlPosition
}

export const jqlPredicates = ['before', 'after', 'on', 'during', 'by', 'from', 'to'] as const

export type JqlPredicate = {
  readonly operator: (typeof jqlPredicates)[number]
  readonly operand: JqlOperand
}

export type JqlField = {
  /** As typed; `cf[123]` for a custom field given by its number. */
  readonly name: string
  readonly customId?: string
  readonly properties: readonly JqlProperty[]
  readonly position: JqlPosition
}

/** An entity property, `issue.property[key].path`. */
export type JqlProperty = { readonly key: string; readonly path: readonly string[] }

export type JqlOperand = JqlValue | JqlFunction | JqlList | JqlEmpty

/** A number is what was written bare and in digits: it means an id before it means a name. */
export type JqlValue = {
  readonly kind: 'value'
  readonly text: string
  readonly isNumber: boolean
  readonly position: JqlPosition
}

export type JqlFunction = {
  readonly kind: 'function'
  readonly name: string
  readonly args: readonly string[]
  readonly position: JqlPosition
}

export type JqlList = {
  readonly kind: 'list'
  readonly items: readonly JqlOperand[]
  readonly position: JqlPosition
}

export type JqlEmpty = { readonly kind: 'empty'; readonly position: JqlPosition }

export type JqlSort = {
  readonly field: JqlField
  readonly direction?: 'asc' | 'desc'
  readonly position: JqlPosition
}
