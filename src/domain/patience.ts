import { DomainError } from './errors.ts'
import type { Instant } from './zone.ts'

type Failures = { readonly count: number; readonly until: Instant; readonly last: Instant }

export type PatienceRule = {
  /** Failures that cost nothing: people mistype. */
  readonly free: number
  /** The wait after the next one; it doubles with every further failure. */
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

/** Slows whoever fails again and again, by any name: an address, a login. */
export type Patience = {
  /** Throws with `retryAfterSeconds` while this name has to wait. */
  check(name: string): void
  fail(name: string): void
  succeed(name: string): void
}

const mostNames = 20_000

/** Each process keeps its own count; it forgets a name after twice the longest wait. */
export function makePatience(rule: PatienceRule, now: () => Instant): Patience {
  const known = new Map<string, Failures>()
  return {
    check(name) {
      const failures = known.get(name)
      if (!failures || failures.until <= now()) return
      const seconds = Math.ceil((failures.until - now()) / 1_000)
      throw new DomainError('unavailable', `Too many attempts; wait ${seconds} seconds`, {
        retryAfterSeconds: seconds,
      })
    },
    fail(name) {
      const before = known.get(name)
      const isStale = !before || before.last + 2 * rule.longestWaitMs < now()
      const count = isStale ? 1 : before.count + 1
      const over = count - rule.free
      const waitMs =
        over <= 0 ? 0 : Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** Math.min(over - 1, 30))
      known.delete(name)
      // The oldest goes first: a flood of names must not make the guesser's own be forgotten early.
      if (known.size >= mostNames) known.delete(known.keys().next().value!)
      known.set(name, { count, until: now() + waitMs, last: now() })
    },
    succeed: (name) => void known.delete(name),
  }
}
