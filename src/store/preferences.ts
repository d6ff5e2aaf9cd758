import { type PreferenceStore, type Preferences, usualPreferences } from '../domain/preferences.ts'
import type { Db } from './rows.ts'

export function makePreferenceStore(db: Db): PreferenceStore {
  return {
    async find(siteId, personId) {
      const row = await db
        .selectFrom('person_preference')
        .select('preferences')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .executeTakeFirst()
      // Written by an earlier release, it may lack what there is to choose now.
      return row && { ...usualPreferences, ...(row.preferences as Partial<Preferences>) }
    },
    async put(siteId, personId, preferences) {
      const values = { preferences: JSON.stringify(preferences) }
      await db
        .insertInto('person_preference')
        .values({ site_id: siteId, person_id: personId, ...values })
        .onConflict((conflict) => conflict.columns(['site_id', 'person_id']).doUpdateSet(values))
        .execute()
    },
  }
}
