import type { SiteId } from './site.ts'

/**
 * What a worklog counts as. 0 is billable and stays so: reports split on it. A worklog names its
 * category; one that names none is billable unless its billable seconds say otherwise.
 */
export type WorklogCategory = {
  /** -128 to 127, chosen by the site. */
  readonly id: number
  readonly name: string
  readonly isBillable: boolean
  readonly isActive: boolean
  readonly version: number
}

export interface WorklogCategoryStore {
  /** All of a site, by id. */
  list(siteId: SiteId): Promise<readonly WorklogCategory[]>
  put(siteId: SiteId, category: WorklogCategory): Promise<void>
}

/** The category a worklog counts as. */
export function categoryOf(
  categories: readonly WorklogCategory[],
  { category, billableSeconds }: { category: string | null; billableSeconds: number | null },
): WorklogCategory | undefined {
  const named = categories.find(({ name }) => name === category)
  return named ?? unnamedCategory(categories, billableSeconds !== 0)
}

/** What a worklog without a category of the list counts as: the first of its kind, 0 before all. */
export function unnamedCategory(
  categories: readonly WorklogCategory[],
  isBillable: boolean,
): WorklogCategory | undefined {
  const alike = categories.filter((one) => one.isBillable === isBillable)
  return alike.find(({ id }) => id >= 0) ?? alike[0] ?? categories.find(({ id }) => id === 0)
}
