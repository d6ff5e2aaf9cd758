import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, queryOf } from '../api/client.ts'
import type { IssuesBody } from '../api/types.ts'
import { isJql } from '../week/issue-search.tsx'

const most = 100

/** Issues that lie on nobody's row and are not done, by words or JQL. */
export function backlogQuery(typed: string) {
  const text = typed.trim()
  const words = text === '' ? { jql: 'statusCategory != Done' } : { text }
  const sought = isJql(text) ? { jql: text } : words
  return queryOptions({
    queryKey: ['backlog', text],
    queryFn: async ({ signal }) => {
      const path = `/issues${queryOf({ ...sought, isScheduled: 'false', limit: most })}`
      const { issues } = await call<IssuesBody>('GET', path, { signal })
      return {
        issues: issues.filter(({ statusCategory }) => statusCategory !== 'done'),
        isCut: issues.length === most,
      }
    },
    placeholderData: keepPreviousData,
  })
}
