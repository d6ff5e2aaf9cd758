import { useMe } from '../api/session.ts'
import { type Day, todayIn } from './days.ts'

/** Today where the person is: in their time zone, else the site's. */
export function useToday(): Day {
  const { person, site } = useMe()
  return todayIn(person.timeZone ?? site.timeZone)
}
