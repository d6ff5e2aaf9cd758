import type { JqlClause, JqlOperand, JqlTerminal } from './ast.ts'
import { problemOfShape } from './check.ts'
import { type JqlFieldEntry, makeFieldCatalogue } from './fields.ts'
import { jqlLimits } from './limits.ts'
import { isNegative, negated } from './operators.ts'
import { makeJqlParser } from './parser.ts'
import type { JqlScope } from './scope.ts'

/** A clause with its field found; `isNegated` where an odd number of NOTs stood before it. */
export type PlannedClause = {
  readonly kind: 'clause'
  readonly clause: JqlTerminal
  readonly entry: JqlFieldEntry
  readonly isNegated: boolean
}

/**
 * A query with every NOT pushed down to the clauses, groups of one kind merged and saved filters
 * put in place. `complement` stands around a filter that is asked not to match.
 */
export type Plan =
  | { readonly kind: 'everything' | 'nothing' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plan[] }
  | { readonly kind: 'complement'; readonly part: Plan }
  | PlannedClause

type Planning = {
  readonly scope: JqlScope
  readonly filters: ReadonlyMap<string, SavedQuery>
  /** Ids of the filters being put in, outermost first. */
  readonly path: readonly string[]
  readonly count: { clauses: number }
}

type SavedQuery = { readonly id: string; readonly where: JqlClause | undefined }

const nothing: Plan = { kind: 'nothing' }

/** Pushes down, flattens and expands; what is wrong is reported and planned as matching nothing. */
export async function planQuery(where: JqlClause | undefined, scope: JqlScope): Promise<Plan> {
  if (!where) return { kind: 'everything' }
  const filters = await readFilters(where, scope)
  return plan(where, false, { scope, filters, path: [], count: { clauses: 0 } })
}

function plan(clause: JqlClause, isNegated: boolean, planning: Planning): Plan {
  switch (clause.kind) {
    case 'not':
      return plan(clause.clause, !isNegated, planning)
    case 'and':
    case 'or': {
      const kind = (clause.kind === 'and') === isNegated ? 'or' : 'and'
      const parts = clause.clauses.map((inner) => plan(inner, isNegated, planning))
      return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) }
    }
    case 'history': {
      const { name } = clause.field
      planning.scope.report(
        `History searches are not supported on this server for field '${name}'.`,
      )
      return nothing
    }
    case 'terminal':
      return planTerminal(clause, isNegated, planning)
  }
}

function planTerminal(clause: JqlTerminal, isNegated: boolean, planning: Planning): Plan {
  const { scope, count } = planning
  count.clauses += 1
  if (count.clauses > jqlLimits.expansion) {
    scope.report(`The query has more than ${jqlLimits.expansion} clauses with its saved filters.`)
    return nothing
  }
  const entry = scope.fieldOf(clause.field)
  if (!entry) return nothing
  const problem = problemOfShape(clause, entry)
  if (problem !== undefined) {
    scope.report(problem)
    return nothing
  }
  if (entry.type.kind !== 'filter') return { kind: 'clause', clause, entry, isNegated }
  return planFilters(clause, isNegated, planning)
}

function planFilters(clause: JqlTerminal, isNegated: boolean, planning: Planning): Plan {
  const parts = valuesOf(clause.operand).flatMap((value) => {
    const filter = value.kind === 'value' ? planning.filters.get(value.text) : undefined
    if (filter) return [planFilter(filter, clause, planning)]
    planning.scope.report(unknownFilter(value, clause.field.name))
    return []
  })
  const all: Plan = parts.length === 1 ? parts[0]! : { kind: 'or', parts }
  if (parts.length === 0) return nothing
  const operator = isNegated ? negated(clause.operator) : clause.operator
  return isNegative(operator) ? { kind: 'complement', part: all } : all
}

function planFilter({ id, where }: SavedQuery, clause: JqlTerminal, planning: Planning): Plan {
  if (planning.path.includes(id)) {
    planning.scope.report(
      `Field '${clause.field.name}' with value '${id}' causes a cyclical reference, this query can not be executed and should be edited.`,
    )
    return nothing
  }
  if (!where) return { kind: 'everything' }
  return plan(where, false, { ...planning, path: [...planning.path, id] })
}

function unknownFilter(value: JqlOperand, field: string): string {
  if (value.kind === 'value' && value.isNumber)
    return `A value with ID '${value.text}' does not exist for the field '${field}'.`
  if (value.kind === 'value')
    return `The value '${value.text}' does not exist for the field '${field}'.`
  const name = value.kind === 'function' ? value.name : 'EMPTY'
  return `A value provided by the function '${name}' is invalid for the field '${field}'.`
}

/** All saved filters a query leads to, a level of nesting per question. */
async function readFilters(where: JqlClause, scope: JqlScope): Promise<Map<string, SavedQuery>> {
  const filters = new Map<string, SavedQuery>()
  const byId = new Map<string, SavedQuery>()
  const parse = makeJqlParser()
  const fields = makeFieldCatalogue()
  let open: readonly JqlClause[] = [where]
  const asked = new Set<string>()
  while (open.length > 0) {
    const names = open
      .flatMap((clause) => filterNames(clause, fields))
      .filter((name) => !asked.has(name))
    for (const name of names) asked.add(name)
    if (names.length === 0 || asked.size > jqlLimits.expansion) break
    const found = await scope.context.lookups.filters([...new Set(names)])
    const fresh: JqlClause[] = []
    for (const [name, { id, jql }] of found) {
      const known = byId.get(id) ?? { id, where: parseFilter(id, jql, parse, scope) }
      if (!byId.has(id) && known.where) fresh.push(known.where)
      byId.set(id, known)
      filters.set(name, known)
    }
    open = fresh
  }
  return filters
}

function parseFilter(
  id: string,
  jql: string,
  parse: ReturnType<typeof makeJqlParser>,
  scope: JqlScope,
): JqlClause | undefined {
  try {
    return parse(jql).where
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    scope.report(`The saved filter '${id}' can not be read. ${reason}`)
    return undefined
  }
}

function filterNames(clause: JqlClause, fields: ReturnType<typeof makeFieldCatalogue>): string[] {
  switch (clause.kind) {
    case 'not':
      return filterNames(clause.clause, fields)
    case 'and':
    case 'or':
      return clause.clauses.flatMap((inner) => filterNames(inner, fields))
    case 'history':
      return []
    case 'terminal':
      if (fields.find(clause.field)?.type.kind !== 'filter') return []
      return valuesOf(clause.operand).flatMap((value) => (value.kind === 'value' ? value.text : []))
  }
}

/** The operand as a flat list: nested lists mean their items. */
export function valuesOf(operand: JqlOperand): readonly Exclude<JqlOperand, { kind: 'list' }>[] {
  return operand.kind === 'list' ? operand.items.flatMap(valuesOf) : [operand]
}
