import type { FastifyInstance } from 'fastify'
import type { Issue } from '../../domain/issue.ts'
import type { IssueSearch } from '../../domain/issue-query.ts'
import { renderJqlText } from '../../jira/jql/render.ts'
import { avatarsOf } from './avatar.ts'
import { JiraRefusal, refusal, sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { escapeHtml, highlighted } from './html.ts'
import { actorOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, objectOf, pageOf, textOf } from './params.ts'
import { pickedUser } from './people.ts'

const mostPicked = 20
const mostQueries = 50
const mostIds = 1_000
const issueKey = /^\p{L}[\p{L}\d_]*-\d+$/u

/** What somebody who types a few letters means, and which of some issues a query finds. */
export function registerPickers(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, jql } = needs
  const config = { access: 'read' } as const

  scope.get<{ Querystring: Loose }>('/issue/picker', { config }, async (request, reply) => {
    const text = (textOf(request.query.query) ?? '').trim().slice(0, 255)
    const look = await lookOf(request, flavour, needs)
    const find = async (query: string): Promise<readonly Issue[]> => {
      const { search } = await jql.understand(actorOf(request), query, 'none')
      return (await store.issueSearch.search(search, { limit: mostPicked })).issues
    }
    // Words as they are typed: the last may be the beginning of one.
    const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
    const isKey = issueKey.test(text)
    const found = isKey
      ? await find(`key = ${renderJqlText(text)}`)
      : words.length > 0
        ? await find(`summary ~ ${renderJqlText(`${words.join(' ')}*`)} ORDER BY updated DESC`)
        : await find('ORDER BY updated DESC')
    return sendJson(reply, {
      sections: [
        {
          label: 'History Search',
          ...(found.length > 0 ? { sub: `Showing ${found.length} matching issues` } : {}),
          id: 'hs',
          ...(found.length > 0 ? {} : { msg: 'No matching issues found' }),
          issues: found.map((issue) => pickedIssue(look, issue, text)),
        },
      ],
    })
  })

  scope.get<{ Querystring: Loose }>('/user/picker', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const text = textOf(request.query.query) ?? ''
    const { maxResults } = pageOf(request.query, { size: 50, most: 1_000 })
    const look = await lookOf(request, flavour, needs)
    const people = await store.people.list({
      siteId: actor.siteId,
      isActive: true,
      limit: maxResults,
      ...(text === '' ? {} : { text }),
    })
    return sendJson(reply, {
      users: people.map((person) => pickedUser(look, person, text)),
      total: people.length,
      header: `Showing ${people.length} of ${people.length} matching users`,
    })
  })

  scope.post<{ Body: unknown }>('/jql/match', { config }, async (request, reply) => {
    const body = objectOf(request.body)
    const queries = Array.isArray(body.jqls) ? body.jqls.map(String) : []
    const asked = [...new Set(listOf(body.issueIds) ?? [])]
    if (queries.length === 0 || asked.length === 0)
      throw refusal(400, 'The jqls and the issueIds must hold at least one each.')
    if (queries.length > mostQueries || asked.length > mostIds)
      throw refusal(400, `At most ${mostQueries} jqls and ${mostIds} issueIds can be matched.`)
    const actor = actorOf(request)
    const named = await store.names.issues(actor.siteId, asked, actor.jira)
    const ids = asked.flatMap((text) => named.get(text)?.[0]?.id ?? [])
    const matches = []
    for (const query of queries) {
      try {
        const { search } = await jql.understand(actor, query)
        const { issues } = await store.issueSearch.search(within(search, ids), { limit: mostIds })
        matches.push({ matchedIssues: issues.map(({ jiraId }) => Number(jiraId)), errors: [] })
      } catch (error) {
        matches.push({ matchedIssues: [], errors: textsOf(error) })
      }
    }
    return sendJson(reply, { matches })
  })
}

function within(search: IssueSearch, issueIds: readonly Issue['id'][]): IssueSearch {
  const these = { kind: 'issues', issueIds, not: false } as const
  return { ...search, condition: { kind: 'and', conditions: [these, search.condition] } }
}

/** What is wrong with a query; every other failure goes on. */
function textsOf(error: unknown): readonly string[] {
  if (error instanceof JiraRefusal) return error.body.errorMessages
  const { details } = error as { details?: { errorMessages?: unknown } }
  if (Array.isArray(details?.errorMessages)) return details.errorMessages.map(String)
  throw error
}

function pickedIssue(look: Look, { jiraId, key, summary }: Issue, text: string) {
  return {
    id: Number(jiraId),
    key,
    keyHtml: highlighted(key, text),
    img: avatarsOf(look.base, 'project', key, key)['16x16'],
    summary: highlighted(summary, text),
    summaryText: escapeHtml(summary),
  }
}
