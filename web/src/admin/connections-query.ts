import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { ConflictList, ConnectionProbe, NewConnection } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import type { ConnectionsBody } from '../api/types.ts'

export type Connection = ConnectionsBody['connections'][number]
export type Conflict = Static<typeof ConflictList>['conflicts'][number]

/** Read again and again while the screen is open: a sync moves. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => call<ConnectionsBody>('GET', '/connections'),
  refetchInterval: 5_000,
})

export const conflictsQuery = queryOptions({
  queryKey: ['conflicts'],
  queryFn: () => call<Static<typeof ConflictList>>('GET', '/conflicts'),
})

export function connect(body: NewConnection): Promise<Static<typeof ConnectionProbe>> {
  return call('POST', '/connections', { body })
}

export function testConnection(name: string): Promise<Static<typeof ConnectionProbe>> {
  return call('POST', `/connections/${encodeURIComponent(name)}/test`)
}

export function forgetConnection(name: string): Promise<void> {
  return call('DELETE', `/connections/${encodeURIComponent(name)}`)
}

export function settle(id: string, resolution: 'ours' | 'theirs'): Promise<void> {
  return call('POST', `/conflicts/${id}`, { body: { resolution } })
}
