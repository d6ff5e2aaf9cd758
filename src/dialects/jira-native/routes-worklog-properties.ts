import type { FastifyInstance } from 'fastify'
import { cleanJson } from '../../jira/read-json.ts'
import { refusal, sendJson } from './errors.ts'
import { findIssue, findWorklog } from './find.ts'
import { type Flavour, lookOf } from './flavour.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { changeWorklog, noContent } from './routes-worklog-writes.ts'

type WorklogParams = { readonly issue: string; readonly worklog: string }
type KeyParams = WorklogParams & { readonly key: string }

/** Entity properties of a worklog: Cloud's, served in both versions. */
export function registerWorklogProperties(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const path = '/issue/:issue/worklog/:worklog/properties'
  const find = async (request: Parameters<typeof findIssue>[1], params: WorklogParams) =>
    findWorklog(store, request, await findIssue(store, request, params.issue), params.worklog)

  scope.get<{ Params: WorklogParams }>(
    path,
    { config: { access: 'read' } },
    async (request, reply) => {
      const worklog = await find(request, request.params)
      const { api } = await lookOf(request, flavour, needs)
      const at = `${api}/issue/${worklog.issue.jiraId}/worklog/${worklog.jiraId}/properties`
      const keys = Object.keys(worklog.properties).map((key) => ({
        self: `${at}/${encodeURIComponent(key)}`,
        key,
      }))
      return sendJson(reply, { keys })
    },
  )

  scope.get<{ Params: KeyParams }>(
    `${path}/:key`,
    { config: { access: 'read' } },
    async (request, reply) => {
      const { key } = request.params
      const { properties } = await find(request, request.params)
      if (!Object.hasOwn(properties, key)) throw noProperty(key)
      return sendJson(reply, { key, value: properties[key] })
    },
  )

  scope.put<{ Params: KeyParams; Body: unknown }>(
    `${path}/:key`,
    { config: { access: 'write' } },
    async (request, reply) => {
      const { key } = request.params
      const worklog = await find(request, request.params)
      // Some clients leave the value out; a Jira refuses it in these words.
      if (request.body === undefined) throw refusal(400, 'The property value can not be empty.')
      const isNew = !Object.hasOwn(worklog.properties, key)
      const properties = { ...worklog.properties, [key]: cleanJson(request.body) }
      await changeWorklog(needs, request, flavour, worklog, { properties })
      return sendJson(reply.code(isNew ? 201 : 200), {})
    },
  )

  scope.delete<{ Params: KeyParams }>(
    `${path}/:key`,
    { config: { access: 'write' } },
    async (request, reply) => {
      const { key } = request.params
      const worklog = await find(request, request.params)
      if (!Object.hasOwn(worklog.properties, key)) throw noProperty(key)
      const { [key]: _, ...properties } = worklog.properties
      await changeWorklog(needs, request, flavour, worklog, { properties })
      return noContent(reply)
    },
  )
}

function noProperty(key: string) {
  return refusal(404, `The property with key '${key}' does not exist.`)
}
