import type { FastifyInstance } from 'fastify'
import { viewerOf } from '../../domain/permission.ts'
import { sendJson } from './errors.ts'
import { findIssue, findWorklog, readBeside } from './find.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, numberOf, pageOf } from './params.ts'
import { renderWorklog } from './render-worklog.ts'
import type { WireWorklogPage } from './wire.ts'

type IssueParams = { readonly issue: string }
type WorklogParams = IssueParams & { readonly worklog: string }

/** Rows of one answer at most: Cloud's page, and a bound on what Data Center sends whole. */
const cloudPage = 5_000
const wholeIssue = 1_000_000

/** An issue's worklogs, read. */
export function registerWorklogs(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  scope.get<{ Params: IssueParams; Querystring: Loose }>(
    '/issue/:issue/worklog',
    { config: { access: 'read' } },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const actor = actorOf(request)
      const most = flavour.version === 3 ? cloudPage : wholeIssue
      const { query } = request
      // Jira answers 404 to what is no number here (contract B3).
      const page = pageOf(query, { size: most, most, status: 404 })
      const startedFrom = numberOf(query.startedAfter, 'startedAfter', 404)
      const startedBefore = numberOf(query.startedBefore, 'startedBefore', 404)
      const { total, worklogs } = await store.issueWorklogs.page(
        {
          siteId: actor.siteId,
          viewer: viewerOf(actor),
          issueId: issue.id,
          ...(startedFrom === undefined ? {} : { startedFrom: momentOf(startedFrom) }),
          ...(startedBefore === undefined ? {} : { startedBefore: momentOf(startedBefore) }),
        },
        { offset: page.startAt, limit: page.maxResults },
      )
      const beside = await readBeside(store, request, look, worklogs)
      const withProperties = listOf(query.expand)?.includes('properties') ?? false
      // Data Center sends all and says so; who pages there gets pages (contract B8).
      const isWhole = flavour.version === 2 && query.maxResults === undefined
      const answer: WireWorklogPage = {
        startAt: page.startAt,
        maxResults: isWhole ? total : page.maxResults,
        total,
        worklogs: worklogs.map((row) => renderWorklog(look, row, beside, withProperties)),
      }
      return sendJson(reply, answer)
    },
  )

  scope.get<{ Params: WorklogParams; Querystring: Loose }>(
    '/issue/:issue/worklog/:worklog',
    { config: { access: 'read' } },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const worklog = await findWorklog(store, request, issue, request.params.worklog)
      const beside = await readBeside(store, request, look, [worklog])
      const withProperties = listOf(request.query.expand)?.includes('properties') ?? false
      return sendJson(reply, renderWorklog(look, worklog, beside, withProperties))
    },
  )
}

/** Moments past what a date can be are as far away as any. */
function momentOf(instant: number): number {
  return Math.max(-6e13, Math.min(2.5e14, instant))
}
