import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'
import type { Instant } from './zone.ts'

export type GenericResourceId = Brand<string, 'GenericResourceId'>

/** Somebody still to be found, such as "a tester": planned for like a person. */
export type GenericResource = {
  readonly id: GenericResourceId
  /** Unique in its site, without regard to case. */
  readonly name: string
  readonly createdAt: Instant
  readonly createdBy: PersonId
  readonly updatedAt: Instant
  readonly updatedBy: PersonId
  readonly version: number
}

/** A generic resource's place in a team. */
export type ResourcePlace = {
  readonly teamId: TeamId
  readonly resourceId: GenericResourceId
  readonly assignedAt: Instant
  readonly assignedBy: PersonId
}

export type GenericResourceQuery = {
  readonly ids?: readonly GenericResourceId[]
  /** Part of the name. */
  readonly text?: string
  readonly limit: number
  readonly afterId?: GenericResourceId
  readonly offset?: number
}

export interface GenericResourceStore {
  get(siteId: SiteId, id: GenericResourceId): Promise<GenericResource>
  getMany(siteId: SiteId, ids: readonly GenericResourceId[]): Promise<readonly GenericResource[]>
  findByName(siteId: SiteId, name: string): Promise<GenericResource | undefined>
  /** In id order. */
  list(siteId: SiteId, query: GenericResourceQuery): Promise<readonly GenericResource[]>
  insert(siteId: SiteId, resource: Omit<GenericResource, 'id'>): Promise<GenericResourceId>
  update(siteId: SiteId, resource: GenericResource): Promise<void>
  /** With its places in teams and its skills. */
  remove(siteId: SiteId, id: GenericResourceId): Promise<void>
  /** In id order of the resources. */
  placesIn(siteId: SiteId, teamIds: readonly TeamId[]): Promise<readonly ResourcePlace[]>
  /** Does nothing where it has the place already. */
  place(siteId: SiteId, place: ResourcePlace): Promise<void>
  takeOut(siteId: SiteId, teamId: TeamId, resourceId: GenericResourceId): Promise<void>
}
