import type { FastifyInstance } from 'fastify'
import type { IssueChange as Change, IssueWish } from '../domain/directory.ts'
import { invalidField } from '../domain/errors.ts'
import type { Issue, IssueId } from '../domain/issue.ts'
import type { IssueCondition } from '../domain/issue-query.ts'
import { type Actor, viewerOf } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  IssueChange,
  Issue as IssueSchema,
  IssuesAnswer,
  IssuesQuery,
  MatchHeaders,
  NameParams,
  NewIssue,
  ref,
} from './contract.ts'
import { idsOf, single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { renderIssue } from './render.ts'

export function registerIssues(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, directory } = needs
  scope.get<{ Querystring: IssuesQuery }>(
    '/issues',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listIssues',
        tag: 'Projects and issues',
        summary: 'List issues',
        description: 'Our own and those of every connected Jira, told apart by `connectionId`.',
        querystring: IssuesQuery,
        answers: { 200: answer('A page', ref(IssuesAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { siteId } = actor
      const { project, text, cursor, jql, isScheduled } = request.query
      if (jql !== undefined) return findByJql(needs, actor, jql, request.query)
      const projectIds = await idsOf('project', project, (names) =>
        store.projects.findByNames(siteId, names),
      )
      const limit = limitOf(request.query)
      const rows = await store.issues.list({
        siteId,
        limit: limit + 1,
        ...parseIdCursor<IssueId>(cursor),
        ...(projectIds ? { projectIds } : {}),
        ...(text === undefined ? {} : { text }),
        ...(isScheduled === undefined ? {} : { isScheduled: isScheduled === 'true' }),
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { issues: page.map(renderIssue), next }
    },
  )

  scope.get<{ Params: { idOrKey: string } }>(
    '/issues/:idOrKey',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getIssue',
        tag: 'Projects and issues',
        summary: 'One issue',
        description: 'By our id or by its key, now or earlier.',
        params: NameParams,
        answers: { 200: answer('The issue', ref(IssueSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const issue = await findIssue(needs, actorOf(request).siteId, request.params.idOrKey)
      setVersionTag(reply, issue)
      return renderIssue(issue)
    },
  )

  scope.post<{ Body: IssueWish }>(
    '/issues',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createIssue',
        tag: 'Projects and issues',
        summary: 'Create an issue of our own',
        description:
          'It takes the next key of its project. Issues of a Jira are created there: 409.',
        body: ref(NewIssue),
        answers: { 201: answer('Created', ref(IssueSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const issue = await directory.createIssue(actorOf(request), request.body)
      setVersionTag(reply, issue)
      void reply.code(201).header('location', `${scope.prefix}/issues/${issue.id}`)
      return renderIssue(issue)
    },
  )

  scope.patch<{ Params: { idOrKey: string }; Body: Change }>(
    '/issues/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeIssue',
        tag: 'Projects and issues',
        summary: 'Change an issue of our own',
        description: 'Issues of a Jira change there: 409.',
        params: NameParams,
        headers: MatchHeaders,
        body: ref(IssueChange),
        answers: { 200: answer('As it is now', ref(IssueSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await findIssue(needs, actor.siteId, request.params.idOrKey)
      const version = expectedVersion(request)
      const issue = await directory.changeIssue(actor, id, request.body, version)
      setVersionTag(reply, issue)
      return renderIssue(issue)
    },
  )
}

async function findIssue({ store }: ApiNeeds, siteId: SiteId, idOrKey: string): Promise<Issue> {
  const found = (await store.issues.findByNames(siteId, [idOrKey])).get(idOrKey) ?? []
  return single('issue', idOrKey, found)
}

/** The first issues a JQL query finds; its problems are told in Jira's words. */
async function findByJql(
  { store, findIssues }: ApiNeeds,
  actor: Actor,
  jql: string,
  query: IssuesQuery,
) {
  if (query.project ?? query.text ?? query.cursor)
    throw invalidField('jql', 'stands alone: write project and text into the query')
  if (!findIssues) throw invalidField('jql', 'is not understood by this server')
  const found = await findIssues(actor, jql)
  const is = query.isScheduled === 'true'
  const condition: IssueCondition =
    query.isScheduled === undefined
      ? found
      : { kind: 'and', conditions: [found, { kind: 'scheduled', is }] }
  const search = { siteId: actor.siteId, viewer: viewerOf(actor), condition, order: [] }
  const { issues } = await store.issueSearch.search(search, { limit: limitOf(query) })
  return { issues: issues.map(renderIssue), next: null }
}
