import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { PasswordLinkBody, PersonBody, TeamBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'

type PeoplePage = { readonly people: readonly PersonBody[]; readonly next: string | null }
type GroupsBody = {
  readonly groups: readonly { id: string; name: string; memberCount: number }[]
  readonly next: string | null
}
type TeamsBody = { readonly teams: readonly TeamBody[] }

export const peopleQuery = (text: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['people', 'list', text ?? ''],
    queryFn: ({ pageParam }) =>
      call<PeoplePage>('GET', `/people${queryOf({ text, cursor: pageParam, limit: 100 })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => call<GroupsBody>('GET', '/groups?limit=1000'),
})

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => call<TeamsBody>('GET', '/teams'),
})

export function changePerson(person: PersonBody, body: object): Promise<PersonBody> {
  return call('PATCH', `/people/${person.id}`, { body, ifVersion: person.version })
}

export function addPerson(body: object): Promise<PersonBody> {
  return call('POST', '/people', { body })
}

export function makePasswordLink(id: string): Promise<PasswordLinkBody> {
  return call('POST', `/people/${id}/password-link`)
}
