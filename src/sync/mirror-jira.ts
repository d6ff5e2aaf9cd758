import { DomainError } from '../domain/errors.ts'
import type { SourcePerson, SourceWorklog } from '../domain/ingest-source.ts'
import { type Intent, type MirrorFields, originProperty } from '../domain/mirror.ts'
import type { Worklog } from '../domain/worklog.ts'
import type { EstimateChange } from '../domain/worklog-book.ts'
import { renderJiraDate } from '../jira/date.ts'
import { readWorklog } from '../jira/read.ts'
import { listOf, recordOf } from '../jira/read-json.ts'
import type { JiraApi } from './jira-api.ts'
import { statusOf } from './jira-client.ts'

/** The names of whoever a row may belong to: account id, key, user name. */
export type AuthorNames = readonly string[]

const mostRows = 5_000

/** Creates the row; `uid` marks it where Jira keeps properties. */
export async function postWorklog(
  api: JiraApi,
  issueId: string,
  wanted: Worklog,
  uid: string,
  estimate: EstimateChange,
): Promise<SourceWorklog> {
  const isCloud = api.client.kind === 'cloud'
  const { json } = await api.client.send({
    method: 'POST',
    path: `2/issue/${issueId}/worklog`,
    endpoint: 'issue/worklog',
    issue: issueId,
    isWrite: true,
    query: { ...quietly(isCloud), ...estimateQuery(estimate, 'reduceBy') },
    body: {
      ...bodyOf(newFields(wanted), wanted.offsetSeconds),
      ...(isCloud ? { properties: [{ key: originProperty, value: { uid } }] } : {}),
    },
  })
  return rowOf(json, issueId)
}

/** Writes only what changed: a comment nobody touched keeps its formatting. */
export async function putWorklog(
  api: JiraApi,
  issueId: string,
  jiraId: string,
  change: Partial<MirrorFields>,
  offsetSeconds: number,
  estimate: EstimateChange,
): Promise<SourceWorklog> {
  const { json } = await api.client.send({
    method: 'PUT',
    path: `2/issue/${issueId}/worklog/${jiraId}`,
    endpoint: 'issue/worklog/id',
    issue: issueId,
    isWrite: true,
    query: { ...quietly(api.client.kind === 'cloud'), ...estimateQuery(estimate, 'reduceBy') },
    body: bodyOf(change, offsetSeconds),
  })
  return rowOf(json, issueId)
}

export async function deleteWorklog(
  api: JiraApi,
  issueId: string,
  jiraId: string,
  estimate: EstimateChange,
): Promise<void> {
  await api.client.send({
    method: 'DELETE',
    path: `2/issue/${issueId}/worklog/${jiraId}`,
    endpoint: 'issue/worklog/id',
    issue: issueId,
    isWrite: true,
    query: { ...quietly(api.client.kind === 'cloud'), ...estimateQuery(estimate, 'increaseBy') },
  })
}

/** The row that a write made whose answer was lost; undefined where it made none. */
export async function findLanded(
  api: JiraApi,
  intent: Pick<Intent, 'uid' | 'issueJiraId' | 'wanted'>,
  authors: AuthorNames,
  findLinked: (jiraIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<SourceWorklog | undefined> {
  const { uid, issueJiraId, wanted } = intent
  const isCloud = api.client.kind === 'cloud'
  const { json } = await api.client.send({
    method: 'GET',
    path: `2/issue/${issueJiraId}/worklog`,
    endpoint: 'issue/worklog',
    query: {
      startAt: 0,
      maxResults: mostRows,
      ...(isCloud
        ? {
            startedAfter: wanted.startedAt - 1_000,
            startedBefore: wanted.startedAt + 1_000,
            expand: 'properties',
          }
        : {}),
    },
  })
  const rows = listOf(recordOf(json).worklogs).flatMap((one) => readWorklog(one, []) ?? [])
  const marked = rows.find((row) => uidOf(row) === uid)
  if (marked) return { ...marked, issueId: issueJiraId }
  const second = (instant: number) => Math.floor(instant / 1_000)
  const alike = rows.filter(
    (row) =>
      uidOf(row) === undefined &&
      isBy(row.author, authors) &&
      second(row.started.instant) === second(wanted.startedAt) &&
      row.timeSpentSeconds === wanted.timeSpentSeconds &&
      row.comment.trim() === wanted.comment.trim(),
  )
  const linked = await findLinked(alike.map((row) => row.id))
  const found = alike.find((row) => !linked.has(row.id))
  return found && { ...found, issueId: issueJiraId }
}

/** Whether a write may have been done although it looks failed. */
export function isAmbiguous(error: unknown): boolean {
  if (!(error instanceof DomainError)) return true
  const status = statusOf(error)
  const { reason } = error.details
  if (reason === 'unreachable' || reason === 'garbled') return true
  return status !== undefined && (status >= 500 || status === 408)
}

/** Jira's no to a write, in words that name it. */
export function asRefusal(error: unknown): DomainError {
  const status = statusOf(error)
  if (!(error instanceof DomainError) || status === undefined) {
    const message = error instanceof Error ? error.message : String(error)
    return error instanceof DomainError ? error : new DomainError('upstream', message)
  }
  if (status === 413)
    return new DomainError('invalid', 'Jira takes no more worklogs on this issue', error.details)
  if (status === 403) return new DomainError('forbidden', error.message, error.details)
  if (status === 400 || status === 404)
    return new DomainError('invalid', error.message, error.details)
  return error
}

/** The Jira's own side of the fields both can change. */
export function fieldsOf(row: SourceWorklog): MirrorFields {
  return {
    startedAt: row.started.instant,
    timeSpentSeconds: row.timeSpentSeconds,
    comment: row.comment,
    visibility: row.visibility ?? null,
  }
}

function uidOf(row: SourceWorklog): string | undefined {
  const { uid } = recordOf(row.properties?.[originProperty])
  return typeof uid === 'string' ? uid : undefined
}

function isBy(author: SourcePerson | undefined, names: AuthorNames): boolean {
  return [author?.accountId, author?.key, author?.username].some(
    (name) => name !== undefined && names.includes(name),
  )
}

/** Whoever watches an issue is told by Jira of what happens in Jira, not of what comes from here. */
function quietly(isCloud: boolean) {
  return isCloud ? { notifyUsers: false } : {}
}

/** Always said: left out, Jira takes `auto`, and an import eats the estimate. */
function estimateQuery(estimate: EstimateChange, manual: 'reduceBy' | 'increaseBy') {
  const { mode } = estimate
  if (!('seconds' in estimate)) return { adjustEstimate: mode }
  const minutes = `${Math.round(estimate.seconds / 60)}m`
  return { adjustEstimate: mode, [mode === 'new' ? 'newEstimate' : manual]: minutes }
}

function bodyOf(fields: Partial<MirrorFields>, offsetSeconds: number) {
  const { startedAt, timeSpentSeconds, comment, visibility } = fields
  return {
    ...(startedAt === undefined ? {} : { started: renderJiraDate(startedAt, offsetSeconds) }),
    ...(timeSpentSeconds === undefined ? {} : { timeSpentSeconds }),
    ...(comment === undefined ? {} : { comment }),
    ...(visibility === undefined ? {} : { visibility }),
  }
}

function newFields({ startedAt, timeSpentSeconds, comment, visibility }: Worklog) {
  return { startedAt, timeSpentSeconds, comment, ...(visibility ? { visibility } : {}) }
}

function rowOf(json: unknown, issueId: string): SourceWorklog {
  const row = readWorklog(json, [])
  if (!row)
    throw new DomainError('upstream', 'Jira answered a write with no worklog', {
      reason: 'garbled',
    })
  return { ...row, issueId: row.issueId ?? issueId }
}
