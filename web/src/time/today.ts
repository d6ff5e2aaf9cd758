import { type Me, useMe } from '../api/session.ts'
import { type Day, todayIn } from './days.ts'

/** Today where the person is: in their time zone, else the site's. */
export function todayOf({ person, site }: Me): Day {
  return todayIn(person.timeZone ?? site.timeZone)
}

/** The same, for components. */
export function useToday(): Day {
  return todayOf(useMe())
}
