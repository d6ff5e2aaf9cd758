import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { TeamBody, TeamHomeBody, TeamsAnswer } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { ReportBody } from '../reports/reports-query.ts'

export type Pinned = TeamHomeBody['reports'][number]
export type Shape = Pinned['shownAs']

const mostTeams = 1_000

/** Roles that see every team's home, whether they are in the team or not. */
export function seesAllHomes(role: string): boolean {
  return ['administrator', 'manager', 'power-team-lead'].includes(role)
}

/** Teams whose homes somebody may see, by name: their own, those they lead, or all. */
export const homesQuery = (person: string, seesAll: boolean) =>
  queryOptions({
    queryKey: ['teams', 'homes', person, seesAll],
    async queryFn() {
      const read = async (member?: string) =>
        (
          await call<Static<typeof TeamsAnswer>>(
            'GET',
            `/teams${queryOf({ limit: mostTeams, member })}`,
          )
        ).teams
      const [all, own] = await Promise.all([read(), seesAll ? [] : read(person)])
      const ids = new Set(own.map(({ id }) => id))
      const isOpen = ({ id, leadId, managerIds }: TeamBody) =>
        seesAll || ids.has(id) || leadId === person || managerIds.includes(person)
      return all.filter(isOpen).toSorted((a, b) => a.name.localeCompare(b.name))
    },
  })

export const homeQuery = (team: string) =>
  queryOptions({
    queryKey: ['team-home', team],
    queryFn: () => call<TeamHomeBody>('GET', `/teams/${team}/reports`),
  })

/** The figures of a pinned report, as whoever looks may see them. */
export const pinnedQuery = (team: string, { report: { id, version } }: Pinned) =>
  queryOptions({
    queryKey: ['pinned-report', team, id, version],
    queryFn: ({ signal }) =>
      call<ReportBody>('GET', `/teams/${team}/reports/${id}/table`, { signal }),
  })

export function pinReport(team: string, report: string, shownAs: Shape): Promise<void> {
  return call('PUT', `/teams/${team}/reports/${report}`, { body: { shownAs } })
}

export function unpinReport(team: string, report: string): Promise<void> {
  return call('DELETE', `/teams/${team}/reports/${report}`)
}
