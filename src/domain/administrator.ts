import type { Person } from './person.ts'
import { ownConnection, type SiteId } from './site.ts'
import type { Store } from './store.ts'

/**
 * The administrator every site has, by the name `admin` entered here; made when first asked for.
 * `accountIdFor` gives the same id for the same text.
 */
export async function administratorOf(
  store: Store,
  siteId: SiteId,
  accountIdFor: (seed: string) => string,
): Promise<Person> {
  const found = await findAdministrator(store, siteId)
  if (found) return found
  await store.write(siteId, async (tx) => {
    const [id] = await tx.people.insert(siteId, [
      {
        accountId: accountIdFor(`hourbook admin of site ${siteId}`),
        username: 'admin',
        key: 'admin',
        displayName: 'Administrator',
        email: null,
        timeZone: null,
        locale: null,
        accountType: 'atlassian',
        isActive: true,
        isGhost: false,
        staffId: null,
        role: 'administrator',
        version: tx.takeVersions(1),
      },
    ])
    await tx.people.addIdentities(siteId, [
      { connectionId: ownConnection, kind: 'username', value: 'admin', personId: id! },
    ])
  })
  return (await findAdministrator(store, siteId))!
}

/** By the name entered here: a Jira's own `admin` is somebody else. */
async function findAdministrator(store: Store, siteId: SiteId): Promise<Person | undefined> {
  const [own] = await store.people.findIdentities(siteId, [
    { connectionId: ownConnection, kind: 'username', value: 'admin' },
  ])
  const [person] = own ? await store.people.getMany(siteId, [own.personId]) : []
  return person?.role === 'administrator' ? person : undefined
}
