import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Store } from './store.ts'

export const themes = ['auto', 'light', 'dark'] as const
export const languages = ['en', 'de'] as const
export const clocks = ['12', '24'] as const
export const hoursFormats = ['clock', 'decimal'] as const

/** How a person wants the application to look and speak; null leaves it to site or browser. */
export type Preferences = {
  readonly theme: (typeof themes)[number]
  readonly language: (typeof languages)[number] | null
  /** ISO weekday that weeks on the screen begin on; reports keep that of the site. */
  readonly firstWeekday: number | null
  /** Times of day with am and pm, or up to 24. */
  readonly clock: (typeof clocks)[number] | null
  /** Durations as `7:30` or as `7.50`. */
  readonly hours: (typeof hoursFormats)[number]
  /** Columns left out, by the name of the table. */
  readonly hiddenColumns: Readonly<Record<string, readonly string[]>>
}

export const usualPreferences: Preferences = {
  theme: 'auto',
  language: null,
  firstWeekday: null,
  clock: null,
  hours: 'clock',
  hiddenColumns: {},
}

export const preferenceLimits = { tables: 100, columns: 100, nameLength: 100 } as const

export interface PreferenceStore {
  find(siteId: SiteId, personId: PersonId): Promise<Preferences | undefined>
  put(siteId: SiteId, personId: PersonId, preferences: Preferences): Promise<void>
}

/** What the actor has chosen, and the usual for the rest. */
export async function findPreferences(store: Store, actor: Actor): Promise<Preferences> {
  return (await store.preferences.find(actor.siteId, actor.personId)) ?? usualPreferences
}

/** Changes what is named; of hidden columns, those of the tables named. */
export async function changePreferences(
  store: Store,
  { siteId, personId }: Actor,
  change: Partial<Preferences>,
): Promise<Preferences> {
  return store.write(siteId, async (tx) => {
    const before = (await tx.preferences.find(siteId, personId)) ?? usualPreferences
    const after = {
      ...before,
      ...change,
      hiddenColumns: withTables(before.hiddenColumns, change.hiddenColumns ?? {}),
    }
    await tx.preferences.put(siteId, personId, after)
    return after
  })
}

/** The tables changed last are kept where there are too many; one with nothing hidden is forgotten. */
function withTables(
  before: Preferences['hiddenColumns'],
  change: Preferences['hiddenColumns'],
): Preferences['hiddenColumns'] {
  const tables = new Map(Object.entries(before))
  for (const [table, columns] of Object.entries(change)) {
    tables.delete(table)
    if (columns.length > 0) tables.set(table, columns)
  }
  return Object.fromEntries([...tables].slice(-preferenceLimits.tables))
}
