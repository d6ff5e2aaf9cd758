import type { IssueId } from './issue.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export const mostFavourites = 200

/** Issues a person wants at hand in every week. */
export interface FavouriteStore {
  /** In the order they were added. */
  list(siteId: SiteId, personId: PersonId): Promise<readonly IssueId[]>
  add(siteId: SiteId, personId: PersonId, issueId: IssueId, at: Instant): Promise<void>
  remove(siteId: SiteId, personId: PersonId, issueId: IssueId): Promise<void>
}
