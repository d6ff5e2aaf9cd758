import type { Brand } from './brand.ts'
import type { EventId, PlannedEvent } from './event.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export type PlanDraftId = Brand<string, 'PlanDraftId'>

/** What a step of a draft makes of one event: null before it is there, null once gone. */
export type DraftChange = {
  readonly eventId: EventId
  readonly before: PlannedEvent | null
  readonly after: PlannedEvent | null
}

/** What is told of a draft without reading it. */
export type PlanDraftSummary = {
  readonly id: PlanDraftId
  readonly ownerId: PersonId
  readonly name: string
  /** Events that publishing would change. */
  readonly changes: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** Changes of plans that somebody tries out aside: seen by nobody else, loading nobody. */
export type PlanDraft = PlanDraftSummary & {
  /** The oldest first; the last one is what an undo takes back. */
  readonly steps: readonly (readonly DraftChange[])[]
}

export const draftLimits = {
  drafts: 50,
  events: 500,
  /** Events that can be taken back one step at a time, all steps together. */
  undone: 2_000,
  nameLength: 255,
} as const

/** One change per event: from how it was found to how it shall be. What came and went is left out. */
export function changesOf(steps: PlanDraft['steps']): DraftChange[] {
  const found = new Map<EventId, DraftChange>()
  for (const change of steps.flat()) {
    const first = found.get(change.eventId)
    found.set(change.eventId, { ...change, before: first ? first.before : change.before })
  }
  return [...found.values()].filter(({ before, after }) => before !== null || after !== null)
}

/** With what is too old to be undone step by step as one step: a draft is read and written whole. */
export function shortened(
  steps: PlanDraft['steps'],
  most: number = draftLimits.undone,
): PlanDraft['steps'] {
  let [first, held] = [steps.length, 0]
  while (first > 0 && held + steps[first - 1]!.length <= most) {
    first -= 1
    held += steps[first]!.length
  }
  return first === 0 ? steps : [changesOf(steps.slice(0, first)), ...steps.slice(first)]
}

/** How events stand in a draft; null where it removes them. */
export function statesOf(steps: PlanDraft['steps']): ReadonlyMap<EventId, PlannedEvent | null> {
  return new Map(steps.flat().map(({ eventId, after }) => [eventId, after]))
}

export interface PlanDraftStore {
  /** The newest first. */
  list(siteId: SiteId, ownerId: PersonId): Promise<readonly PlanDraftSummary[]>
  /** Only to its owner. */
  get(siteId: SiteId, ownerId: PersonId, id: PlanDraftId): Promise<PlanDraft>
  insert(siteId: SiteId, draft: Omit<PlanDraft, 'id'>): Promise<PlanDraftId>
  update(siteId: SiteId, draft: PlanDraft): Promise<void>
  remove(siteId: SiteId, id: PlanDraftId): Promise<void>
}
