import { ownConnection } from '../../domain/site.ts'
import type { FillContext, PersonOf } from './fill.ts'

/** What the company's administrator is called. */
const administrator = 'admin'

/** Writes everybody, known from then on by username as people entered here are. */
export async function fillPeople(context: FillContext): Promise<PersonOf> {
  const { tx, siteId, company, administratorId } = context
  const people = company.people.filter(
    ({ username }) => administratorId === undefined || username !== administrator,
  )
  let version = tx.takeVersions(people.length)
  const ids = await tx.people.insert(
    siteId,
    people.map((person) => ({
      accountId: person.accountId,
      username: person.username,
      key: null,
      displayName: person.displayName,
      email: person.email,
      timeZone: person.timeZone,
      locale: person.locale,
      accountType: 'atlassian',
      isActive: person.isActive,
      isGhost: false,
      staffId: person.staffId,
      role: person.role,
      version: version++,
    })),
  )
  const idOf = new Map(people.map((person, at) => [person.username, ids[at]!]))
  await tx.people.addIdentities(
    siteId,
    [...idOf].map(([value, personId]) => ({
      connectionId: ownConnection,
      kind: 'username',
      value,
      personId,
    })),
  )
  if (administratorId !== undefined) idOf.set(administrator, administratorId)
  return (username) => idOf.get(username)!
}

/** Writes the groups and who is in them. */
export async function fillGroups(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<void> {
  const created = await tx.groups.create(
    siteId,
    company.groups.map((group) => group.name),
  )
  const idOf = new Map(created.map((group) => [group.name, group.id]))
  await tx.groups.addMembers(
    siteId,
    company.groups.flatMap(({ name, members }) =>
      members.map((member) => ({ groupId: idOf.get(name)!, personId: personOf(member) })),
    ),
  )
}
