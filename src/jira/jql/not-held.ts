import type { IssueCondition } from '../../domain/issue-query.ts'
import type { Clause } from './clause.ts'
import { everything, nothing } from './conditions.ts'

/** A field nobody gave us data for is empty everywhere: only EMPTY matches, and then every issue. */
export function withNotHeld({ asksEmpty, not }: Clause): IssueCondition {
  return asksEmpty && !not ? everything : nothing
}
