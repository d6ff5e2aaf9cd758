import type { IssueCondition } from '../../domain/issue-query.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Store } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'
import type { Patience } from '../../http/long-poll.ts'
import type { NumberSettings } from './numbers.ts'

/** What an administrator may set about this API. */
export type TimeTrackerSettings = {
  readonly patience: Patience
  /** Columns of exportData beside the hours, by the ids of the contract, section 5.2. */
  readonly exportColumns: readonly string[]
  readonly hours: NumberSettings
  /** Of headers and numbers: a tag, or `owner` for that of whoever owns the key. */
  readonly language: string
  /** `'` before texts that look like formulas, in the CSV; the original writes them as they are. */
  readonly guardsFormulas: boolean
  /** Lets a request ask for the slow answer by `X-Long-Poll: force`. For tests. */
  readonly allowsForcing: boolean
}

/** What this dialect is wired to. */
export type TimeTrackerNeeds = {
  readonly store: Store
  readonly identity: Identity
  readonly now: () => Instant
  readonly publicUrl: string | undefined
  readonly settings: TimeTrackerSettings
  /** The issues a JQL query finds, as this caller means its names. */
  readonly findIssues: (actor: Actor, jql: string) => Promise<IssueCondition>
}
