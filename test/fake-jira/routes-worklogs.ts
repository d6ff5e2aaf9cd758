import { worklogBean } from './beans.ts'
import { type JiraRefusal, noWorklog, refusal, texts } from './errors.ts'
import { adjust, estimateOf } from './estimates.ts'
import { type Answer, type Call, numberIn, ok, type Route } from './route.ts'
import { readWorklogBody } from './worklog-body.ts'
import { canBrowse, canSee, issueOf, worklogsOf } from './world-state.ts'
import type { Issue, Worklog } from './world-types.ts'

const write = 'write:jira-work'

/** An issue's worklogs: read, add, change, remove. */
export const worklogRoutes: readonly Route[] = [
  { method: 'GET', path: 'issue/*/worklog', handle: page },
  { method: 'POST', path: 'issue/*/worklog', scope: write, handle: add },
  { method: 'GET', path: 'issue/*/worklog/*', handle: one },
  { method: 'PUT', path: 'issue/*/worklog/*', scope: write, handle: change },
  { method: 'DELETE', path: 'issue/*/worklog/*', scope: write, handle: remove },
]

/** The issue the path names; 404 when it is not there or not for this caller. */
export function visibleIssue(call: Call, idOrKey: string | undefined): Issue {
  const issue = issueOf(call.world.state, idOrKey ?? '')
  if (!issue || !canBrowse(call.world.state, call.caller, issue.projectId)) {
    throw refusal(404, texts.noIssue)
  }
  return issue
}

function page(call: Call): Answer {
  const issue = visibleIssue(call, call.params[0])
  const rows = worklogsOf(call.world.state, call.caller, issue.id)
  if (call.dialect === 'dc' && !call.switches.dcPagesIssueWorklogs) {
    const worklogs = rows.map((row) => worklogBean(call, row))
    return ok({ startAt: 0, maxResults: rows.length, total: rows.length, worklogs })
  }
  const most = call.switches.issueWorklogsMax
  const startAt = numberIn(call.query, 'startAt', 0)
  const asked = numberIn(call.query, 'maxResults', most)
  const after = numberIn(call.query, 'startedAfter', Number.NEGATIVE_INFINITY)
  const before = numberIn(call.query, 'startedBefore', Number.POSITIVE_INFINITY)
  if (startAt === undefined || asked === undefined || startAt < 0) throw refusal(404, 'Not found')
  if (after === undefined || before === undefined) throw refusal(404, 'Not found')
  // Started at `startedAfter` counts, at `startedBefore` does not; seconds are not guessed.
  const matching = rows.filter(({ started }) => started >= after && started < before)
  const maxResults = Math.min(asked, most)
  const worklogs = matching.slice(startAt, startAt + maxResults)
  return ok({
    startAt,
    maxResults,
    total: matching.length,
    worklogs: worklogs.map((row) => worklogBean(call, row)),
  })
}

function getRow(call: Call): { readonly issue: Issue; readonly row: Worklog } {
  const issue = visibleIssue(call, call.params[0])
  const text = call.params[1] ?? ''
  const row = /^\d+$/.test(text) ? call.world.state.worklogs.get(Number(text)) : undefined
  if (!row || row.issueId !== issue.id || !canSee(call.world.state, call.caller, row)) {
    throw noWorklog(text)
  }
  return { issue, row }
}

function one(call: Call): Answer {
  return ok(worklogBean(call, getRow(call).row))
}

function add(call: Call): Answer {
  const issue = visibleIssue(call, call.params[0])
  refuseFlags(call)
  const author = call.caller!
  mayLog(call, issue)
  const body = readWorklogBody(call, issue, { isNew: true })
  const estimate = estimateOf(call, 'add')
  const ids = call.world.state.worklogIdsByIssue.get(issue.id)
  if (call.dialect === 'cloud' && (ids?.size ?? 0) >= call.switches.worklogsPerIssueMax) {
    throw refusal(413, 'The worklog limit of this issue has been reached.')
  }
  const row = call.world.logWork({ issue, author, ...body })
  adjust(issue, estimate, { spentBefore: 0, spentAfter: row.timeSpentSeconds })
  const bean = worklogBean(call, row)
  return { status: 201, json: bean, headers: { Location: bean.self } }
}

function change(call: Call): Answer {
  const { issue, row } = getRow(call)
  refuseFlags(call)
  mayLog(call, issue)
  mayTouch(call, row, 'update')
  const body = readWorklogBody(call, issue, { isNew: false })
  const estimate = estimateOf(call, 'change')
  const spentBefore = row.timeSpentSeconds
  const edited = call.world.editWorklog(row.id, body, call.caller)
  adjust(issue, estimate, { spentBefore, spentAfter: edited.timeSpentSeconds })
  return ok(worklogBean(call, edited))
}

function remove(call: Call): Answer {
  const { issue, row } = getRow(call)
  refuseFlags(call)
  mayLog(call, issue)
  mayTouch(call, row, 'delete')
  const estimate = estimateOf(call, 'remove')
  call.world.deleteWorklog(row.id, call.caller)
  adjust(issue, estimate, { spentBefore: row.timeSpentSeconds, spentAfter: 0 })
  return { status: 204 }
}

// The same refusal is 400 on Cloud and 403 on Data Center.
function forbidden(call: Call, message: string): JiraRefusal {
  return refusal(call.dialect === 'cloud' ? 400 : 403, message)
}

function mayLog(call: Call, issue: Issue): void {
  const denied = call.world.state.noLogging.get(issue.projectId)
  if (denied?.has('*') || denied?.has(call.caller!.id)) {
    throw forbidden(call, 'You do not have permission to associate a worklog to this issue.')
  }
  if (!issue.isEditable) {
    throw forbidden(call, 'You do not have permission to log work on a non-editable issue.')
  }
}

function mayTouch(call: Call, row: Worklog, verb: 'update' | 'delete'): void {
  const caller = call.caller!
  if (row.authorId === caller.id || caller.isAdmin) return
  throw forbidden(call, `You do not have permission to ${verb} the worklog with id: ${row.id}.`)
}

// Only for apps: anybody else asking for it is refused, and Data Center does not know it.
function refuseFlags(call: Call): void {
  if (call.dialect === 'cloud' && call.query.get('overrideEditableFlag') === 'true') {
    throw forbidden(call, 'You do not have permission to override the editable flag.')
  }
  if (!call.caller) throw refusal(401, texts.unauthenticated)
}
