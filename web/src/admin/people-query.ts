import { queryOptions } from '@tanstack/react-query'
import type { PasswordLinkBody, PersonBody, SessionsBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { listQuery, readAll } from './pages.ts'
import type { Source } from './table/use-table-writes.ts'

export const peopleQuery = (text: string | undefined) =>
  listQuery<PersonBody>('people', '/people', { text }, 100)

export const readEverybody = () => readAll<PersonBody>('people', '/people')

/** People are never removed, as hours are theirs: they become inactive. */
export const peopleSource: Source<PersonBody> = {
  queryKey: ['people'],
  nameOf: ({ displayName }) => displayName,
  create: (body) => call('POST', '/people', { body }),
  change: (row, body, ifVersion) => call('PATCH', `/people/${row.id}`, { body, ifVersion }),
}

export function makePasswordLink(id: string): Promise<PasswordLinkBody> {
  return call('POST', `/people/${id}/password-link`)
}

export const sessionsQuery = (personId: string) =>
  queryOptions({
    queryKey: ['people', personId, 'sessions'],
    queryFn: () => call<SessionsBody>('GET', `/people/${personId}/sessions`),
  })

export function endSessions(personId: string): Promise<void> {
  return call('DELETE', `/people/${personId}/sessions`)
}
