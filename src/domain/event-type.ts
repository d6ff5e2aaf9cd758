import type { Brand } from './brand.ts'
import type { EventKind } from './event.ts'
import type { SiteId } from './site.ts'

export type EventTypeId = Brand<string, 'EventTypeId'>

/**
 * A sort of event with a name of its own; how it behaves follows its kind. Every site has one system
 * type per kind, and may derive more.
 */
export type EventType = {
  readonly id: EventTypeId
  readonly kind: EventKind
  readonly name: string
  readonly isSystem: boolean
  /** Drawn as a line over the whole timeline. */
  readonly isMilestone: boolean
  readonly version: number
}

/** The system type of each kind has the same id in every site, so that scripts can be carried over. */
export const systemTypeIds = {
  booking: '1001',
  placeholder: '1002',
  'day-off': '1003',
  vacation: '1004',
  'sick-leave': '1005',
  holiday: '1006',
  note: '1007',
  overtime: '1008',
} as const satisfies Record<EventKind, string>

export interface EventTypeStore {
  /** All of a site, system types first, then by id. */
  list(siteId: SiteId): Promise<readonly EventType[]>
  insert(siteId: SiteId, type: EventType): Promise<void>
  update(siteId: SiteId, type: EventType): Promise<void>
  remove(siteId: SiteId, id: EventTypeId): Promise<void>
  isUsed(siteId: SiteId, id: EventTypeId): Promise<boolean>
}
