import type { HandOvers } from '../../domain/hand-overs.ts'
import type { Store } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'

/** What this dialect is wired to. */
export type ServletNeeds = {
  readonly store: Store
  readonly handOvers: HandOvers
  readonly identity: Identity
  readonly now: () => Instant
}
