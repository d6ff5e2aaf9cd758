import type { DomainErrorCode, ErrorDetails } from './errors.ts'
import type { Idempotency } from './idempotency.ts'
import type { Actor } from './permission.ts'
import type { Visibility, WorklogId, WorklogView } from './worklog.ts'
import type { Instant } from './zone.ts'

/** When the work began: an instant, or the author's own day and wall clock. */
export type Beginning = {
  readonly startedAt?: Instant
  /** The clock the instant was read from; the author's own zone where left out. */
  readonly offsetSeconds?: number
  readonly day?: string
  /** `HH:MM` or `HH:MM:SS`. */
  readonly startTime?: string
}

/** A new worklog in the caller's words: `issue` by id or key, `author` by any name of a person. */
export type NewEntry = Beginning & {
  readonly issue: string
  /** The actor where left out. */
  readonly author?: string
  readonly timeSpentSeconds: number
  readonly billableSeconds?: number | null
  readonly comment?: string
  readonly category?: string | null
  readonly visibility?: Visibility | null
  readonly attributes?: Readonly<Record<string, string>>
  /** Entity properties as Jira carries them. */
  readonly properties?: Readonly<Record<string, unknown>>
}

/** What to change; whatever is left out stays. A row of a Jira keeps its author. */
export type EntryChange = Partial<NewEntry>

/**
 * What a write does to the remaining estimate of its issue, here or in a mirrored Jira: `auto` takes
 * off what was spent, `new` sets it, `manual` takes off (or with a removal adds) the seconds given.
 * Where nothing is said it stays.
 */
export type EstimateChange =
  | { readonly mode: 'auto' | 'leave' }
  | { readonly mode: 'new' | 'manual'; readonly seconds: number }

export type WriteCommand = {
  readonly estimate?: EstimateChange
  /** Written although its days are closed or approved: an administrator's right, and audited. */
  readonly passesLocks?: boolean
} & (
  | { readonly kind: 'log'; readonly entry: NewEntry }
  | {
      readonly kind: 'change'
      readonly id: WorklogId
      /** Refused as a `conflict` unless this is the version that is stored. */
      readonly ifVersion?: number
      readonly change: EntryChange
    }
  | { readonly kind: 'remove'; readonly id: WorklogId; readonly ifVersion?: number }
)

export type WriteRequest = {
  readonly actor: Actor
  readonly commands: readonly WriteCommand[]
  /**
   * One refused command keeps all of them from being written. Where rows go to a Jira they are all
   * checked first, and one that Jira itself refuses leaves the ones before it written.
   */
  readonly isAtomic?: boolean
  /** The same key with the same hash answers what was answered before and writes nothing. */
  readonly idempotency?: Idempotency
  /** Somebody writes one row and looks at it: its estimate may follow, where a mirrored Jira says so. */
  readonly isByHand?: boolean
}

export type Refusal = {
  readonly code: DomainErrorCode
  readonly message: string
  readonly details: ErrorDetails
}

/** What became of one command: the row as written (or as it was when removed), or why not. */
export type WriteOutcome =
  | { readonly ok: true; readonly worklog: WorklogView }
  | { readonly ok: false; readonly refusal: Refusal }

/** What the commands beside a refused one of an atomic request are told. */
export const notAlone: WriteOutcome = {
  ok: false,
  refusal: {
    code: 'conflict',
    message: 'Not written, because another row of the request is refused',
    details: { reason: 'not-alone' },
  },
}

/**
 * The only way to write worklogs by hand. Each command stands for itself: one refused row does not
 * keep the others of its request from being written, unless it is atomic. All of a request commits
 * together.
 */
export interface WorklogBook {
  write(request: WriteRequest): Promise<readonly WriteOutcome[]>
}
