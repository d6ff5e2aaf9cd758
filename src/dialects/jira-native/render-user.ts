import type { Person, PersonRef } from '../../domain/person.ts'
import { avatarsOf } from './avatar.ts'
import type { Look } from './flavour.ts'
import { nameOf } from './identity.ts'
import type { WireUser } from './wire.ts'

/** A person as the flavour shows them; a mail address nobody told is left out. */
export function renderUser(
  look: Look,
  person: PersonRef & Partial<Pick<Person, 'accountType'>>,
): WireUser {
  const { accountId, displayName, isActive, email } = person
  const name = nameOf(person)
  const query = look.isCloud
    ? `accountId=${encodeURIComponent(accountId)}`
    : `username=${encodeURIComponent(name)}`
  return {
    self: `${look.api}/user?${query}`,
    ...(look.isCloud
      ? { accountId, accountType: person.accountType ?? 'atlassian' }
      : { name, key: person.key ?? name }),
    ...(email === null ? {} : { emailAddress: email }),
    avatarUrls: avatarsOf(look.base, 'user', displayName, accountId),
    displayName,
    active: isActive,
    timeZone: person.timeZone ?? look.zone,
    // Data Center has none; clients of the years after usernames ask for it (contract B4).
    ...(look.isCloud ? {} : { accountId }),
  } as WireUser
}
