import type { EventColor, EventId, EventView, PlanKind } from './event.ts'

/** A new event or scheduled issue in the caller's words: things by id or any name they go by. */
export type NewPlan = {
  /** A type by id or name; or else a kind, whose system type is meant. */
  readonly type?: string
  readonly kind?: PlanKind
  readonly person?: string
  /** On the panel of a team, before a person is chosen. */
  readonly team?: string
  /** The issue that is scheduled, or that a placeholder stands for. */
  readonly issue?: string
  readonly project?: string | null
  readonly title?: string
  readonly from: string
  readonly to: string
  readonly secondsPerDay?: number | null
  /** Over the whole span, both as estimated at first and as still to do. */
  readonly estimateSeconds?: number | null
  readonly color?: EventColor | 'None' | null
  readonly link?: string
  readonly isApproved?: boolean
}

/** What to change; whatever is left out stays. A person takes it from a team, and the other way. */
export type PlanChange = Partial<Omit<NewPlan, 'kind' | 'estimateSeconds'>> & {
  readonly remainingSeconds?: number | null
}

/** Where to: so many days later, or to a first day with the length kept; and to whom. */
export type PlanMove = {
  readonly days?: number
  readonly from?: string
  readonly person?: string
  readonly team?: string
}

type OnEvent = {
  readonly id: EventId
  /** Refused as a `conflict` unless this is the version that is stored. */
  readonly ifVersion?: number | undefined
}

export type PlanCommand =
  | { readonly kind: 'create'; readonly plan: NewPlan }
  | (OnEvent & { readonly kind: 'change'; readonly change: PlanChange })
  | (OnEvent & { readonly kind: 'move'; readonly move: PlanMove })
  /** Two events out of one, the second beginning on that day. */
  | (OnEvent & { readonly kind: 'split'; readonly on: string })
  | (OnEvent & { readonly kind: 'remove' })

/** What one change left behind: the event as it is, null where it is gone. */
export type PlanOutcome = {
  readonly id: EventId
  readonly event: EventView | null
  /** Names this change when it shall be undone. */
  readonly version: number
}

export const planLimits = {
  commands: 500,
  spanDays: 3_660,
  titleLength: 500,
  linkLength: 2_000,
  earliestDay: '1900-01-01',
  latestDay: '2199-12-31',
} as const
