import type { Actor } from '../../domain/permission.ts'
import { can } from '../../domain/permission.ts'
import type { Person } from '../../domain/person.ts'
import type { Store } from '../../domain/store.ts'
import { avatarsOf } from './avatar.ts'
import type { Look } from './flavour.ts'
import { highlighted } from './html.ts'
import { nameOf } from './identity.ts'
import { renderUser } from './render-user.ts'

/** The one person a name means: user name, key, account id or e-mail; undefined for none. */
export async function findPerson(
  store: Store,
  { siteId }: Actor,
  names: readonly (string | undefined)[],
): Promise<Person | undefined> {
  const texts = names.filter((name) => name !== undefined)
  const found = await store.names.people(siteId, texts)
  const [id] = texts.flatMap((text) => found.get(text) ?? [])
  return id === undefined ? undefined : store.people.get(siteId, id)
}

/** A person in a list: everybody's name is known to who is signed in, an address is not. */
export function renderPerson(look: Look, actor: Actor, person: Person) {
  const isOpen = can(actor, 'read', { type: 'person', personId: person.id })
  return renderUser(look, isOpen ? person : { ...person, email: null })
}

/** A person in a list to choose from, the text that was typed shown in bold. */
export function pickedUser(look: Look, person: Person, text: string) {
  const { accountId, accountType, displayName } = person
  const name = nameOf(person)
  return {
    ...(look.isCloud
      ? { accountId, accountType: accountType ?? 'atlassian' }
      : { name, key: person.key ?? name }),
    html: highlighted(displayName, text),
    displayName,
    avatarUrl: avatarsOf(look.base, 'user', displayName, accountId)['24x24'],
  }
}
