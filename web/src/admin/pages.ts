import { infiniteQueryOptions } from '@tanstack/react-query'
import { call, queryOf } from '../api/client.ts'

type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>

const mostPages = 20

/** Pages of a list of `/api/v1`: its rows stand in the answer under `name`. */
export function listQuery<R>(name: string, path: string, parameters: Parameters = {}, limit = 200) {
  return infiniteQueryOptions({
    queryKey: [path.slice(1), 'list', parameters],
    queryFn: async ({ pageParam, signal }) => {
      const query = queryOf({ ...parameters, cursor: pageParam, limit })
      const answer = await call<Record<string, unknown>>('GET', `${path}${query}`, { signal })
      return { rows: answer[name] as readonly R[], next: answer.next as string | null }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** All rows of such a list, for what has to know every one; at most 20,000. */
export async function readAll<R>(name: string, path: string): Promise<readonly R[]> {
  const rows: R[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const query = queryOf({ limit: 1_000, cursor })
    const answer = await call<Record<string, unknown>>('GET', `${path}${query}`)
    rows.push(...(answer[name] as readonly R[]))
    if (typeof answer.next !== 'string') break
    cursor = answer.next
  }
  return rows
}
