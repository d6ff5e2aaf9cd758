import type { IssueCondition, IssueOrder } from '../../domain/issue-query.ts'
import type { JqlQuery } from './ast.ts'
import { makeClause } from './clause.ts'
import { complement, joinedClauses, type Resolved, settled } from './conditions.ts'
import type { JqlContext } from './context.ts'
import { type Known, lookUp } from './known.ts'
import { resolveOrder, sortsByPriority } from './order.ts'
import { jqlError } from './parse-errors.ts'
import { type Plan, type PlannedClause, planQuery } from './plan.ts'
import { resolveDate, resolveDateTime, resolveWorklogDate } from './resolve-dates.ts'
import {
  resolveIssue,
  resolveName,
  resolveOption,
  resolveParent,
  resolveProject,
} from './resolve-names.ts'
import { resolveUser, resolveWorklogAuthor } from './resolve-people.ts'
import { resolveNumber, resolveText, resolveWorklogComment } from './resolve-values.ts'
import { type JqlScope, makeScope } from './scope.ts'

/** A query as the domain understands it; `warnings` are the errors of a lenient validation. */
export type ResolvedJql = {
  readonly condition: IssueCondition
  readonly order: readonly IssueOrder[]
  readonly warnings: readonly string[]
}

/**
 * What a query asks, for this caller at this moment. Throws `invalid` with all validation texts in
 * `details.errorMessages`; with validation `warn` or `none` they come back as warnings, and what is
 * wrong matches nothing.
 */
export async function resolveJql(query: JqlQuery, context: JqlContext): Promise<ResolvedJql> {
  const scope = makeScope(context)
  const plan = await planQuery(query.where, scope)
  const known = await lookUp(plan, sortsByPriority(query.orderBy, scope), context)
  const condition = settled(resolvePlan(plan, scope, known))
  const order = resolveOrder(query.orderBy, scope, known)
  const problems = [...scope.problems]
  if (problems.length > 0 && (context.validation ?? 'strict') === 'strict') throw jqlError(problems)
  return { condition, order, warnings: problems }
}

/** The validation texts of a query; empty when it is sound. */
export async function validateJql(
  query: JqlQuery,
  context: JqlContext,
): Promise<readonly string[]> {
  return (await resolveJql(query, { ...context, validation: 'warn' })).warnings
}

function resolvePlan(plan: Plan, scope: JqlScope, known: Known): Resolved {
  switch (plan.kind) {
    case 'and':
    case 'or':
      return joinedClauses(
        plan.kind,
        plan.parts.map((part) => resolvePlan(part, scope, known)),
      )
    case 'complement':
      return complement(settled(resolvePlan(plan.part, scope, known)))
    case 'clause':
      return resolveClause(plan, scope, known)
    default:
      return plan
  }
}

function resolveClause(planned: PlannedClause, scope: JqlScope, known: Known): Resolved {
  const clause = makeClause(planned, scope, known)
  const { type } = planned.entry
  switch (type.kind) {
    case 'worklogDate':
      return resolveWorklogDate(clause)
    case 'worklogAuthor':
      return resolveWorklogAuthor(clause)
    case 'worklogComment':
      return resolveWorklogComment(clause)
    case 'project':
      return resolveProject(clause)
    case 'issue':
      return resolveIssue(clause)
    case 'parent':
      return resolveParent(clause)
    case 'user':
      return resolveUser(clause, type.field)
    case 'name':
      return resolveName(clause, type.field)
    case 'option':
      return resolveOption(clause, type)
    case 'dateTime':
      return resolveDateTime(clause, type.field)
    case 'date':
      return resolveDate(clause, type.field)
    case 'duration':
    case 'number':
      return resolveNumber(clause, type.kind, type.field)
    case 'text':
      return resolveText(clause, type.field)
    case 'filter':
      throw new Error('a saved filter is put in place while planning')
  }
}
