import { DomainError } from './errors.ts'
import type { EventChange, EventId, EventPage, EventQuery, EventView } from './event.ts'
import { type FreeAnswer, type FreeWish, findFreePeople } from './free-people.ts'
import { type Idempotency, onceByKey } from './idempotency.ts'
import { type Actor, viewerOf } from './permission.ts'
import type { PersonId } from './person.ts'
import type { PlanCommand, PlanOutcome } from './plan-command.ts'
import type { PlanWriting } from './plan-context.ts'
import { seesEvent } from './plan-policy.ts'
import { undoPlan } from './plan-undo.ts'
import { applyPlan } from './plan-writing.ts'
import type { Store, Stores } from './store.ts'
import { readTimeline, type Timeline, type TimelineWish } from './timeline.ts'
import { type VacationBalance, vacationBalances } from './vacation-balance.ts'
import type { Instant } from './zone.ts'

/** Use cases on plans: what lies on the timeline, who has how much to do, and who has time. */
export type Planning = {
  /**
   * All commands or none; each changed event comes back as it is now, with a way to undo it. The
   * same key with the same request answers what was answered before and writes nothing.
   */
  write(
    actor: Actor,
    commands: readonly PlanCommand[],
    idempotency?: Idempotency,
  ): Promise<readonly PlanOutcome[]>
  /** Takes changes back by their versions, all or none. */
  undo(actor: Actor, versions: readonly number[]): Promise<readonly PlanOutcome[]>
  get(actor: Actor, id: EventId): Promise<EventView>
  list(
    actor: Actor,
    query: Omit<EventQuery, 'siteId' | 'viewer'>,
    page: EventPage,
  ): Promise<readonly EventView[]>
  timeline(actor: Actor, wish: TimelineWish): Promise<Timeline>
  findFree(actor: Actor, wish: FreeWish): Promise<FreeAnswer>
  /** Vacation of the people asked for whom the actor may see. */
  vacations(
    actor: Actor,
    personIds: readonly PersonId[],
    year: number,
  ): Promise<readonly VacationBalance[]>
}

export type PlanningNeeds = {
  readonly store: Store
  readonly now: () => Instant
  /** An id nobody has: random and below 2^53, kind to clients that read ids as numbers. */
  readonly newId: () => string
  readonly newUid: () => string
}

export function makePlanning({ store, now, newId, newUid }: PlanningNeeds): Planning {
  const writing = (
    actor: Actor,
    work: (writing: PlanWriting) => Promise<readonly EventChange[]>,
    idempotency?: Idempotency,
  ): Promise<readonly PlanOutcome[]> =>
    store.write(actor.siteId, (tx) =>
      onceByKey(tx, actor, idempotency, now(), async () =>
        outcomesOf(tx, actor, await work({ tx, actor, now: now(), newId, newUid })),
      ),
    )
  return {
    write: (actor, commands, idempotency) =>
      writing(actor, (plan) => applyPlan(plan, commands), idempotency),
    undo: (actor, versions) => writing(actor, (plan) => undoPlan(plan, versions)),
    async get(actor, id) {
      const [event] = await store.events.views(actor.siteId, [id])
      if (!event || !seesEvent(actor, event))
        throw new DomainError('not-found', `There is no event ${id}`)
      return event
    },
    list: (actor, query, page) =>
      store.events.find({ ...query, siteId: actor.siteId, viewer: viewerOf(actor) }, page),
    timeline: (actor, wish) => readTimeline(store, actor, wish, now()),
    findFree: (actor, wish) => findFreePeople(store, actor, wish, now()),
    vacations(actor, personIds, year) {
      const seen = personIds.filter((personId) => seesEvent(actor, { personId, teamId: null }))
      return vacationBalances(store, actor.siteId, seen, year)
    },
  }
}

/** What changes left behind, as it is told. */
export async function outcomesOf(
  tx: Pick<Stores, 'events'>,
  actor: Actor,
  changes: readonly Pick<EventChange, 'eventId' | 'version'>[],
): Promise<readonly PlanOutcome[]> {
  const views = await tx.events.views(
    actor.siteId,
    changes.map(({ eventId }) => eventId),
  )
  const byId = new Map(views.map((view) => [view.id, view]))
  return changes.map(({ eventId, version }) => ({
    id: eventId,
    event: byId.get(eventId) ?? null,
    version,
  }))
}
