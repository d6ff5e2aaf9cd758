import { type Me, useMe } from '../api/session.ts'
import { getPreferences, type Preferences, usePreferences } from './preferences.ts'

/** ISO weekday that weeks on the screen begin on: the person's wish, else the site's. */
export function firstWeekdayOf(
  { site }: Me,
  { firstWeekday }: Preferences = getPreferences(),
): number {
  return firstWeekday ?? site.firstWeekday
}

/** The same, for components. */
export function useFirstWeekday(): number {
  return firstWeekdayOf(useMe(), usePreferences())
}
