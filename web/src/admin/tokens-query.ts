import { queryOptions } from '@tanstack/react-query'
import type { NewTokenBody, TokenMadeBody, TokensBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => call<TokensBody>('GET', '/tokens'),
})

export function makeToken(body: NewTokenBody): Promise<TokenMadeBody> {
  return call<TokenMadeBody>('POST', '/tokens', { body })
}

export function revokeToken(id: string): Promise<void> {
  return call('DELETE', `/tokens/${id}`)
}
