import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { ConflictList } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'

export type Conflict = Static<typeof ConflictList>['conflicts'][number]

export const conflictsQuery = queryOptions({
  queryKey: ['conflicts'],
  queryFn: () => call<Static<typeof ConflictList>>('GET', '/conflicts'),
})

export function settle(id: string, resolution: 'ours' | 'theirs'): Promise<void> {
  return call('POST', `/conflicts/${id}`, { body: { resolution } })
}

/** Writes a third version into the worklog, here and in its Jira, and lets that stand. */
export async function settleWith(
  { id, worklogId }: Pick<Conflict, 'id' | 'worklogId'>,
  body: { readonly timeSpentSeconds: number; readonly comment: string },
): Promise<void> {
  await call('PATCH', `/worklogs/${worklogId}`, { body })
  await settle(id, 'theirs')
}

/** Takes back that one worklog is approved; what Jira changed of it is taken over. */
export function unapprove(worklogId: string): Promise<unknown> {
  return call('POST', `/worklogs/${worklogId}/unapprove`)
}

/** Lets locked numbers stand against what Jira says since. */
export function dismissDrift(id: string, comment: string): Promise<void> {
  return call('POST', `/drifts/${id}/dismiss`, { body: { comment } })
}
