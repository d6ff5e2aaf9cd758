import { queryOptions } from '@tanstack/react-query'
import type { HealthBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => call<HealthBody>('GET', '/health'),
  refetchInterval: 30_000,
})
