import type { IssueCondition } from '../../domain/issue-query.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Store } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'

/** What this dialect is wired to. */
export type GadgetNeeds = {
  readonly store: Store
  readonly identity: Identity
  readonly now: () => Instant
  readonly publicUrl: string | undefined
  readonly contextPath: string
  /** What the gadget's table writes times in; clients slice one letter off, so hours are usual. */
  readonly unit: 'hours' | 'days' | 'pretty'
  /** The issues a JQL query finds, as this caller means its names. */
  readonly findIssues: (actor: Actor, jql: string) => Promise<IssueCondition>
}
