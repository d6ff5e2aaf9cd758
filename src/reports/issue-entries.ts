import type { Stores } from '../domain/store.ts'
import type { ByIssueOptions, WorklogQuery, WorklogView } from '../domain/worklog.ts'
import type { IssueInfo } from './issue-fields.ts'
import { readIssues } from './run-report.ts'

/** An issue with some of its worklogs; all but the last part of an issue have `isLast` false. */
export type IssueEntries = {
  readonly info: IssueInfo
  readonly worklogs: readonly WorklogView[]
  readonly isLast: boolean
}

/** Issues by key with their worklogs, read as they are written out. */
export async function* readEntries(
  store: Pick<Stores, 'worklogs' | 'issues' | 'projects' | 'people'>,
  query: WorklogQuery,
  signal: AbortSignal,
  options: ByIssueOptions = {},
): AsyncGenerator<readonly IssueEntries[]> {
  for await (const batch of store.worklogs.byIssue(query, options)) {
    if (signal.aborted) return
    const ids = batch.map(({ issueId }) => issueId)
    const infos = new Map(
      (await readIssues(store, query.siteId, ids)).map((info) => [info.issue.id, info]),
    )
    yield batch.flatMap(({ issueId, worklogs, isLast }) => {
      const info = infos.get(issueId)
      return info ? [{ info, worklogs, isLast }] : []
    })
  }
}
