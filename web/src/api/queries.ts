import { QueryClient } from '@tanstack/react-query'
import { AwayError, ProblemError } from './problem.ts'

/** What was read, for all screens. A refusal is final; a server that is away is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      retry: (failures, error) =>
        !(error instanceof ProblemError) && !(error instanceof AwayError) && failures < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
