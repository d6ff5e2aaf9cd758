import type { Static } from '@sinclair/typebox'
import { queryOptions, useQueries } from '@tanstack/react-query'
import type {
  MembershipBody,
  PersonBody,
  ProfileBody,
  ProjectBody,
  TeamBody,
  TeamLinkBody,
  TeamRolesAnswer,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import { listQuery } from './pages.ts'
import type { Chosen } from './person-field.tsx'
import type { Source } from './table/use-table-writes.ts'

export const teamsQuery = (text: string | undefined) =>
  listQuery<TeamBody>('teams', '/teams', { text })

export const teamQuery = (id: string) =>
  queryOptions({
    queryKey: ['teams', 'one', id],
    queryFn: () => call<TeamBody>('GET', `/teams/${id}`),
  })

/** A team that is gone took its members along: it is not made again, so removing asks first. */
export const teamSource: Source<TeamBody> = {
  queryKey: ['teams'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', '/teams', { body }),
  change: (row, body, ifVersion) => call('PATCH', `/teams/${row.id}`, { body, ifVersion }),
  remove: (row) => call('DELETE', `/teams/${row.id}`),
}

export const membershipsQuery = (team: string, from: string | undefined) =>
  listQuery<MembershipBody>('memberships', '/memberships', { team, from }, 500)

/** Who is in one team when. */
export function membershipSource(teamId: string): Source<MembershipBody> {
  return {
    queryKey: ['memberships'],
    nameOf: ({ person }) => person.displayName,
    create: (body) => call('POST', `/teams/${teamId}/memberships`, { body }),
    change: (row, body, ifVersion) => call('PATCH', `/memberships/${row.id}`, { body, ifVersion }),
    remove: (row) => call('DELETE', `/memberships/${row.id}`),
    again: ({ person, roleId, from, to, commitmentPercent }) => ({
      person: person.id,
      roleId,
      from,
      to,
      commitmentPercent,
    }),
  }
}

export const teamRolesQuery = queryOptions({
  queryKey: ['team-roles', 'all'],
  queryFn: () => call<Static<typeof TeamRolesAnswer>>('GET', '/team-roles?limit=1000'),
})

export const teamLinksQuery = (team: string) =>
  queryOptions({
    queryKey: ['teams', 'links', team],
    queryFn: async () => {
      const { links } = await call<{ links: readonly TeamLinkBody[] }>(
        'GET',
        `/teams/${team}/links?limit=1000`,
      )
      const projects = await Promise.all(
        links.map(({ projectId }) =>
          projectId === null ? null : call<ProjectBody>('GET', `/projects/${projectId}`),
        ),
      )
      return links.map((link, at) => ({ ...link, project: projects[at] ?? null }))
    },
  })

export function linkTeam(team: string, project: string): Promise<TeamLinkBody> {
  return call('POST', `/teams/${team}/links`, { body: { project } })
}

export function unlinkTeam(id: string): Promise<void> {
  return call('DELETE', `/team-links/${id}`)
}

export function setManager(team: string, person: string, isManager: boolean): Promise<TeamBody> {
  return call(isManager ? 'PUT' : 'DELETE', `/teams/${team}/managers/${person}`)
}

type GroupPlacesBody = {
  readonly added: readonly MembershipBody[]
  readonly alreadyMembers: number
}

export function addGroupToTeam(team: string, group: string): Promise<GroupPlacesBody> {
  return call('POST', `/teams/${team}/group-memberships`, { body: { group } })
}

export const profileQuery = (person: string) =>
  queryOptions({
    queryKey: ['profiles', person],
    queryFn: () => call<ProfileBody>('GET', `/people/${person}/profile`),
  })

export function changeProfile(person: string, body: object): Promise<ProfileBody> {
  return call('PATCH', `/people/${person}/profile`, { body })
}

type Named = { readonly id: string; readonly name: string }

/** Skills, levels and positions to choose from. */
export const namedQuery = (path: 'skills' | 'skill-levels' | 'positions' | 'groups') =>
  queryOptions({
    queryKey: [path, 'choice'],
    queryFn: async () => {
      const answer = await call<Record<string, unknown>>(
        'GET',
        `/${path}${queryOf({ limit: 1_000 })}`,
      )
      const key = {
        skills: 'skills',
        'skill-levels': 'skillLevels',
        positions: 'positions',
        groups: 'groups',
      }
      return answer[key[path]] as readonly Named[]
    },
  })

/** People by id, with their names as soon as they are known. */
export function useNamed(ids: readonly string[]): ReadonlyMap<string, Chosen> {
  const unique = [...new Set(ids)]
  const found = useQueries({
    queries: unique.map((id) => ({
      queryKey: ['people', id],
      queryFn: () => call<PersonBody>('GET', `/people/${id}`),
      staleTime: 5 * 60_000,
    })),
  })
  return new Map(
    unique.map((id, at) => [id, { id, displayName: found[at]?.data?.displayName ?? '…' }]),
  )
}
