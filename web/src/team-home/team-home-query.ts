import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { TeamHomeBody, TeamsAnswer } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { ReportBody } from '../reports/reports-query.ts'

export type Pinned = TeamHomeBody['reports'][number]
export type Shape = Pinned['shownAs']

const mostTeams = 1_000

/** Teams whose homes whoever asks may see, by name. */
export const homesQuery = queryOptions({
  queryKey: ['teams', 'homes'],
  async queryFn() {
    const path = `/teams${queryOf({ limit: mostTeams })}`
    const { teams } = await call<Static<typeof TeamsAnswer>>('GET', path)
    const open = teams.filter(({ maySeeHome }) => maySeeHome)
    return open.toSorted((a, b) => a.name.localeCompare(b.name))
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
