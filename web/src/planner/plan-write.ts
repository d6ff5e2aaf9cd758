import type { AllocationBody, NewAllocation } from '../../../src/api/contract.ts'

/** One version of something. */
type Stand = { readonly id: string; readonly version: number }

/** A write on time set aside. `before` is how to get back to where it was. */
export type PlanWrite =
  | {
      readonly kind: 'create'
      readonly body: NewAllocation
      /** Its days as they were, where some of them differed from the rest. */
      readonly days?: AllocationBody['days']
      /** What it was, where this brings back something removed. */
      readonly was?: Stand
    }
  | {
      readonly kind: 'change'
      readonly id: string
      readonly version?: number
      readonly body: NewAllocation
      readonly before: NewAllocation
      /** Where this takes something back: the version at which it stood like that. */
      readonly was?: Stand
    }
  | {
      readonly kind: 'remove'
      readonly id: string
      readonly version?: number
      readonly before: NewAllocation
    }

/** What a write finds, to be told by the one that takes it back. */
export function wasOf({ id, version }: Extract<PlanWrite, { id: string }>): { was?: Stand } {
  return version === undefined ? {} : { was: { id, version } }
}

/**
 * Writes that wait to take back what happened before `done`, once that is taken back by `inverse`:
 * what stood at the version before it now stands at the version, or has the id, that this has given it.
 */
export function followed(
  waiting: readonly PlanWrite[],
  done: PlanWrite,
  inverse: PlanWrite,
): readonly PlanWrite[] {
  const was = done.kind === 'remove' ? undefined : done.was
  if (!was || inverse.kind === 'create') return waiting
  const { id, version } = inverse
  return waiting.map((write) => {
    if (write.kind === 'create' || write.id !== was.id) return write
    const isThat = write.version === was.version
    return { ...write, id, ...(isThat && version !== undefined ? { version } : {}) }
  })
}
