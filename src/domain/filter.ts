import type { SavedFilter } from './issue.ts'
import type { PersonId } from './person.ts'
import type { ConnectionId, SiteId } from './site.ts'

/** Which filters, as one person may use them: their own, and those that are shared. */
export type FilterQuery = {
  readonly siteId: SiteId
  readonly personId: PersonId
  /** Those of this Jira and those kept here, no other's. */
  readonly jira?: ConnectionId | undefined
  /** Ids as Jira gives them. */
  readonly jiraIds?: readonly string[]
  /** Whole names, case does not count. */
  readonly names?: readonly string[]
  /** Part of a name, case does not count. */
  readonly text?: string
  readonly ownerId?: PersonId
  readonly onlyFavourites?: boolean
  readonly offset?: number
  readonly limit: number
}

export type SomeFilters = { readonly total: number; readonly filters: readonly SavedFilter[] }

export interface FilterStore {
  /** By name, then by id; `isFavourite` is the asking person's. */
  find(query: FilterQuery): Promise<SomeFilters>
  insert(siteId: SiteId, filter: Omit<SavedFilter, 'id'>): Promise<string>
  update(siteId: SiteId, filter: SavedFilter): Promise<void>
  remove(siteId: SiteId, id: string): Promise<void>
  setFavourite(siteId: SiteId, id: string, personId: PersonId, isFavourite: boolean): Promise<void>
}
