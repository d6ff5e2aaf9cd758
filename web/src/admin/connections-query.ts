import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type {
  ConnectionProbe,
  DryRunBody,
  LookBody,
  NewConnection,
  NewLook,
  OfferBody,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { ConnectionsBody } from '../api/types.ts'

export type Connection = ConnectionsBody['connections'][number]

const movingMs = 1_000
const restingMs = 5_000

/** Read again and again while the screen is open: a sync moves. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => call<ConnectionsBody>('GET', '/connections'),
  refetchInterval: ({ state }) =>
    state.data?.connections.some(({ sync }) => sync?.progress) ? movingMs : restingMs,
})

export function connect(body: NewConnection): Promise<Static<typeof ConnectionProbe>> {
  return call('POST', '/connections', { body })
}

/** Who we would be there and what could be chosen; nothing is kept. */
export function lookAt(body: NewLook): Promise<LookBody> {
  return call('POST', '/connections/look', { body })
}

export const offerQuery = (name: string, text: string) =>
  queryOptions({
    queryKey: ['connection-projects', name, text],
    queryFn: () =>
      call<OfferBody>(
        'GET',
        `/connections/${encodeURIComponent(name)}/projects${queryOf({ text })}`,
      ),
  })

export function chooseProjects(
  name: string,
  projects: readonly string[] | null,
  acceptsHidden: boolean,
): Promise<void> {
  return call('PUT', `/connections/${encodeURIComponent(name)}/projects`, {
    body: { projects, acceptsHidden },
  })
}

export function testConnection(name: string): Promise<Static<typeof ConnectionProbe>> {
  return call('POST', `/connections/${encodeURIComponent(name)}/test`)
}

export function forgetConnection(name: string): Promise<void> {
  return call('DELETE', `/connections/${encodeURIComponent(name)}`)
}

export function startSync(name: string, isFull: boolean): Promise<void> {
  return call('POST', `/connections/${encodeURIComponent(name)}/sync`, { body: { isFull } })
}

export function dryRun(name: string): Promise<DryRunBody> {
  return call('POST', `/connections/${encodeURIComponent(name)}/dry-run`)
}
