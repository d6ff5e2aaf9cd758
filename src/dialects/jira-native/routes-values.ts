import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IssueNameField } from '../../domain/issue-query.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import { refusal, sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import {
  renderIssueType,
  renderPriority,
  renderResolution,
  renderStatus,
  renderStatusCategories,
} from './render-values.ts'

type Render = (look: Look, name: string, id: string) => { readonly id: string | number }
type Named = { readonly id: string | number; readonly name: string; readonly key?: string }

/** The values that fields of issues have here: all of them, and one by its id or name. */
export function registerValues(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, jql } = needs
  const config = { access: 'read' } as const
  const serve = (
    path: string,
    kind: string,
    read: (request: FastifyRequest, look: Look) => Promise<readonly Named[]>,
  ) => {
    scope.get(path, { config }, async (request, reply) =>
      sendJson(reply, await read(request, await lookOf(request, flavour, needs))),
    )
    scope.get<{ Params: { readonly id: string } }>(
      `${path}/:id`,
      { config },
      async (request, reply) => {
        const { id } = request.params
        const all = await read(request, await lookOf(request, flavour, needs))
        const isCalled = (text: string | undefined) => text?.toLowerCase() === id.toLowerCase()
        const found =
          all.find((one) => String(one.id) === id) ??
          all.find((one) => isCalled(one.name) || isCalled(one.key))
        if (!found) throw refusal(404, `The ${kind} with id '${id}' does not exist.`)
        return sendJson(reply, found)
      },
    )
  }
  const held = async (
    request: FastifyRequest,
    look: Look,
    field: IssueNameField,
    render: Render,
  ): Promise<readonly Named[]> =>
    (await jql.values.with(actorOf(request), field, [])).map(({ name, jiraId }) => ({
      ...render(look, name, jiraId ?? valueIdOf(name)),
      name,
    }))

  serve('/issuetype', 'issue type', async (request, look) => {
    const { siteId, jira } = actorOf(request)
    const subtasks = await store.names.subtaskTypes(siteId, jira)
    return held(request, look, 'issueType', (_, name, id) =>
      renderIssueType(look, name, id, subtasks.has(name)),
    )
  })
  serve('/priority', 'priority', (request, look) => held(request, look, 'priority', renderPriority))
  serve('/resolution', 'resolution', (request, look) =>
    held(request, look, 'resolution', renderResolution),
  )
  serve('/status', 'status', async (request, look) => {
    const { siteId, jira } = actorOf(request)
    const categories = await store.names.statusCategories(siteId, jira)
    return held(request, look, 'status', (_, name, id) =>
      renderStatus(look, name, id, categories.get(name) ?? null),
    )
  })
  serve('/statuscategory', 'status category', async (_, look) => renderStatusCategories(look))
}
