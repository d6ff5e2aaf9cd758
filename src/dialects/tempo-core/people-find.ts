import type { Person } from '../../domain/person.ts'
import type { Call } from './call.ts'
import { notFound } from './errors.ts'

/** The person whose account id stands in the path. */
export async function findUser(call: Call): Promise<Person> {
  const accountId = call.param('accountId')
  const person = await userWith(call, accountId)
  if (!person) throw notFound('User not found')
  return person
}

/** Somebody by account id alone: other names are none of this API's. */
export async function userWith(
  { needs, actor }: Call,
  accountId: string,
): Promise<Person | undefined> {
  const found = await needs.store.people.findByNames(actor.siteId, [accountId])
  return found.get(accountId)?.find((person) => person.accountId === accountId)
}
