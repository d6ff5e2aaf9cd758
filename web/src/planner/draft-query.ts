import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { PlanDraftBody, PlanDraftsAnswer } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'

type DraftsBody = Static<typeof PlanDraftsAnswer>

/** One's own drafts, the newest first. */
export const draftsQuery = queryOptions({
  queryKey: ['plan-drafts'],
  queryFn: async () => (await call<DraftsBody>('GET', '/plan-drafts')).drafts,
})

export function createDraft(name: string): Promise<PlanDraftBody> {
  return call('POST', '/plan-drafts', { body: { name } })
}

export function renameDraft(id: string, name: string): Promise<PlanDraftBody> {
  return call('PATCH', `/plan-drafts/${id}`, { body: { name } })
}

export function discardDraft(id: string): Promise<void> {
  return call('DELETE', `/plan-drafts/${id}`)
}

/** What the draft says of one event stands over what others did, or is dropped. */
export function settleEvent(id: string, eventId: string, keep: 'mine' | 'theirs'): Promise<void> {
  return call('PUT', `/plan-drafts/${id}/events/${eventId}`, { body: { keep } })
}
