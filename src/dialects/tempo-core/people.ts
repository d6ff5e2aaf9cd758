import type { Person, PersonId } from '../../domain/person.ts'
import type { Fields } from './body.ts'
import type { Call } from './call.ts'
import { renderPerson } from './render.ts'
import { findAuthor } from './worklogs-body.ts'

/** Shows people by our id; somebody unknown is shown as nothing. */
export type ShowPerson = (id: PersonId | null) => object | undefined

/** Everybody a list of rows names, read at once. */
export async function readPeople(
  call: Call,
  ids: readonly (PersonId | null)[],
): Promise<ShowPerson> {
  const found = await findPeople(call, ids)
  return (id) => {
    const person = id === null ? undefined : found.get(id)
    return person && renderPerson(call, person)
  }
}

/** The same, as people themselves. */
export async function findPeople(
  { actor, needs }: Call,
  ids: readonly (PersonId | null)[],
): Promise<ReadonlyMap<PersonId, Person>> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))]
  const people = await needs.store.people.getMany(actor.siteId, known)
  return new Map(people.map((person) => [person.id, person]))
}

/** The person an account id of a body means; an unknown one is a refusal [S3]. */
export async function personIn(
  call: Call,
  fields: Fields,
  name: string,
): Promise<PersonId | undefined> {
  const accountId = fields.text(name)
  if (accountId === undefined || accountId === '') return undefined
  const person = await findAuthor(call, accountId)
  if (!person) fields.wrong('User is invalid')
  return person?.id
}

/** Several account ids of a body, each of which must be known. */
export async function peopleIn(
  call: Call,
  fields: Fields,
  name: string,
): Promise<PersonId[] | undefined> {
  const accountIds = fields.texts(name)
  if (accountIds === undefined) return undefined
  const people = await Promise.all(accountIds.map((id) => findAuthor(call, id)))
  if (people.some((person) => person === undefined)) fields.wrong('User is invalid')
  return people.flatMap((person) => person?.id ?? [])
}
