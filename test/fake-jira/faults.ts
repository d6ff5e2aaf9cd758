import { makeRandom } from '../../src/cli/demo/random.ts'
import type { LoggedRequest } from './request-log.ts'

/** Why Cloud says 429, as `RateLimit-Reason` names it. */
export type RateLimitReason =
  | 'jira-burst-based'
  | 'jira-per-issue-on-write'
  | 'jira-quota-global-based'
  | 'jira-quota-tenant-based'
  | 'jira-cost-based'

/**
 * One way for a request to fail. With `afterCommit` the work is done first, so that a write has
 * landed although its answer is lost; without, nothing happened.
 */
export type Fault = { readonly afterCommit?: boolean } & (
  | {
      readonly kind: 'rate-limit'
      /** Without a reason it is Data Center's token bucket. */
      readonly reason?: RateLimitReason
      readonly retryAfter?: RetryAfter
      readonly isHtml?: boolean
    }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: RetryAfter
      readonly isHtml?: boolean
      readonly message?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** No answer until the client gives up. */
  | { readonly kind: 'hang' }
  /** Half of the right answer, then the connection breaks. Happens after the work. */
  | { readonly kind: 'truncate' }
  /** Half of the right answer with the length of that half: complete HTTP, broken JSON. */
  | { readonly kind: 'cut-json' }
  /** 200 with a page of HTML, as proxies and login screens send. */
  | { readonly kind: 'html' }
  | { readonly kind: 'reset' }
)

/** Seconds, the same as an HTTP date, only as `X-RateLimit-Reset`, or nothing at all. */
export type RetryAfter =
  | { readonly seconds: number }
  | { readonly httpDateIn: number }
  | { readonly resetIn: number }
  | 'absent'

/** Which requests a queued fault waits for; all that is given must hold. */
export type FaultMatch = {
  readonly method?: string
  /** Part of the path, or a pattern on it. */
  readonly path?: string | RegExp
  /** The route as the request log names it, such as `GET worklog/updated`. */
  readonly route?: string
}

type Queued = { readonly match: FaultMatch; readonly fault: Fault; left: number; skip: number }

/** What goes wrong, and when. */
export type Faults = {
  /** The next matching request (or `times` of them, after `skip`) fails like this. */
  next(wish: { match?: FaultMatch; fault: Fault; times?: number; skip?: number }): void
  /** From now on requests fail by chance, the same ones for the same seed. */
  schedule(seed: number, options?: { rate?: number; faults?: readonly Fault[] }): void
  /** No more faults, queued or by chance. */
  stop(): void
  /** How many requests have failed so far. */
  count(): number
  /** Called before each request is handled, to kill or change things at that very moment. */
  onRequest(listener: (request: LoggedRequest) => void | Promise<void>): () => void
}

/** Every fault a schedule picks from unless it brings its own. */
export const allFaults: readonly Fault[] = [
  { kind: 'rate-limit', reason: 'jira-burst-based', retryAfter: { seconds: 1 } },
  { kind: 'rate-limit', reason: 'jira-quota-global-based', retryAfter: { resetIn: 2 } },
  { kind: 'rate-limit', reason: 'jira-quota-tenant-based', retryAfter: { httpDateIn: 2 } },
  { kind: 'rate-limit', reason: 'jira-cost-based', retryAfter: 'absent' },
  { kind: 'rate-limit', reason: 'jira-per-issue-on-write', retryAfter: { seconds: 1 } },
  { kind: 'rate-limit', retryAfter: { seconds: 1 }, isHtml: true },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502, isHtml: true },
  { kind: 'status', status: 503, retryAfter: { seconds: 1 } },
  { kind: 'status', status: 500, afterCommit: true },
  { kind: 'reset', afterCommit: true },
  { kind: 'hang' },
  { kind: 'hang', afterCommit: true },
  { kind: 'truncate' },
  { kind: 'cut-json' },
  { kind: 'html' },
  { kind: 'reset' },
]

/** The faults with the server's side of them: which one hits this request, if any. */
export function makeFaults() {
  const queue: Queued[] = []
  const listeners = new Set<(request: LoggedRequest) => void | Promise<void>>()
  let chance: (() => Fault | undefined) | undefined
  let count = 0

  const faults: Faults = {
    next({ match = {}, fault, times = 1, skip = 0 }) {
      queue.push({ match, fault, left: times, skip })
    },
    schedule(seed, { rate = 0.1, faults: choices = allFaults } = {}) {
      const random = makeRandom(seed)
      chance = () => (random.chance(rate) ? random.pick(choices) : undefined)
    },
    stop() {
      queue.length = 0
      chance = undefined
    },
    count: () => count,
    onRequest(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  function takeQueued(request: LoggedRequest): Fault | undefined {
    for (const entry of queue) {
      if (!matches(entry.match, request)) continue
      if (entry.skip > 0) {
        entry.skip -= 1
        continue
      }
      entry.left -= 1
      if (entry.left <= 0) queue.splice(queue.indexOf(entry), 1)
      return entry.fault
    }
    return undefined
  }

  return {
    faults,
    /** Chance spares what is not the API: a refresh token lost on the way would never come back. */
    async hit(request: LoggedRequest, isApi: boolean): Promise<Fault | undefined> {
      for (const listener of listeners) await listener(request)
      const fault = takeQueued(request) ?? (isApi ? chance?.() : undefined)
      if (fault) count += 1
      return fault
    },
  }
}

function matches({ method, path, route }: FaultMatch, request: LoggedRequest): boolean {
  if (method !== undefined && method !== request.method) return false
  if (route !== undefined && route !== request.route) return false
  if (path === undefined) return true
  return typeof path === 'string' ? request.path.includes(path) : path.test(request.path)
}
