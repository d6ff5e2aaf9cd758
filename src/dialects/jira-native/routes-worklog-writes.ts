import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Issue } from '../../domain/issue.ts'
import { unwrap } from '../../domain/timesheets.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import type { EntryChange, EstimateChange, WriteCommand } from '../../domain/worklog-book.ts'
import { refusal, sendJson } from './errors.ts'
import { findIssue, findWorklog, readBeside } from './find.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, objectOf } from './params.ts'
import { renderWorklog } from './render-worklog.ts'
import { readAuthor } from './worklog-author.ts'
import { readEntry, readEstimate } from './worklog-params.ts'

type IssueParams = { readonly issue: string }
type WorklogParams = IssueParams & { readonly worklog: string }

/** An issue's worklogs, written (contract B8): everything passes through the book. */
export function registerWorklogWrites(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const config = { access: 'write' } as const
  const path = '/issue/:issue/worklog'

  scope.post<{ Params: IssueParams; Querystring: Loose; Body: unknown }>(
    path,
    { config },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const body = objectOf(request.body)
      const change = readEntry(body, look, { isNew: true })
      const estimate = readEstimate(request.query, 'add', look.duration)
      const author = await readAuthor(store, request, body)
      await checkRoom(needs, request, issue, flavour)
      const { startedAt = needs.now(), timeSpentSeconds = 0, ...rest } = change
      const entry = { issue: issue.id, startedAt, timeSpentSeconds, ...rest, ...author }
      const worklog = await write(
        needs,
        request,
        flavour,
        { kind: 'log', entry, estimate },
        'You do not have permission to associate a worklog to this issue.',
      )
      const bean = await renderOne(needs, request, look, worklog)
      return sendJson(reply.code(201).header('location', bean.self), bean)
    },
  )

  scope.put<{ Params: WorklogParams; Querystring: Loose; Body: unknown }>(
    `${path}/:worklog`,
    { config },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const before = await findWorklog(store, request, issue, request.params.worklog)
      const change = readEntry(objectOf(request.body), look, { isNew: false })
      const estimate = readEstimate(request.query, 'change', look.duration)
      // Nothing to change is no mistake (contract B8).
      const isIdle = Object.keys(change).length === 0 && estimate.mode !== 'new'
      const worklog = isIdle
        ? before
        : await changeWorklog(needs, request, flavour, before, change, estimate)
      return sendJson(reply, await renderOne(needs, request, look, worklog))
    },
  )

  scope.delete<{ Params: WorklogParams; Querystring: Loose }>(
    `${path}/:worklog`,
    { config },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const { id, jiraId } = await findWorklog(store, request, issue, request.params.worklog)
      const estimate = readEstimate(request.query, 'remove', look.duration)
      await write(
        needs,
        request,
        flavour,
        { kind: 'remove', id, estimate },
        `You do not have permission to delete the worklog with id: ${jiraId}`,
      )
      return noContent(reply)
    },
  )
}

/** An answer that is nothing but its status. */
export function noContent(reply: FastifyReply): FastifyReply {
  return reply.code(204).send()
}

/** Changes a row and shows it as it is now. */
export function changeWorklog(
  needs: JiraNativeNeeds,
  request: FastifyRequest,
  flavour: Flavour,
  { id, jiraId }: WorklogView,
  change: EntryChange,
  estimate: EstimateChange = { mode: 'leave' },
): Promise<WorklogView> {
  return write(
    needs,
    request,
    flavour,
    { kind: 'change', id, change, estimate },
    `You do not have permission to update the worklog with id: ${jiraId}`,
  )
}

/** One command through the book; what policy forbids is said in Jira's words (contract B3). */
async function write(
  { book }: JiraNativeNeeds,
  request: FastifyRequest,
  { isCloud }: Flavour,
  command: WriteCommand,
  forbidden: string,
): Promise<WorklogView> {
  const [outcome] = await book.write({ actor: actorOf(request), commands: [command] })
  try {
    return unwrap(outcome)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'forbidden')
      throw refusal(isCloud ? 400 : 403, forbidden)
    throw error
  }
}

async function renderOne(
  { store }: JiraNativeNeeds,
  request: FastifyRequest,
  look: Look,
  worklog: WorklogView,
) {
  const query = request.query as Loose
  const beside = await readBeside(store, request, look, [worklog])
  return renderWorklog(look, worklog, beside, listOf(query.expand)?.includes('properties'))
}

/** Cloud takes only so many worklogs on one issue. */
async function checkRoom(
  { store, settings }: JiraNativeNeeds,
  request: FastifyRequest,
  issue: Issue,
  { isCloud }: Flavour,
): Promise<void> {
  const most = settings.worklogsPerIssue
  if (!isCloud || most === 0) return
  const { siteId } = actorOf(request)
  const query = { siteId, viewer: { kind: 'all' }, issueId: issue.id } as const
  const { total } = await store.issueWorklogs.page(query, { offset: 0, limit: 0 })
  if (total >= most)
    throw refusal(413, `The issue already has ${most} worklogs, which is the limit.`)
}
