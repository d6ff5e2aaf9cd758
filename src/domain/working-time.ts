import type { Period } from './day.ts'
import { DomainError } from './errors.ts'
import { type Actor, can } from './permission.ts'
import type { PersonId } from './person.ts'
import { checkRequiredBounds, type RequiredTime, requiredTime } from './required-time.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'

/** What people owe, for whoever may read them. One query; bounded. */
export async function readRequired(
  stores: Pick<Stores, 'workingTime'>,
  siteId: SiteId,
  personIds: readonly PersonId[],
  period: Period,
): Promise<RequiredTime[]> {
  checkRequiredBounds(personIds.length, period)
  return requiredTime(await stores.workingTime.read(siteId, personIds, period), personIds, period)
}

/** The same for an actor; throws `forbidden` where one of them is out of sight. */
export async function askRequired(
  stores: Pick<Stores, 'workingTime'>,
  actor: Actor,
  personIds: readonly PersonId[],
  period: Period,
): Promise<RequiredTime[]> {
  const hidden = personIds.find((personId) => !can(actor, 'read', { type: 'person', personId }))
  if (hidden !== undefined)
    throw new DomainError('forbidden', `You may not see the working time of person ${hidden}`)
  return readRequired(stores, actor.siteId, personIds, period)
}
