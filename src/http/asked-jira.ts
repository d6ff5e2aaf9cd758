import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { Stores } from '../domain/store.ts'
import { usedPath } from './context-path.ts'

export type AskedJiraNeeds = {
  readonly store: Pick<Stores, 'connections'>
  /** Below which the paths of single Jiras lie. */
  readonly contextPath: string
}

/**
 * The Jira whose own path, `/jira/NAME`, a request came by, by its name or its number; undefined
 * where all of them were asked together. Throws `not-found` for a name that no Jira has.
 */
export async function askedJira(
  request: FastifyRequest,
  { store, contextPath }: AskedJiraNeeds,
  siteId: SiteId,
): Promise<ConnectionId | undefined> {
  const path = usedPath(request).slice(contextPath.length + 1)
  if (path === '') return undefined
  const name = decoded(path)
  const all = await store.connections.list(siteId)
  const found = all.find((one) => one.name === name) ?? all.find(({ id }) => String(id) === name)
  if (!found) throw new DomainError('not-found', `There is no Jira at ${usedPath(request)}`)
  return found.id
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
