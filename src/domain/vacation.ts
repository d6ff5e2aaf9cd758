import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

/** Days of vacation somebody may take in a year, where they differ from the site's usual number. */
export type VacationAllowance = {
  readonly personId: PersonId
  readonly year: number
  /** Up to two decimals. */
  readonly days: number
}

export interface VacationStore {
  find(
    siteId: SiteId,
    personIds: readonly PersonId[],
    year: number,
  ): Promise<readonly VacationAllowance[]>
  put(siteId: SiteId, allowance: VacationAllowance): Promise<void>
  /** The person has the usual number again. */
  remove(siteId: SiteId, personId: PersonId, year: number): Promise<void>
}
