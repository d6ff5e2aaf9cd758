import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refusal, sendJson, texts } from './errors.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { describeFields, renderIssues } from './issue-answer.ts'
import { chooseFields } from './issue-fields.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { openPage, queryOfToken, sealPage } from './page-token.ts'
import { type Loose, numberOf, objectOf, pageOf, textOf } from './params.ts'
import { searchParams } from './search-params.ts'

const usualPage = 50
/** Cloud gives longer pages to who asks for ids alone (contract B6). */
const idsPage = 5_000
const mostSorts = 7

/** Searching by JQL: the old way with offsets and totals, the new way with tokens, and counting. */
export function registerSearch(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const config = { access: 'read' } as const
  const isRemoved = flavour.version === 3 && needs.settings.deploymentType === 'Cloud'
  const answer = (from: (request: FastifyRequest) => Loose, work: Work) => {
    return (request: FastifyRequest, reply: FastifyReply) =>
      work(needs, flavour, from(request), request, reply)
  }
  const query = (request: FastifyRequest) => objectOf(request.query)
  const body = (request: FastifyRequest) => objectOf(request.body)
  const old: Work = isRemoved
    ? async () => {
        throw refusal(410, texts.removed)
      }
    : searchOld
  scope.get('/search', { config }, answer(query, old))
  scope.post('/search', { config }, answer(body, old))
  scope.get('/search/jql', { config }, answer(query, searchByToken))
  scope.post('/search/jql', { config }, answer(body, searchByToken))
  scope.post('/search/approximate-count', { config }, answer(body, count))
}

type Work = (
  needs: JiraNativeNeeds,
  flavour: Flavour,
  from: Loose,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>

const searchOld: Work = async (needs, flavour, from, request, reply) => {
  const { store, jql, settings } = needs
  const params = searchParams(from)
  // Data Center takes -1 for as many as there may be.
  const isAll = !flavour.isCloud && textOf(from.maxResults)?.trim() === '-1'
  const asked = isAll ? { ...from, maxResults: settings.searchMax } : from
  const page = pageOf(asked, { size: usualPage, most: settings.searchMax })
  const { search, warnings } = await jql.understand(actorOf(request), params.jql, params.validation)
  const look = await lookOf(request, flavour, needs)
  const choice = chooseFields(params.fields, '*navigable')
  const { total, issues } = await store.issueSearch.page(search, {
    limit: page.maxResults,
    offset: page.startAt,
  })
  return sendJson(reply, {
    expand: 'schema,names',
    startAt: page.startAt,
    maxResults: page.maxResults,
    total,
    issues: await renderIssues(store, request, look, issues, choice, params.expand),
    ...(params.validation === 'warn' && warnings.length > 0 ? { warningMessages: warnings } : {}),
    ...(await describeFields(store, request, choice, params.expand)),
  })
}

const searchByToken: Work = async (needs, flavour, from, request, reply) => {
  const { store, jql, box, now } = needs
  const params = searchParams(from)
  const choice = chooseFields(params.fields, 'id')
  const most = choice.isBare ? idsPage : needs.settings.searchMax
  const maxResults = numberOf(from.maxResults, 'maxResults') ?? usualPage
  if (maxResults < 1 || maxResults > idsPage) throw refusal(400, texts.maxResults)
  const { query, search } = await jql.understand(actorOf(request), params.jql, params.validation)
  if (!query.where) throw refusal(400, texts.unbounded)
  if (query.orderBy.length > mostSorts)
    throw refusal(400, `The ORDER BY clause may hold at most ${mostSorts} fields.`)
  const tied = queryOfToken(params.jql, search)
  const token = textOf(from.nextPageToken) ?? ''
  const after = token === '' ? undefined : openPage(box(), tied, token, now())
  const { issues, next } = await store.issueSearch.search(search, {
    limit: Math.min(maxResults, most),
    ...(after ? { after } : {}),
  })
  const look = await lookOf(request, flavour, needs)
  const shown = choice.isIdOnly
    ? issues.map(({ jiraId }) => ({ id: jiraId }))
    : await renderIssues(store, request, look, issues, choice, params.expand)
  return sendJson(reply, {
    issues: shown,
    isLast: next === undefined,
    ...(next ? { nextPageToken: sealPage(box(), tied, next, now()) } : {}),
    ...(await describeFields(store, request, choice, params.expand)),
  })
}

const count: Work = async ({ store, jql }, _flavour, from, request, reply) => {
  const { query, search } = await jql.understand(actorOf(request), textOf(from.jql) ?? '')
  if (!query.where) throw refusal(400, texts.unbounded)
  return sendJson(reply, { count: await store.issueSearch.count(search) })
}
