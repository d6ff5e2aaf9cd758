import type { IssueCondition, IssueEmptyField, WorklogCondition } from '../../domain/issue-query.ts'

export const everything: IssueCondition = { kind: 'everything' }
export const nothing: IssueCondition = { kind: 'nothing' }

/**
 * A clause resolved: about the issue, or about one worklog. The latter is kept open so that worklog
 * clauses of one AND group come to ask about the same worklog.
 */
export type Resolved =
  | IssueCondition
  | { readonly kind: 'worklog'; readonly conditions: readonly WorklogCondition[] }

/** Conditions joined, with what is always or never true taken out. */
export function joined(kind: 'and' | 'or', conditions: readonly IssueCondition[]): IssueCondition {
  const [neutral, decisive] =
    kind === 'and' ? (['everything', 'nothing'] as const) : (['nothing', 'everything'] as const)
  const flat = conditions.flatMap((one) => (one.kind === kind ? one.conditions : [one]))
  if (flat.some((one) => one.kind === decisive)) return { kind: decisive }
  const rest = flat.filter((one) => one.kind !== neutral)
  if (rest.length === 0) return { kind: neutral }
  return rest.length === 1 ? rest[0]! : { kind, conditions: rest }
}

/** Resolved clauses joined; in an AND group those about worklogs become one. */
export function joinedClauses(kind: 'and' | 'or', clauses: readonly Resolved[]): IssueCondition {
  if (kind === 'or') return joined('or', clauses.map(settled))
  const about = clauses.flatMap((one) => (one.kind === 'worklog' ? [one.conditions] : []))
  const rest = clauses.flatMap((one) => (one.kind === 'worklog' ? [] : [one]))
  if (about.length === 0) return joined('and', rest)
  return joined('and', [...rest, { kind: 'workedOn', worklog: about.flat() }])
}

/** A clause on its own: there is a worklog of which this holds. */
export function settled(clause: Resolved): IssueCondition {
  return clause.kind === 'worklog' ? { kind: 'workedOn', worklog: clause.conditions } : clause
}

/** Everything but these, empty fields included. */
export function complement(condition: IssueCondition): IssueCondition {
  if (condition.kind === 'everything') return nothing
  if (condition.kind === 'nothing') return everything
  return condition.kind === 'complement' ? condition.condition : { kind: 'complement', condition }
}

export function empty(field: IssueEmptyField, not: boolean): IssueCondition {
  return { kind: 'empty', field, not }
}
