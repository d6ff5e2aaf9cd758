import { checkFresh, startChecks } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import type { EventId, EventView } from './event.ts'
import { type Idempotency, onceByKey } from './idempotency.ts'
import type { Actor } from './permission.ts'
import type { PlanCommand, PlanOutcome } from './plan-command.ts'
import type { PlanWriting } from './plan-context.ts'
import {
  changesOf,
  draftLimits,
  type PlanDraft,
  type PlanDraftId,
  type PlanDraftSummary,
  shortened,
  statesOf,
} from './plan-draft.ts'
import { seesEvent } from './plan-policy.ts'
import { publishDraft, staleIds } from './plan-publish.ts'
import { planChanges } from './plan-writing.ts'
import { outcomesOf, type PlanningNeeds } from './planning.ts'
import type { Stores, Writing } from './store.ts'
import { readTimeline, type Timeline, type TimelineWish } from './timeline.ts'

/** One event of a draft beside how it stands today; null where it is not. */
export type DraftedEvent = {
  readonly id: EventId
  readonly drafted: EventView | null
  readonly today: EventView | null
  /** Changed by somebody else since it was drafted. */
  readonly isStale: boolean
}

export type DraftOutcomes = {
  readonly draft: PlanDraftSummary
  readonly outcomes: readonly PlanOutcome[]
}

/** A draft with what it changes, and whether it can be published as it is. */
export type DraftView = {
  readonly draft: PlanDraftSummary
  readonly events: readonly DraftedEvent[]
}

/** Use cases on drafts: each belongs to one person and is known to nobody else. */
export type PlanDrafts = {
  list(actor: Actor): Promise<readonly PlanDraftSummary[]>
  get(actor: Actor, id: PlanDraftId): Promise<DraftView>
  create(actor: Actor, name: string): Promise<PlanDraftSummary>
  rename(actor: Actor, id: PlanDraftId, name: string, ifVersion?: number): Promise<PlanDraftSummary>
  discard(actor: Actor, id: PlanDraftId, ifVersion?: number): Promise<void>
  /** Commands as for plans themselves, by the same rules; what comes of them is kept in the draft. */
  write(
    actor: Actor,
    id: PlanDraftId,
    commands: readonly PlanCommand[],
    idempotency?: Idempotency,
  ): Promise<DraftOutcomes>
  /** Takes the newest step back. */
  undo(actor: Actor, id: PlanDraftId): Promise<DraftOutcomes>
  /** Of one event: what the draft says stands over what others did, or is dropped. */
  settle(
    actor: Actor,
    id: PlanDraftId,
    eventId: EventId,
    keep: 'mine' | 'theirs',
  ): Promise<DraftView>
  /** All of it becomes true in one transaction, and the draft ends. */
  publish(actor: Actor, id: PlanDraftId, ifVersion?: number): Promise<readonly PlanOutcome[]>
  /** The timeline as the draft would have it, and how what it changes lies today. */
  timeline(
    actor: Actor,
    id: PlanDraftId,
    wish: TimelineWish,
  ): Promise<{ readonly timeline: Timeline; readonly view: DraftView }>
}

export function makePlanDrafts({ store, now, newId, newUid }: PlanningNeeds): PlanDrafts {
  const write = <T>(actor: Actor, work: (writing: PlanWriting) => Promise<T>): Promise<T> =>
    store.write(actor.siteId, (tx) => work({ tx, actor, now: now(), newId, newUid }))
  const read = (actor: Actor, id: PlanDraftId) =>
    store.planDrafts.get(actor.siteId, actor.personId, id)
  return {
    list: (actor) => store.planDrafts.list(actor.siteId, actor.personId),
    get: async (actor, id) => viewOf(store, actor, await read(actor, id)),
    create: (actor, name) => write(actor, (writing) => createDraft(writing, name)),
    rename: (actor, id, name, ifVersion) =>
      write(actor, async (writing) => {
        checkName(name)
        const draft = await findDraft(writing, id, ifVersion)
        return keep(writing, { ...draft, name })
      }),
    discard: (actor, id, ifVersion) =>
      write(actor, async (writing) => {
        const draft = await findDraft(writing, id, ifVersion)
        await writing.tx.planDrafts.remove(actor.siteId, draft.id)
      }),
    write: (actor, id, commands, idempotency) =>
      write(actor, (writing) =>
        onceByKey(writing.tx, actor, idempotency, writing.now, () =>
          draftCommands(writing, id, commands),
        ),
      ),
    undo: (actor, id) => write(actor, (writing) => undoStep(writing, id)),
    settle: (actor, id, eventId, wish) =>
      write(actor, (writing) => settleEvent(writing, id, eventId, wish)),
    publish: (actor, id, ifVersion) =>
      write(actor, async (writing) => {
        const draft = await findDraft(writing, id, ifVersion)
        const changes = await publishDraft(writing, draft)
        await writing.tx.planDrafts.remove(actor.siteId, draft.id)
        return outcomesOf(writing.tx, actor, changes)
      }),
    async timeline(actor, id, wish) {
      const draft = await read(actor, id)
      const events = store.events.overlaid(actor.siteId, statesOf(draft.steps))
      return {
        timeline: await readTimeline({ ...store, events }, actor, wish, now()),
        view: await viewOf(store, actor, draft),
      }
    },
  }
}

async function createDraft({ tx, actor, now }: PlanWriting, name: string) {
  checkName(name)
  const { drafts } = draftLimits
  const { length } = await tx.planDrafts.list(actor.siteId, actor.personId)
  if (length >= drafts)
    throw new DomainError('conflict', `At most ${drafts} drafts: publish or discard one first`)
  const draft = {
    ownerId: actor.personId,
    name,
    steps: [],
    changes: 0,
    createdAt: now,
    updatedAt: now,
    version: tx.takeVersions(1),
  }
  return { ...draft, id: await tx.planDrafts.insert(actor.siteId, draft) }
}

function checkName(name: string): void {
  const checks = startChecks()
  checks.line('name', name, draftLimits.nameLength)
  checks.finish('The draft cannot have this name')
}

async function findDraft(
  { tx, actor }: PlanWriting,
  id: PlanDraftId,
  ifVersion?: number,
): Promise<PlanDraft> {
  const draft = await tx.planDrafts.get(actor.siteId, actor.personId, id)
  checkFresh(draft, ifVersion)
  return draft
}

async function draftCommands(
  writing: PlanWriting,
  id: PlanDraftId,
  commands: readonly PlanCommand[],
): Promise<DraftOutcomes> {
  const { tx, actor } = writing
  const draft = await findDraft(writing, id)
  const changes = await planChanges({ ...writing, tx: asDrafted(tx, actor, draft) }, commands)
  const step = changes.map(({ eventId, before, after }) => ({ eventId, before, after }))
  const after = await keep(writing, { ...draft, steps: [...draft.steps, step] })
  return { draft: after, outcomes: await outcomesOf(asDrafted(tx, actor, after), actor, changes) }
}

async function undoStep(writing: PlanWriting, id: PlanDraftId): Promise<DraftOutcomes> {
  const { tx, actor } = writing
  const draft = await findDraft(writing, id)
  const last = draft.steps.at(-1)
  if (!last) throw new DomainError('conflict', 'There is nothing to undo in this draft')
  const after = await keep(writing, { ...draft, steps: draft.steps.slice(0, -1) })
  const ids = [...new Set(last.map(({ eventId }) => eventId))]
  const touched = ids.map((eventId) => ({ eventId, version: after.version }))
  return { draft: after, outcomes: await outcomesOf(asDrafted(tx, actor, after), actor, touched) }
}

async function settleEvent(
  writing: PlanWriting,
  id: PlanDraftId,
  eventId: EventId,
  wish: 'mine' | 'theirs',
): Promise<DraftView> {
  const { tx, actor } = writing
  const draft = await findDraft(writing, id)
  const mine = statesOf(draft.steps).get(eventId)
  if (mine === undefined) throw new DomainError('not-found', `There is no event ${eventId} in it`)
  const others = draft.steps
    .map((step) => step.filter((change) => change.eventId !== eventId))
    .filter((step) => step.length > 0)
  const [before = null] = await tx.events.getMany(actor.siteId, [eventId])
  const own = wish === 'mine' ? [[{ eventId, before, after: mine }]] : []
  return viewOf(tx, actor, await keep(writing, { ...draft, steps: [...others, ...own] }))
}

async function keep({ tx, actor, now }: PlanWriting, draft: PlanDraft): Promise<PlanDraft> {
  const { events } = draftLimits
  const changes = changesOf(draft.steps).length
  if (changes > events)
    throw new DomainError('conflict', `At most ${events} plans in one draft: publish it first`)
  const steps = shortened(draft.steps)
  const after = { ...draft, steps, changes, updatedAt: now, version: tx.takeVersions(1) }
  await tx.planDrafts.update(actor.siteId, after)
  return after
}

/** The stores as the draft would have them. */
function asDrafted(tx: Writing, { siteId }: Actor, { steps }: PlanDraft): Writing {
  return { ...tx, events: tx.events.overlaid(siteId, statesOf(steps)) }
}

async function viewOf(
  stores: Pick<Stores, 'events'>,
  actor: Actor,
  draft: PlanDraft,
): Promise<DraftView> {
  const { siteId } = actor
  const changes = changesOf(draft.steps)
  const ids = changes.map(({ eventId }) => eventId)
  const today = await stores.events.views(siteId, ids)
  const drafted = await stores.events.overlaid(siteId, statesOf(draft.steps)).views(siteId, ids)
  const standing = byId(today)
  const planned = byId(drafted)
  const seen = (event: EventView | undefined) => (event && seesEvent(actor, event) ? event : null)
  const stale = new Set(staleIds(changes, standing))
  return {
    draft,
    events: ids.map((id) => ({
      id,
      drafted: seen(planned.get(id)),
      today: seen(standing.get(id)),
      isStale: stale.has(id),
    })),
  }
}

function byId(events: readonly EventView[]): ReadonlyMap<EventId, EventView> {
  return new Map(events.map((event) => [event.id, event]))
}
