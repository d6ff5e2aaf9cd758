import type { PersonRef } from '../../domain/person.ts'
import type { ConnectionId } from '../../domain/site.ts'
import { formatSecond, type Instant } from '../../domain/zone.ts'
import type { Call } from './call.ts'

/** `yyyy-MM-dd'T'HH:mm:ss'Z'`: clients parse exactly this, without milliseconds [R3][R4]. */
export function renderMoment(instant: Instant): string {
  return formatSecond(instant)
}

/** A person: version 4 leaves the name out. */
export function renderPerson(
  { jira, face }: Pick<Call, 'jira' | 'face'>,
  person: Pick<PersonRef, 'accountId' | 'displayName'>,
  connectionId?: ConnectionId,
): object {
  const { accountId, displayName } = person
  const self = jira.person(person, connectionId)
  return face.version === 3 ? { self, accountId, displayName } : { self, accountId }
}
