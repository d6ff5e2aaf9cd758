import { durationOf } from './beans.ts'
import { fieldRefusal } from './errors.ts'
import type { Call } from './route.ts'
import type { Issue } from './world-types.ts'

/** What a write does to the remaining estimate. */
export type Estimate =
  | { readonly mode: 'auto' | 'leave' }
  | { readonly mode: 'new' | 'manual'; readonly seconds: number }

/** Reads `adjustEstimate` and its companion; refuses as Jira does. */
export function estimateOf(call: Call, verb: 'add' | 'change' | 'remove'): Estimate {
  const mode = call.query.get('adjustEstimate') ?? 'auto'
  const { settings } = call.world.state
  if (mode === 'auto' || mode === 'leave') return { mode }
  if (mode === 'new') {
    const text = call.query.get('newEstimate')
    if (!text) throw fieldRefusal('newEstimate', 'Value is required when adjustEstimate is new')
    return { mode, seconds: durationOf(text, 'newEstimate', settings) }
  }
  if (mode !== 'manual') {
    throw fieldRefusal('adjustEstimate', `'${mode}' is not a valid value for adjustEstimate`)
  }
  if (verb === 'change') {
    throw fieldRefusal(
      'adjustEstimate',
      'Manual adjustment of remaining estimate not allowed when editing a worklog',
    )
  }
  const field = verb === 'add' ? 'reduceBy' : 'increaseBy'
  const text = call.query.get(field)
  if (!text) throw fieldRefusal(field, 'A value is required for manual estimate adjustment')
  const seconds = durationOf(text, field, settings)
  return { mode, seconds: verb === 'add' ? -seconds : seconds }
}

/** Moves the remaining estimate; one that was never given stays away in `auto`. */
export function adjust(
  issue: Issue,
  estimate: Estimate,
  { spentBefore, spentAfter }: { readonly spentBefore: number; readonly spentAfter: number },
): void {
  const { remainingEstimate } = issue
  if (estimate.mode === 'leave') return
  if (estimate.mode === 'new') {
    issue.remainingEstimate = estimate.seconds
  } else if (remainingEstimate !== undefined) {
    const change = estimate.mode === 'manual' ? estimate.seconds : spentBefore - spentAfter
    issue.remainingEstimate = Math.max(0, remainingEstimate + change)
  }
}
