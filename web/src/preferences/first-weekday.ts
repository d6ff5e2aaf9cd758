import { useMe } from '../api/session.ts'
import { usePreferences } from './preferences.ts'

/** ISO weekday that weeks on the screen begin on: the person's wish, else the site's. */
export function useFirstWeekday(): number {
  const { site } = useMe()
  return usePreferences().firstWeekday ?? site.firstWeekday
}
