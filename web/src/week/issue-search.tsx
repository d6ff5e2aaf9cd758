import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { call, queryOf } from '../api/client.ts'
import { AwayError, reasonOf } from '../api/problem.ts'
import type { IssuesBody } from '../api/types.ts'
import classes from './week.module.css'
import type { IssueRef } from './week-model.ts'

/** What only JQL has: an operator, or an order. */
const jqlSigns = /[=~<>]|\b(?:in|is|was)\b\s*(?:\(|not|empty|null)|\border\s+by\b/i

/** Whether what was typed is a query rather than words. */
export function isJql(text: string): boolean {
  return jqlSigns.test(text)
}

/**
 * Issues by key, words or JQL; what is wrong with the JQL where it is. Until those of this text are
 * there (`isCurrent`) the ones before stay, to be looked at, not to be chosen.
 */
export function useIssueSearch(typed: string) {
  const text = useDeferredValue(typed)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['issue-search', text],
    queryFn: ({ signal }) =>
      call<IssuesBody>(
        'GET',
        `/issues${queryOf({ [isJql(text) ? 'jql' : 'text']: text, limit: 8 })}`,
        {
          signal,
        },
      ),
    enabled: text.length >= 2,
    placeholderData: (before) => before,
  })
  const problem = error && !(error instanceof AwayError) ? reasonOf(error) : undefined
  const issues: readonly IssueRef[] =
    text.length >= 2 && problem === undefined ? (data?.issues ?? []) : []
  return { issues, problem, isCurrent: text === typed && data !== undefined && !isPlaceholderData }
}

/** Enter chooses; pressed before the answer is there, it takes the first of it when it comes. */
export function useEnter(
  { issues, isCurrent }: Pick<ReturnType<typeof useIssueSearch>, 'issues' | 'isCurrent'>,
  onChoose: (issue: IssueRef) => void,
) {
  const [isWaiting, setWaiting] = useState(false)
  useEffect(() => {
    if (!isWaiting || !isCurrent) return
    setWaiting(false)
    if (issues[0]) onChoose(issues[0])
  })
  return {
    enter(issue: IssueRef | undefined) {
      if (!isCurrent) setWaiting(true)
      else if (issue) onChoose(issue)
    },
    forget: () => setWaiting(false),
  }
}

type ListProps = {
  readonly id: string
  readonly issues: readonly IssueRef[]
  readonly at: number
  readonly onChoose: (issue: IssueRef) => void
}

/** The issues to choose from, under the input that has the focus. */
export function IssueList({ id, issues, at, onChoose }: ListProps) {
  return (
    <div id={id} role="listbox" className={classes.options} hidden={issues.length === 0}>
      {issues.map((issue, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the input above
        <div
          key={issue.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={classes.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(issue)}
        >
          <span className={classes.key}>{issue.key}</span>
          <span className={classes.summary}>{issue.summary}</span>
        </div>
      ))}
    </div>
  )
}
