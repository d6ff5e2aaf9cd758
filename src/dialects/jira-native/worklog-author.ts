import type { FastifyRequest } from 'fastify'
import { can, has } from '../../domain/permission.ts'
import type { Store } from '../../domain/store.ts'
import { fieldRefusal } from './errors.ts'
import { actorOf } from './identity.ts'
import { type Loose, objectOf, textOf } from './params.ts'

/**
 * Whose time a new worklog is: the caller's, as Jira has it whatever the body says. Whoever may log
 * for others means it when they name somebody, and is refused rather than booked for.
 */
export async function readAuthor(
  store: Store,
  request: FastifyRequest,
  body: Loose,
): Promise<{ readonly author?: string }> {
  const actor = actorOf(request)
  const { accountId, name, key } = objectOf(body.author)
  const text = textOf(accountId) ?? textOf(name) ?? textOf(key)
  if (text === undefined || !has(actor, 'log-for-others')) return {}
  const people = (await store.people.findByNames(actor.siteId, [text])).get(text) ?? []
  if (people.length !== 1)
    throw fieldRefusal('author', `The user '${text.slice(0, 100)}' does not exist.`)
  const { id } = people[0]!
  if (!can(actor, 'log', { type: 'worklog', personId: id }))
    throw fieldRefusal('author', `You do not have permission to log work for '${text}'.`)
  return { author: id }
}
