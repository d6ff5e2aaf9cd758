import type { PersonRef } from '../../domain/person.ts'
import { type ConnectionId, ownConnection, type SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import { escaped } from './links.ts'

/** Addresses in the Jira a row came from; one client follows them with Jira credentials [C 1]. */
export type JiraAddresses = {
  issueByKey(connectionId: ConnectionId, key: string): string
  issueById(connectionId: ConnectionId, jiraId: string): string
  /** People belong to no single connection: without one, the site's first Jira. */
  person(person: Pick<PersonRef, 'accountId'>, connectionId?: ConnectionId): string
  project(connectionId: ConnectionId, jiraId: string): string
  /** Boards are known by their number only: in the site's first Jira. */
  board(boardId: string): string
}

const rememberMs = 10_000

/** Knows the addresses of a site's Jiras; `origin` stands in where there is none. */
export function makeJiraAddresses(store: Store, now: () => Instant) {
  type Known = { readonly bases: ReadonlyMap<number, string>; readonly until: Instant }
  const known = new Map<SiteId, Known>()

  return async (siteId: SiteId, origin: string): Promise<JiraAddresses> => {
    let found = known.get(siteId)
    if (!found || found.until <= now()) {
      const connections = await store.connections.list(siteId)
      const bases = connections.flatMap(({ id, baseUrl }): [number, string][] =>
        baseUrl === null ? [] : [[id, baseUrl.replace(/\/+$/, '')]],
      )
      found = { bases: new Map(bases), until: now() + rememberMs }
      known.set(siteId, found)
    }
    const { bases } = found
    const first = [...bases].sort(([a], [b]) => a - b)[0]?.[1] ?? origin
    const rest = (connectionId: ConnectionId) =>
      `${bases.get(connectionId) ?? (connectionId === ownConnection ? origin : first)}/rest/api/2`
    return {
      issueByKey: (id, key) => `${rest(id)}/issue/${key}`,
      issueById: (id, jiraId) => `${rest(id)}/issue/${jiraId}`,
      person: ({ accountId }, id) =>
        `${id === undefined ? `${first}/rest/api/2` : rest(id)}/user?accountId=${escaped(accountId)}`,
      board: (boardId) => `${first}/rest/agile/1.0/board/${boardId}`,
      project: (id, jiraId) => `${rest(id)}/project/${jiraId}`,
    }
  }
}
