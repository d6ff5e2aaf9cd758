import type { Day } from '../domain/day.ts'
import { addDays, parseDay } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { SourcePerson, SourceWorklog } from '../domain/ingest-source.ts'
import { checkLinkWish, type JiraAuth, type JiraKind } from '../domain/jira-link.ts'
import { isTimeZone, localIn, localOf } from '../domain/zone.ts'
import { parseJql } from '../jira/jql/parser.ts'
import { renderClause } from '../jira/jql/render.ts'
import type { JiraIssue } from '../jira/read.ts'
import { recordOf, secondsOf } from '../jira/read-json.ts'
import { type JiraApi, makeJiraApi, readIssues } from './jira-api.ts'
import { makeAuthorizer } from './jira-auth.ts'
import { makeJiraClient, statusOf } from './jira-client.ts'
import { makeJiraHttp } from './jira-http.ts'
import type { PacerNeeds } from './pacer.ts'

/** Which Jira, and which of its worklogs. All conditions hold together. */
export type ExtractWish = {
  readonly url: string
  readonly auth: JiraAuth
  readonly login?: string
  readonly secret: string
  readonly allowsPrivate?: boolean
  /** Days as `YYYY-MM-DD`, both included; the authors' own where their zones are known. */
  readonly from?: string
  readonly to?: string
  /** Account ids, keys, user names or e-mail addresses of authors. */
  readonly users?: readonly string[]
  readonly groups?: readonly string[]
  readonly projects?: readonly string[]
  /** Number of a saved filter. */
  readonly filter?: string
  /** Which issues; where it stands among the other conditions, its ORDER BY is passed over. */
  readonly jql?: string
  /** Stops it: the next page throws the signal's reason. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ExtractProgress) => void
}

/** How far an extraction is; `total` is how many issues there are to look at, where Jira says so. */
export type ExtractProgress = {
  readonly issues: number
  readonly total?: number
  readonly worklogs: number
}

/** One worklog with what reports need of its issue; the day is the author's where their zone is known. */
export type ExtractedWorklog = {
  readonly id: string
  readonly issueKey: string
  readonly issueSummary: string
  readonly issueType: string | null
  readonly projectKey: string
  readonly author: string
  readonly accountId: string | null
  readonly username: string | null
  readonly email: string | null
  readonly day: Day
  readonly startTime: string
  readonly timeSpentSeconds: number
  readonly comment: string
  readonly createdAt: number
  readonly updatedAt: number
}

const fields = ['summary', 'issuetype', 'project', 'worklog']
const pageSize = 100
const firstDay = '1970-01-01' as Day

/** Worklogs straight from a Jira, page by page: no store, no server. */
export async function* extractWorklogs(
  wish: ExtractWish,
  needs: PacerNeeds & { readonly userAgent: string },
): AsyncGenerator<readonly ExtractedWorklog[]> {
  const jql = jqlOf(wish)
  const api = await open(wish, needs)
  try {
    const names = await authorsOf(api, wish)
    const total = await countIssues(api, jql)
    const progress = { issues: 0, worklogs: 0, ...(total === undefined ? {} : { total }) }
    wish.onProgress?.(progress)
    const seen = new Set<string>()
    for await (const page of api.search(jql, fields, pageSize)) {
      const rows: ExtractedWorklog[] = []
      for (const issue of readIssues(page)) {
        wish.signal?.throwIfAborted()
        // Pages by offset shift when issues come and go meanwhile.
        if (seen.has(issue.id)) continue
        seen.add(issue.id)
        // A search shows twenty worklogs at most, and all days of them: asked again, filtered again.
        const isCut = (issue.worklogTotal ?? 0) > issue.worklogs.length
        const worklogs = isCut ? ((await api.issueWorklogs(issue.id)) ?? []) : issue.worklogs
        for (const worklog of worklogs) {
          const row = toRow(issue, worklog)
          if (isWanted(row, worklog.author, wish, names)) rows.push(row)
        }
        progress.issues += 1
      }
      progress.worklogs += rows.length
      wish.onProgress?.(progress)
      if (rows.length > 0) yield rows
    }
  } finally {
    await api.client.close()
  }
}

async function open(
  wish: ExtractWish,
  needs: PacerNeeds & { readonly userAgent: string },
): Promise<JiraApi> {
  const { auth, secret, login, signal } = wish
  const baseUrl = checkLinkWish({ url: wish.url, auth, secret, ...(login ? { login } : {}) })
  if (auth === 'oauth')
    throw new DomainError('invalid', 'extract logs in with basic, pat or password')
  const make = (kind: JiraKind) =>
    makeJiraApi(
      makeJiraClient({
        ...needs,
        kind,
        http: makeJiraHttp(baseUrl, { allowsPrivate: wish.allowsPrivate === true }),
        authorizer: makeAuthorizer({
          auth,
          login: login ?? null,
          loadSecret: async () => secret,
          saveSecret: async () => {},
          post: async () => ({ status: 501, text: '' }),
        }),
        ...(signal ? { signal } : {}),
      }),
    )
  const guess = make('cloud')
  const { kind } = await guess.serverInfo().finally(() => guess.client.close())
  const api = make(kind)
  await api.myself().catch(async (error: unknown) => {
    await api.client.close()
    throw error
  })
  return api
}

/**
 * How many issues there will be. On Data Center this is also where a mistake in the query shows: its
 * pages are asked for without validation.
 */
async function countIssues({ client }: JiraApi, jql: string): Promise<number | undefined> {
  const isCloud = client.kind === 'cloud'
  const endpoint = isCloud ? 'search/approximate-count' : 'search'
  try {
    const { json } = await client.send({
      method: 'POST',
      path: `2/${endpoint}`,
      endpoint,
      body: isCloud ? { jql } : { jql, fields: ['id'], maxResults: 0, validateQuery: true },
    })
    const { count, total } = recordOf(json)
    return secondsOf(count ?? total)
  } catch (error) {
    const status = statusOf(error)
    if (status === 404 || status === 410) return undefined
    throw error
  }
}

/** One day wider on both sides: Jira's days are not the authors'. */
function jqlOf({ from, to, projects, filter, jql }: ExtractWish): string {
  const first = from === undefined ? firstDay : parseDay(from, 'from')
  const last = to === undefined ? undefined : parseDay(to, 'to')
  if (last !== undefined && first > last)
    throw new DomainError('invalid', `The first day ${first} lies after the last, ${last}`)
  if (filter !== undefined && !/^\d{1,18}$/.test(filter))
    throw new DomainError('invalid', `"${filter}" is not the number of a saved filter`)
  const where = jql === undefined ? '' : whereOf(jql)
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
  const parts = [
    `worklogDate >= "${addDays(first, -1)}"`,
    ...(last === undefined ? [] : [`worklogDate < "${addDays(last, 2)}"`]),
    ...(projects?.length ? [`project in (${projects.map(quoted).join(', ')})`] : []),
    ...(filter === undefined ? [] : [`filter = ${filter}`]),
    ...(where === '' ? [] : [`(${where})`]),
  ]
  return `${parts.join(' AND ')} ORDER BY key ASC`
}

/** The conditions of a query without its order; what we cannot read is for its Jira to judge. */
function whereOf(jql: string): string {
  try {
    const { where } = parseJql(jql)
    return where ? renderClause(where) : ''
  } catch {
    return jql
  }
}

/** Everybody whose worklogs are wanted, by every name; undefined for everybody there is. */
async function authorsOf(
  api: JiraApi,
  { users, groups }: ExtractWish,
): Promise<ReadonlySet<string> | undefined> {
  if (!users?.length && !groups?.length) return undefined
  const names = new Set((users ?? []).map((name) => name.toLowerCase()))
  for (const group of groups ?? []) {
    const found = await api.catalogue.members({ name: group })
    if (!found) throw new DomainError('not-found', `There is no group "${group}"`)
    for (const member of found.people) for (const name of namesOf(member)) names.add(name)
  }
  return names
}

function isWanted(
  row: ExtractedWorklog,
  author: SourcePerson | undefined,
  { from, to }: ExtractWish,
  names: ReadonlySet<string> | undefined,
): boolean {
  if ((from !== undefined && row.day < from) || (to !== undefined && row.day > to)) return false
  return names === undefined || (author !== undefined && namesOf(author).some((n) => names.has(n)))
}

function namesOf({ accountId, key, username, email }: SourcePerson): string[] {
  return [accountId, key, username, email].flatMap((name) => name?.toLowerCase() ?? [])
}

function toRow(issue: JiraIssue, worklog: SourceWorklog): ExtractedWorklog {
  const { author, started } = worklog
  const zone = author?.timeZone
  const local =
    zone !== undefined && isTimeZone(zone)
      ? localIn(zone, started.instant)
      : localOf(started.instant, started.offsetSeconds)
  return {
    id: worklog.id,
    issueKey: issue.key,
    issueSummary: issue.summary,
    issueType: issue.issueType?.name ?? null,
    projectKey: issue.project.key,
    author: author?.displayName ?? 'Former user',
    accountId: author?.accountId ?? author?.key ?? null,
    username: author?.username ?? null,
    email: author?.email ?? null,
    day: local.day,
    startTime: local.startTime,
    timeSpentSeconds: worklog.timeSpentSeconds,
    comment: worklog.comment,
    createdAt: worklog.createdAt,
    updatedAt: worklog.updatedAt,
  }
}
