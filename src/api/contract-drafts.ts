import { type Static, Type } from '@sinclair/typebox'
import { closed, Id, Moment, oneOf, ref, text, Version } from './contract-common.ts'
import { EventOutcomes, EventSchema } from './contract-events.ts'

export const PlanDraft = closed(
  {
    id: Id,
    name: Type.String(),
    changes: Type.Integer({ description: 'Events that publishing would change' }),
    createdAt: Moment,
    updatedAt: Moment,
    version: Version,
  },
  { $id: 'PlanDraft', description: 'Changes of plans tried out aside; only its owner knows of it' },
)
export type PlanDraftBody = Static<typeof PlanDraft>

export const PlanDraftsAnswer = closed(
  { drafts: Type.Array(ref(PlanDraft), { description: 'Your own, the newest first' }) },
  { $id: 'PlanDraftsAnswer' },
)

export const NewPlanDraft = closed(
  { name: text(255, { minLength: 1 }) },
  { $id: 'NewPlanDraft', examples: [{ name: 'If Jane leaves in May' }] },
)

const DraftedEvent = closed({
  id: Id,
  drafted: Type.Optional(ref(EventSchema)),
  today: Type.Optional(ref(EventSchema)),
  isStale: Type.Boolean({ description: 'Changed by somebody else since it was drafted' }),
})

export const PlanDraftDetail = closed(
  {
    draft: ref(PlanDraft),
    events: Type.Array(DraftedEvent, {
      description: '`drafted` is left out where it is removed, `today` where it is new',
    }),
  },
  { $id: 'PlanDraftDetail' },
)
export type PlanDraftDetailBody = Static<typeof PlanDraftDetail>

export const PlanDraftOutcomes = closed(
  { draft: ref(PlanDraft), outcomes: EventOutcomes.properties.outcomes },
  { $id: 'PlanDraftOutcomes' },
)

export const PlanDraftSettle = closed(
  {
    keep: oneOf(['mine', 'theirs'] as const, {
      description: '`theirs` drops the event from the draft; `mine` stands over what others did',
    }),
  },
  { $id: 'PlanDraftSettle', examples: [{ keep: 'mine' }] },
)

export const PlanDraftEventParams = Type.Object({
  id: Type.String({ description: 'Id of the draft', examples: ['7'] }),
  eventId: Type.String({ description: 'Id of an event in it', examples: ['4711'] }),
})
