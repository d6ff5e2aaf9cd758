import { DomainError } from './errors.ts'
import type { EventChange, EventId, PlannedEvent } from './event.ts'
import { type PlanContext, type PlanWriting, preparePlan } from './plan-context.ts'
import { changesOf, type DraftChange, type PlanDraft } from './plan-draft.ts'
import { checkTypes } from './plan-undo.ts'
import { checkEvent } from './plan-values.ts'
import { approvalAfter, checkMayPlan, mayPlan, writeChanges } from './plan-writing.ts'
import { checkAllowance } from './vacation-balance.ts'

/**
 * Makes everything a draft says true, or nothing. Refuses where an event has changed since it was
 * drafted (`conflict`, naming each), and whatever could not be planned today.
 */
export async function publishDraft(
  writing: PlanWriting,
  draft: PlanDraft,
): Promise<readonly EventChange[]> {
  const { tx, actor, now } = writing
  const wanted = changesOf(draft.steps)
  if (wanted.length === 0) throw new DomainError('conflict', 'There is nothing in this draft')
  const stored = await tx.events.getMany(
    actor.siteId,
    wanted.map(({ eventId }) => eventId),
  )
  const standing = new Map(stored.map((event) => [event.id, event]))
  const stale = staleIds(wanted, standing)
  if (stale.length > 0)
    throw new DomainError(
      'conflict',
      `${stale.length} plans have changed since they were drafted`,
      {
        reason: 'stale-version',
        events: stale,
      },
    )
  const prepared = await preparePlan(writing, [])
  const context: PlanContext = { ...prepared, current: new Map(standing) }
  for (const { eventId, after } of wanted) context.current.set(eventId, after)
  await checkTypes(
    context,
    wanted.flatMap(({ after }) => (after ? [after] : [])),
  )
  const changes: EventChange[] = []
  for (const { eventId, after } of wanted) {
    const before = standing.get(eventId) ?? null
    const settled = after && (await named(after, () => settle(context, before, after)))
    if (before && !settled) checkMayPlan(context, 'remove', before)
    const version = settled?.version ?? tx.takeVersions(1)
    changes.push({ version, eventId, actorId: actor.personId, at: now, before, after: settled })
  }
  await writeChanges(context, changes)
  return changes
}

/** Events that somebody else has changed, made or removed since they were drafted. */
export function staleIds(
  changes: readonly DraftChange[],
  standing: ReadonlyMap<EventId, PlannedEvent>,
): EventId[] {
  return changes.flatMap(({ eventId, before }) =>
    standing.get(eventId)?.version === before?.version ? [] : [eventId],
  )
}

async function settle(
  context: PlanContext,
  before: PlannedEvent | null,
  drafted: PlannedEvent,
): Promise<PlannedEvent> {
  if (before) checkMayPlan(context, 'change', before)
  checkMayPlan(context, before ? 'change' : 'create', drafted)
  await checkEvent(context, drafted, before)
  const after = {
    ...agreed(context, before, drafted),
    updatedAt: context.now,
    version: context.tx.takeVersions(1),
  }
  context.current.set(after.id, after)
  await checkAllowance(context, before, after)
  return after
}

/** What was agreed to in the draft stays so only while its owner may still agree. */
function agreed(
  context: PlanContext,
  before: PlannedEvent | null,
  after: PlannedEvent,
): PlannedEvent {
  if (after.approvedAt === null || mayPlan(context, 'approve', after)) return after
  if (before?.approvedAt == null) return { ...after, approvedById: null, approvedAt: null }
  return approvalAfter(context, before, after, undefined)
}

/** Says which event of the draft a refusal is about. */
async function named<T>({ id, title, from }: PlannedEvent, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const what = title === '' ? `event ${id}` : `"${title}"`
    throw new DomainError(error.code, `${what} from ${from}: ${error.message}`, {
      ...error.details,
      event: id,
    })
  }
}
