import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/client.ts'
import type { IssueBody } from '../api/types.ts'
import type { Day } from '../time/days.ts'
import type { IssueRef } from './week-model.ts'

/** Rows asked for that hold nothing yet; they stay while the browser's tab does. */
export function useAddedRows(
  personId: string,
  from: Day,
  wished: string | undefined,
): readonly [readonly IssueRef[], (issue: IssueRef) => void] {
  const key = `hourbook.rows ${personId} ${from}`
  const [state, setState] = useState({ key, rows: read(key) })
  const rows = state.key === key ? state.rows : read(key)
  // An address may ask for a row as well: from the palette, or from a link.
  const { data } = useQuery({
    queryKey: ['issue', wished],
    queryFn: () => call<IssueBody>('GET', `/issues/${encodeURIComponent(wished ?? '')}`),
    enabled: wished !== undefined,
  })
  const add = (issue: IssueRef) => {
    if (rows.some(({ id }) => id === issue.id)) return
    const { id, key: issueKey, summary } = issue
    const next = [...rows, { id, key: issueKey, summary }]
    sessionStorage.setItem(key, JSON.stringify(next))
    setState({ key, rows: next })
  }
  const shown = data && !rows.some(({ id }) => id === data.id) ? [...rows, data] : rows
  return [shown, add]
}

function read(key: string): readonly IssueRef[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? (kept as IssueRef[]) : []
  } catch {
    return []
  }
}
