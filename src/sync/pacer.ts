import type { Instant } from '../domain/zone.ts'

/** Waits, or rejects with the signal's reason when it is aborted. */
export type Wait = (ms: number, signal: AbortSignal | undefined) => Promise<void>

export type PacerNeeds = {
  readonly now: () => Instant
  readonly wait: Wait
  /** 0 to 1, exclusive. */
  readonly random: () => number
}

/** What a request touches: a pause may concern its method and endpoint, its issue, or everything. */
export type Scope = { readonly endpoint: string; readonly issue?: string }

export type PausedScope = 'endpoint' | 'issue' | 'connection'

export type Pacer = {
  /** Runs `work` when a place is free and nothing it touches is paused. */
  run<T>(scope: Scope, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>
  /** An answer came through: many in a row open another place. `isNearLimit` closes half of them. */
  noteAnswer(isNearLimit: boolean): void
  /** The server said no: halves the places, and pauses what it meant. */
  pause(scope: Scope, what: PausedScope, ms: number): void
  readonly places: () => number
}

const fewestPlaces = 1
const firstPlaces = 4
const mostPlaces = 8
const cleanAnswers = 200
const writeSpacingMs = 250

/** One queue per connection that finds its own speed. */
export function makePacer({ now, wait }: PacerNeeds): Pacer {
  let places = firstPlaces
  let [running, clean] = [0, 0]
  const queue: (() => void)[] = []
  const pauses = new Map<string, Instant>()
  const keysOf = ({ endpoint, issue }: Scope) => [
    'connection',
    `endpoint ${endpoint}`,
    ...(issue === undefined ? [] : [`issue ${issue}`]),
  ]

  function admit(): void {
    while (running < places) {
      const next = queue.shift()
      if (!next) return
      running += 1
      next()
    }
  }

  async function waitForPauses(scope: Scope, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const until = Math.max(...keysOf(scope).map((key) => pauses.get(key) ?? 0))
      const left = until - now()
      if (left <= 0) return
      await wait(left, signal)
    }
  }

  return {
    async run(scope, signal, work) {
      await new Promise<void>((resolve) => {
        queue.push(resolve)
        admit()
      })
      try {
        signal?.throwIfAborted()
        await waitForPauses(scope, signal)
        return await work()
      } finally {
        running -= 1
        admit()
      }
    },
    noteAnswer(isNearLimit) {
      if (isNearLimit) {
        places = Math.max(fewestPlaces, Math.floor(places / 2))
        clean = 0
        return
      }
      clean += 1
      if (clean < cleanAnswers) return
      clean = 0
      places = Math.min(mostPlaces, places + 1)
      admit()
    },
    pause(scope, what, ms) {
      places = Math.max(fewestPlaces, Math.floor(places / 2))
      clean = 0
      const key =
        what === 'connection'
          ? 'connection'
          : what === 'endpoint'
            ? `endpoint ${scope.endpoint}`
            : `issue ${scope.issue}`
      pauses.set(key, Math.max(pauses.get(key) ?? 0, now() + ms))
    },
    places: () => places,
  }
}

/** Runs what touches one issue's worklogs one after the other, with a breath between. */
export function makeIssueQueue({
  now,
  wait,
}: PacerNeeds): <T>(
  issue: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  const endedAt = new Map<string, Instant>()
  return (issue, signal, work) => {
    const run = async () => {
      const left = (endedAt.get(issue) ?? 0) + writeSpacingMs - now()
      if (left > 0 && left <= writeSpacingMs) await wait(left, signal)
      try {
        return await work()
      } finally {
        endedAt.set(issue, now())
      }
    }
    const before = tails.get(issue) ?? Promise.resolve()
    const result = before.then(run, run)
    const tail = result.catch(() => {})
    tails.set(issue, tail)
    void tail.then(() => {
      if (tails.get(issue) === tail) tails.delete(issue)
      if (endedAt.size > 1_000) endedAt.clear()
    })
    return result
  }
}

export type WaitHint = {
  readonly retryAfter: string | undefined
  readonly reset: string | undefined
  readonly attempt: number
}

const longestWaitMs = 120_000

/**
 * How long to wait before asking again. What the server named is never undercut; our own back-off
 * doubles from 5 s and is spread, so that many clients do not come back at once.
 */
export function waitMs(
  hint: WaitHint,
  { now, random }: Pick<PacerNeeds, 'now' | 'random'>,
): number {
  const named = retryAfterMs(hint.retryAfter, now()) ?? resetMs(hint.reset, now())
  const base = named ?? 5_000 * 2 ** hint.attempt
  const factor = named === undefined ? 0.7 + 0.6 * random() : 1 + 0.3 * random()
  return Math.min(base, longestWaitMs) * factor
}

function retryAfterMs(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

function resetMs(text: string | undefined, now: Instant): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
