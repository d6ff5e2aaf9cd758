import { createHash } from 'node:crypto'
import { refusal, texts } from './errors.ts'
import { fieldsOf, issueBean } from './issue-bean.ts'
import { findIssues } from './jql.ts'
import { type Answer, type Call, objectOf, ok, type Route, type SearchSnapshot } from './route.ts'
import { visibleIssue } from './routes-worklogs.ts'
import { canBrowse, issueOf } from './world-state.ts'
import type { Issue } from './world-types.ts'

const cloud = ['cloud'] as const
const weekMs = 604_800_000

/** Finding issues: by JQL and by id, each dialect its own way. */
export const searchRoutes: readonly Route[] = [
  { method: 'GET', path: 'search', handle: search },
  { method: 'POST', path: 'search', handle: search },
  { method: 'GET', path: 'search/jql', dialects: cloud, handle: searchJql },
  { method: 'POST', path: 'search/jql', dialects: cloud, handle: searchJql },
  { method: 'POST', path: 'search/approximate-count', dialects: cloud, handle: count },
  { method: 'POST', path: 'issue/bulkfetch', dialects: cloud, handle: bulkFetch },
  { method: 'GET', path: 'issue/*', handle: oneIssue },
]

type Wish = {
  readonly jql: string
  readonly fields: readonly string[]
  readonly startAt: number
  readonly maxResults: number
  readonly isStrict: boolean
  readonly token: string | undefined
  readonly reconcile: readonly string[]
}

// GET and POST say the same in two ways.
function wishOf(call: Call): Wish {
  const body = objectOf(call.body)
  const first = (name: string): unknown => body[name] ?? call.query.get(name) ?? undefined
  const list = (name: string): string[] => {
    const value = body[name]
    return Array.isArray(value) ? value.map(String) : call.query.getAll(name)
  }
  const whole = (name: string, instead: number): number => {
    const number = Number(first(name) ?? instead)
    if (Number.isInteger(number) && number >= 0) return number
    throw refusal(400, `The value of ${name} must be a number that is not negative.`)
  }
  const token = first('nextPageToken')
  return {
    jql: String(first('jql') ?? ''),
    fields: list('fields'),
    startAt: whole('startAt', 0),
    maxResults: whole('maxResults', 50),
    isStrict: !/^(false|none|warn)$/i.test(String(first('validateQuery') ?? 'strict')),
    token: token === undefined || token === '' ? undefined : String(token),
    reconcile: list('reconcileIssues').flatMap((text) => text.split(',')),
  }
}

function search(call: Call): Answer {
  if (call.dialect === 'cloud') throw refusal(410, texts.gone)
  const { jql, fields, startAt, maxResults, isStrict } = wishOf(call)
  const { issues, warnings } = findIssues(call, jql, { isStrict })
  const size = Math.min(maxResults, call.switches.searchMax)
  const choice = fieldsOf(fields, '*navigable')
  return ok({
    expand: 'schema,names',
    startAt,
    maxResults: size,
    total: issues.length,
    issues: issues.slice(startAt, startAt + size).map((issue) => issueBean(call, issue, choice)),
    ...(warnings.length > 0 ? { warningMessages: warnings } : {}),
  })
}

function searchJql(call: Call): Answer {
  const wish = wishOf(call)
  const { switches } = call
  if (wish.reconcile.length > 50) throw refusal(400, 'reconcileIssues takes at most 50 issues.')
  const choice = fieldsOf(wish.fields, 'id')
  const most = choice.isIdsOnly ? switches.searchIdsMax : switches.searchMax
  const size = Math.max(1, Math.min(wish.maxResults, most) - (switches.shortPages ? 1 : 0))
  const { key, snapshot, from } = snapshotOf(call, wish)
  const isBare = choice.isIdsOnly && !choice.has('key')
  // Issues that went since the search began leave a short page, as in the real one.
  const issues = snapshot.ids
    .slice(from, from + size)
    .map((id) => call.world.state.issues.get(id))
    .filter((issue): issue is Issue => issue !== undefined)
    .filter((issue) => canBrowse(call.world.state, call.caller, issue.projectId))
    .map((issue) => issueBean(call, issue, choice, isBare))
  const to = from + size
  const isLast = to >= snapshot.ids.length
  if (isLast && !switches.repeatNextPageToken) return ok({ issues, isLast: true })
  const at = switches.repeatNextPageToken ? Math.min(size, snapshot.ids.length) : to
  return ok({ issues, isLast: false, nextPageToken: tokenOf(key, at) })
}

type Running = { readonly key: string; readonly snapshot: SearchSnapshot; readonly from: number }

function snapshotOf(call: Call, wish: Wish): Running {
  const who = call.caller?.id ?? ''
  const query = createHash('sha256').update(`${who}\n${wish.jql}`).digest('hex')
  if (wish.token === undefined) return startSearch(call, wish, query)
  const [key = '', position] = Buffer.from(wish.token, 'base64url').toString('utf8').split(' ')
  const snapshot = call.searches.get(key)
  if (!snapshot || snapshot.query !== query || snapshot.expiresAt <= call.world.clock.now()) {
    throw refusal(400, 'The provided next page token is invalid or expired.')
  }
  return { key, snapshot, from: Number(position) }
}

function startSearch(call: Call, wish: Wish, query: string): Running {
  const found = findIssues(call, wish.jql, { mustBeBounded: true })
  if (!found.isBounded) throw refusal(400, texts.unbounded)
  const now = call.world.clock.now()
  const { searchLagMs } = call.switches
  const isIndexed = ({ id, updated }: Issue) =>
    updated <= now - searchLagMs || wish.reconcile.includes(id)
  const issues = searchLagMs > 0 ? found.issues.filter(isIndexed) : found.issues
  const ids = issues.map(({ id }) => id)
  const snapshot: SearchSnapshot = { query, ids, expiresAt: now + weekMs }
  const key = String(call.searches.size + 1)
  call.searches.set(key, snapshot)
  return { key, snapshot, from: 0 }
}

function tokenOf(key: string, at: number): string {
  return Buffer.from(`${key} ${at}`, 'utf8').toString('base64url')
}

function count(call: Call): Answer {
  const { jql } = wishOf(call)
  const { issues, isBounded } = findIssues(call, jql, { mustBeBounded: true })
  if (!isBounded) throw refusal(400, texts.unbounded)
  return ok({ count: issues.length })
}

function bulkFetch(call: Call): Answer {
  const body = objectOf(call.body)
  const { issueIdsOrKeys } = body
  if (!Array.isArray(issueIdsOrKeys) || issueIdsOrKeys.length === 0) {
    throw refusal(400, 'The list of issue ids or keys must not be empty.')
  }
  if (issueIdsOrKeys.length > 100) {
    throw refusal(400, 'The number of issue ids or keys must not be greater than 100.')
  }
  const { state } = call.world
  const issues = new Set<Issue>()
  for (const idOrKey of issueIdsOrKeys) {
    const issue = issueOf(state, String(idOrKey))
    if (issue && canBrowse(state, call.caller, issue.projectId)) issues.add(issue)
  }
  const choice = fieldsOf(Array.isArray(body.fields) ? body.fields.map(String) : [], '*navigable')
  const sorted = [...issues].sort((a, b) => Number(a.id) - Number(b.id))
  // What the caller may not see is left out without a word.
  return ok({ issues: sorted.map((issue) => issueBean(call, issue, choice)), issueErrors: [] })
}

function oneIssue(call: Call): Answer {
  const issue = visibleIssue(call, call.params[0])
  return ok(issueBean(call, issue, fieldsOf(call.query.getAll('fields'), '*all')))
}
