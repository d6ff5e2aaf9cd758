import type { Myself, ServerInfo } from '../domain/connections.ts'
import type { SourceWorklog } from '../domain/ingest-source.ts'
import { type JiraIssue, readIssue, readWorklog } from '../jira/read.ts'
import { dateOf, idOf, listOf, recordOf, textOf } from '../jira/read-json.ts'
import { type Catalogue, makeCatalogue } from './jira-catalogue.ts'
import { type JiraClient, statusOf } from './jira-client.ts'
import { issueFields, makeSearch, type Search } from './jira-search.ts'

export type FeedKind = 'updated' | 'deleted'

export type FeedEntry = { readonly jiraId: string; readonly updatedTime: number }

export type FeedPage = { readonly entries: readonly FeedEntry[]; readonly isLast: boolean }

/** What a sync asks of a Jira, Cloud and Data Center alike. */
export type JiraApi = {
  readonly client: JiraClient
  readonly search: Search
  readonly catalogue: Catalogue
  serverInfo(): Promise<ServerInfo>
  myself(): Promise<Myself>
  feedPage(kind: FeedKind, since: number): Promise<FeedPage>
  /** Bodies by id; what is deleted or hidden is silently not among them. */
  worklogs(ids: readonly string[]): Promise<readonly SourceWorklog[]>
  /** All rows of an issue, however its Jira pages; undefined where the issue is not to be seen. */
  issueWorklogs(issueId: string): Promise<readonly SourceWorklog[] | undefined>
  worklog(issueId: string, id: string): Promise<SourceWorklog | undefined>
  /** Whether the issue can be seen, asked directly: a search may be stale. */
  seesIssue(issueId: string): Promise<boolean>
  describe(ids: readonly string[]): Promise<readonly JiraIssue[]>
  /**
   * Issues as they come, by id; what is deleted or hidden is silently not among them. Cloud's search
   * would refuse all of them for one it does not know.
   */
  issuesById(ids: readonly string[], fields: readonly string[]): Promise<readonly unknown[]>
}

const mostIds = 1_000
const mostWorklogs = 5_000
const bulkfetchSize = 100
const feedAttempts = 3

export function makeJiraApi(client: JiraClient): JiraApi {
  const { send, kind } = client
  const search = makeSearch(client)

  const get = async (path: string, endpoint: string, query = {}) =>
    (await send({ method: 'GET', path, endpoint, query })).json

  async function issuesById(ids: readonly string[], fields: readonly string[]) {
    if (ids.length === 0) return []
    if (kind === 'cloud') {
      const found = await Promise.all(
        chunksOf(ids, bulkfetchSize).map((chunk) =>
          send({
            method: 'POST',
            path: '2/issue/bulkfetch',
            endpoint: 'issue/bulkfetch',
            body: { issueIdsOrKeys: chunk, fields },
          }).catch(orUndefinedAt404),
        ),
      )
      if (found.every((answer) => answer !== undefined))
        return found.flatMap((answer) => listOf(recordOf(answer.json).issues))
    }
    const issues: unknown[] = []
    for (const chunk of chunksOf(ids, mostIds))
      for await (const page of search(`id in (${chunk.join(',')})`, fields, mostIds))
        issues.push(...page)
    return issues
  }

  return {
    client,
    search,
    catalogue: makeCatalogue(client),
    async serverInfo() {
      const info = recordOf(await get('2/serverInfo', 'serverInfo'))
      return {
        kind: textOf(info.deploymentType) === 'Cloud' ? 'cloud' : 'dc',
        serverTime: dateOf(info.serverTime)?.instant,
        zone:
          textOf(recordOf(info.serverTimeZone).timeZoneId) ?? textOf(info.serverTimeZone) ?? null,
        version: textOf(info.version) ?? '',
        title: textOf(info.serverTitle) ?? '',
      }
    },
    async myself() {
      const me = recordOf(await get('2/myself', 'myself'))
      const [accountId, key, username] = [textOf(me.accountId), textOf(me.key), textOf(me.name)]
      return {
        name: username ?? accountId ?? key ?? '',
        displayName: textOf(me.displayName) ?? '',
        timeZone: textOf(me.timeZone) ?? null,
        ...(accountId === undefined ? {} : { accountId }),
        ...(key === undefined ? {} : { key }),
        ...(username === undefined ? {} : { username }),
      }
    },
    async feedPage(feed, since) {
      const { json } = await send({
        method: 'GET',
        path: `2/worklog/${feed}`,
        endpoint: `worklog/${feed}`,
        query: { since },
        attempts: feedAttempts,
      })
      const page = recordOf(json)
      const entries = listOf(page.values).flatMap((value) => {
        const { worklogId, updatedTime } = recordOf(value)
        const jiraId = idOf(worklogId)
        const at = Number(updatedTime)
        return jiraId === undefined || !Number.isSafeInteger(at)
          ? []
          : [{ jiraId, updatedTime: at }]
      })
      const said = page.lastPage ?? page.isLastPage
      // `nextPage` names hosts we must not call; that it is there at all is all we take from it.
      const isLast = typeof said === 'boolean' ? said : page.nextPage === undefined
      return { entries, isLast: isLast || entries.length === 0 }
    },
    async worklogs(ids) {
      const chunks = chunksOf(ids, mostIds).map(async (chunk) => {
        const { json } = await send({
          method: 'POST',
          path: '2/worklog/list',
          endpoint: 'worklog/list',
          body: { ids: chunk.map(Number) },
        })
        return readWorklogs(listOf(json))
      })
      return (await Promise.all(chunks)).flat()
    },
    async issueWorklogs(issueId) {
      const found = new Map<string, SourceWorklog>()
      for (let startAt = 0; ; ) {
        const answer = await send({
          method: 'GET',
          path: `2/issue/${issueId}/worklog`,
          endpoint: 'issue/worklog',
          query: { startAt, maxResults: mostWorklogs },
        }).catch(orUndefinedAt404)
        if (!answer) return undefined
        const page = recordOf(answer.json)
        const rows = readWorklogs(listOf(page.worklogs), issueId)
        const before = found.size
        for (const row of rows) found.set(row.id, row)
        const total = Number(page.total ?? found.size)
        // Some servers ignore paging and send everything, or the same page, for ever.
        const isOther = Number(page.startAt ?? startAt) !== startAt
        if (rows.length === 0 || found.size >= total || found.size === before || isOther)
          return [...found.values()]
        startAt += rows.length
      }
    },
    async worklog(issueId, id) {
      const answer = await send({
        method: 'GET',
        path: `2/issue/${issueId}/worklog/${id}`,
        endpoint: 'issue/worklog/id',
      }).catch(orUndefinedAt404)
      return answer && readWorklogs([answer.json], issueId)[0]
    },
    async seesIssue(issueId) {
      const answer = await send({
        method: 'GET',
        path: `2/issue/${issueId}`,
        endpoint: 'issue',
        query: { fields: 'id' },
      }).catch(orUndefinedAt404)
      return answer !== undefined
    },
    issuesById,
    async describe(ids) {
      return readIssues(await issuesById(ids, issueFields))
    },
  }
}

/** Issues of an answer; what is none is left out. */
export function readIssues(json: readonly unknown[]): JiraIssue[] {
  return json.flatMap((one) => {
    const { id, key } = recordOf(one)
    return idOf(id) !== undefined && textOf(key) !== undefined ? [readIssue(one)] : []
  })
}

export function chunksOf<T>(values: readonly T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let at = 0; at < values.length; at += size) chunks.push(values.slice(at, at + size))
  return chunks
}

function readWorklogs(json: readonly unknown[], issueId?: string): SourceWorklog[] {
  return json.flatMap((one) => {
    const worklog = readWorklog(one, [])
    if (!worklog) return []
    if (worklog.issueId !== undefined || issueId === undefined) return [worklog]
    return [{ ...worklog, issueId }]
  })
}

function orUndefinedAt404(error: unknown): undefined {
  if (statusOf(error) === 404) return undefined
  throw error
}
