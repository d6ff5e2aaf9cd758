import { useEffect } from 'react'
import { ProblemError } from '../api/problem.ts'
import type { Day } from '../time/days.ts'
import { isAboutAttributes } from './attribute-values.ts'
import type { Operation } from './operations.ts'
import { useRefused } from './outbox.ts'
import type { Opened } from './week-screen.tsx'

/** Whether a write was to make an entry in this cell of somebody's week. */
export function isAt(operation: Operation, whose: string, { issueId, day }: Opened): boolean {
  const { kind, personId } = operation
  return (
    kind === 'log' && personId === whose && operation.issue.id === issueId && operation.day === day
  )
}

/** What a person can say at the side: work attributes, and what was done. */
function isAnswerable(error: unknown): boolean {
  const isSilent = error instanceof ProblemError && error.field('comment') !== undefined
  return isSilent || isAboutAttributes(error)
}

/**
 * Where a site demands more of a new entry than a cell can say, the panel opens and asks for it; with
 * several such entries, for one after the other.
 */
export function useUnfinished(
  personId: string,
  week: Day,
  opened: Opened | undefined,
  open: (opened: Opened) => void,
): void {
  const refused = useRefused()
  useEffect(() => {
    if (opened) return
    for (const { operation, error } of refused)
      if (
        operation.kind === 'log' &&
        operation.personId === personId &&
        operation.week === week &&
        isAnswerable(error)
      )
        return open({ issueId: operation.issue.id, day: operation.day })
  }, [refused, personId, week, opened, open])
}
