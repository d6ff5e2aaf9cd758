import { DomainError } from '../domain/errors.ts'
import { listOf, recordOf, textOf } from '../jira/read-json.ts'
import { type JiraClient, statusOf } from './jira-client.ts'

/** What is asked of an issue: never its worklogs, of which a search shows twenty at most. */
export const issueFields: readonly string[] = [
  'summary',
  'description',
  'issuelinks',
  'issuetype',
  'project',
  'status',
  'assignee',
  'reporter',
  'creator',
  'parent',
  'labels',
  'components',
  'fixVersions',
  'versions',
  'priority',
  'resolution',
  'resolutiondate',
  'created',
  'updated',
  'duedate',
  'timespent',
  'timeestimate',
  'timeoriginalestimate',
  'timetracking',
]

/** Pages of a search, as raw issues. */
export type Search = (
  jql: string,
  fields: readonly string[],
  pageSize: number,
) => AsyncGenerator<readonly unknown[]>

type Way = 'token' | 'offset'

const mostPages = 10_000

/** Searches by token on Cloud and by offset on DC; each falls back to the other where it is gone. */
export function makeSearch(client: JiraClient): Search {
  let way: Way = client.kind === 'cloud' ? 'token' : 'offset'
  let isCertain = false
  return async function* search(jql, fields, pageSize) {
    const pages = { token: byToken, offset: byOffset }
    if (!isCertain) {
      try {
        const first = pages[way](client, jql, fields, pageSize)
        const page = await first.next()
        isCertain = true
        if (!page.done) yield page.value
        yield* first
        return
      } catch (error) {
        const status = statusOf(error)
        if (isCertain || (status !== 404 && status !== 410)) throw error
        way = way === 'token' ? 'offset' : 'token'
        isCertain = true
      }
    }
    yield* pages[way](client, jql, fields, pageSize)
  }
}

async function* byToken(
  client: JiraClient,
  jql: string,
  fields: readonly string[],
  maxResults: number,
): AsyncGenerator<readonly unknown[]> {
  const seen = new Set<string>()
  let nextPageToken: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { json } = await client.send({
      method: 'POST',
      path: '2/search/jql',
      endpoint: 'search/jql',
      body: { jql, fields, maxResults, ...(nextPageToken ? { nextPageToken } : {}) },
    })
    const page = recordOf(json)
    yield listOf(page.issues)
    // A short page is not the last one; only a missing token is.
    nextPageToken = textOf(page.nextPageToken)
    if (nextPageToken === undefined) return
    if (seen.has(nextPageToken)) throw endless('repeats a page of a search')
    seen.add(nextPageToken)
  }
  throw endless(`has more than ${mostPages} pages for a search`)
}

async function* byOffset(
  client: JiraClient,
  jql: string,
  fields: readonly string[],
  maxResults: number,
): AsyncGenerator<readonly unknown[]> {
  let startAt = 0
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { json } = await client.send({
      method: 'POST',
      path: '2/search',
      endpoint: 'search',
      // Without it one unknown id in the query fails all of it.
      body: { jql, fields, startAt, maxResults, validateQuery: false },
    })
    const page = recordOf(json)
    const issues = listOf(page.issues)
    yield issues
    startAt += issues.length
    // The server may have lowered the page size: what came counts, not what was asked.
    if (issues.length === 0 || startAt >= Number(page.total ?? 0)) return
  }
  throw endless(`has more than ${mostPages} pages for a search`)
}

function endless(what: string): DomainError {
  return new DomainError('upstream', `Jira ${what}`, { reason: 'endless-search' })
}
