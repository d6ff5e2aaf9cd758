import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type PositionId = Brand<string, 'PositionId'>

/** What somebody is employed as; one at a time. Names are unique without regard to case. */
export type Position = {
  readonly id: PositionId
  readonly name: string
  readonly description: string | null
  readonly version: number
}

export interface PositionStore {
  get(siteId: SiteId, id: PositionId): Promise<Position>
  findByName(siteId: SiteId, name: string): Promise<Position | undefined>
  /** In id order. */
  list(
    siteId: SiteId,
    page: { limit: number; afterId?: PositionId; offset?: number },
  ): Promise<readonly Position[]>
  insert(siteId: SiteId, position: Omit<Position, 'id'>): Promise<PositionId>
  update(siteId: SiteId, position: Position): Promise<void>
  /** Whoever held it holds none. */
  remove(siteId: SiteId, id: PositionId): Promise<void>
  ofPeople(siteId: SiteId, personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Position>>
  /** In id order. */
  holders(siteId: SiteId, id: PositionId, limit: number): Promise<readonly PersonId[]>
  /** Null takes the position away. */
  setFor(siteId: SiteId, personId: PersonId, id: PositionId | null): Promise<void>
}
