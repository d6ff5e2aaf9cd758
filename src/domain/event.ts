import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type EventId = Brand<string, 'EventId'>

export const eventKinds = [
  'booking',
  'placeholder',
  'day-off',
  'vacation',
  'sick-leave',
  'holiday',
  'note',
  'overtime',
] as const

export type EventKind = (typeof eventKinds)[number]

/** Something on the timeline. Absence is an event, never a worklog. */
export type PlannedEvent = {
  readonly id: EventId
  readonly kind: EventKind
  readonly personId: PersonId
  readonly from: Day
  readonly to: Day
  readonly title: string
}

export interface EventStore {
  insert(siteId: SiteId, events: readonly Omit<PlannedEvent, 'id'>[]): Promise<void>
  find(siteId: SiteId, period: Period, limit: number): Promise<readonly PlannedEvent[]>
}
