import type { FastifyInstance } from 'fastify'
import { refusal, sendJson } from './errors.ts'
import { findIssue } from './find.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { describeFields, renderIssues } from './issue-answer.ts'
import { chooseFields } from './issue-fields.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, objectOf, pageOf } from './params.ts'

const bulkSize = 100

/** Issues by id or key, one or many. */
export function registerIssues(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const config = { access: 'read' } as const
  scope.get<{ Params: { readonly issue: string }; Querystring: Loose }>(
    '/issue/:issue',
    { config },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const issue = await findIssue(store, request, request.params.issue)
      const choice = chooseFields(listOf(request.query.fields), '*all')
      const expand = new Set(listOf(request.query.expand) ?? [])
      const [shown] = await renderIssues(store, request, look, [issue], choice, expand)
      return sendJson(reply, {
        ...shown,
        ...(await describeFields(store, request, choice, expand)),
      })
    },
  )

  // No history is kept of what a Jira's issue was before.
  scope.get<{ Params: { readonly issue: string }; Querystring: Loose }>(
    '/issue/:issue/changelog',
    { config },
    async (request, reply) => {
      const page = pageOf(request.query, { size: 100, most: 100 })
      const { api } = await lookOf(request, flavour, needs)
      const { jiraId } = await findIssue(store, request, request.params.issue)
      return sendJson(reply, pageBean(`${api}/issue/${jiraId}/changelog`, page, 0, []))
    },
  )

  scope.post<{ Body: unknown }>('/issue/bulkfetch', { config }, async (request, reply) => {
    const body = objectOf(request.body)
    const names = [...new Set(listOf(body.issueIdsOrKeys) ?? [])]
    if (names.length === 0) throw refusal(400, 'issueIdsOrKeys must hold at least one id or key.')
    if (names.length > bulkSize)
      throw refusal(400, `issueIdsOrKeys must hold at most ${bulkSize} ids or keys.`)
    const { siteId, jira } = actorOf(request)
    const found = await store.names.issues(siteId, names, jira)
    const ids = [...new Set([...found.values()].flat().map(({ id }) => id))]
    const issues = [...(await store.issues.getMany(siteId, ids))]
    // Ascending by id, whatever the order asked (contract A3).
    issues.sort((a, b) => Number(a.jiraId) - Number(b.jiraId))
    const choice = chooseFields(listOf(body.fields), '*navigable')
    const expand = new Set(listOf(body.expand) ?? [])
    const look = await lookOf(request, flavour, needs)
    return sendJson(reply, {
      expand: 'schema,names',
      issues: await renderIssues(store, request, look, issues, choice, expand),
      issueErrors: [],
      ...(await describeFields(store, request, choice, expand)),
    })
  })
}
