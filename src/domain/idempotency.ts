import { DomainError } from './errors.ts'
import type { Actor } from './permission.ts'
import type { Stores } from './store.ts'
import type { Instant } from './zone.ts'

/** A key that a caller gave a write, and the hash of what was asked for under it. */
export type Idempotency = { readonly key: string; readonly requestHash: string }

/** Whose idempotency keys these are: a way in such as `cli` serves many people. */
export function keyOwner(actor: Actor): string {
  return `${actor.personId} ${actor.via}`
}

/** The refusal of a key that belongs to another request. */
export function keyReused(): DomainError {
  return new DomainError('conflict', 'This idempotency key was already used with another request', {
    reason: 'idempotency-key-reused',
  })
}

/** What the same request was answered before; throws where the key belongs to another one. */
export async function findAnswered(
  stores: Pick<Stores, 'idempotency'>,
  actor: Actor,
  { key, requestHash }: Idempotency,
): Promise<{ readonly outcome: unknown } | undefined> {
  const found = await stores.idempotency.find(actor.siteId, keyOwner(actor), key)
  if (found && found.requestHash !== requestHash) throw keyReused()
  return found
}

/** Remembers what a request was answered. */
export async function keepAnswered(
  stores: Pick<Stores, 'idempotency'>,
  actor: Actor,
  { key, requestHash }: Idempotency,
  { outcome, at }: { readonly outcome: unknown; readonly at: Instant },
): Promise<void> {
  const owner = keyOwner(actor)
  await stores.idempotency.keep(actor.siteId, { owner, key, requestHash, outcome, at })
}

/** Does something at most once a key: asked again, the same is answered and nothing done. */
export async function onceByKey<T>(
  stores: Pick<Stores, 'idempotency'>,
  actor: Actor,
  idempotency: Idempotency | undefined,
  at: Instant,
  work: () => Promise<T>,
): Promise<T> {
  if (!idempotency) return work()
  const answered = await findAnswered(stores, actor, idempotency)
  if (answered) return answered.outcome as T
  const outcome = await work()
  await keepAnswered(stores, actor, idempotency, { outcome, at })
  return outcome
}
