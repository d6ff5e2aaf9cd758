import type { FastifyRequest } from 'fastify'
import type { Issue } from '../../domain/issue.ts'
import type { Store } from '../../domain/store.ts'
import type { Look } from './flavour.ts'
import { actorOf } from './identity.ts'
import { type FieldChoice, fieldsOf } from './issue-fields.ts'
import { readSurroundings, type Surroundings } from './issue-surroundings.ts'
import { renderIssue, type WireIssue } from './render-issue.ts'
import { renderReadable } from './render-readable.ts'

type Expand = ReadonlySet<string>

const noChanges = { startAt: 0, maxResults: 0, total: 0, histories: [] }

/** Issues as an answer shows them, with what was asked to be expanded in each. */
export async function renderIssues(
  store: Store,
  request: FastifyRequest,
  look: Look,
  issues: readonly Issue[],
  choice: FieldChoice,
  expand: Expand,
): Promise<readonly WireIssue[]> {
  const around = await readSurroundings(store, actorOf(request), issues, choice)
  return issues.map((issue) => ({
    ...renderIssue(look, issue, choice, around),
    ...expanded(look, issue, choice, around, expand),
  }))
}

function expanded(
  look: Look,
  issue: Issue,
  choice: FieldChoice,
  around: Surroundings,
  expand: Expand,
) {
  return {
    ...(expand.has('renderedFields')
      ? { renderedFields: renderReadable(look, issue, choice, around) }
      : {}),
    // No history is kept of what a Jira's issue was before.
    ...(expand.has('changelog') ? { changelog: noChanges } : {}),
  }
}

/** `names` and `schema` of the fields shown, where asked for. */
export async function describeFields(
  store: Store,
  request: FastifyRequest,
  choice: FieldChoice,
  expand: Expand,
): Promise<Readonly<Record<string, unknown>>> {
  if (!expand.has('names') && !expand.has('schema')) return {}
  const { siteId, jira } = actorOf(request)
  const all = fieldsOf(await store.catalogue.listFields(siteId, jira))
  const fields = all.filter(({ id, schema }) => schema !== undefined && choice.has(id))
  return {
    ...(expand.has('names')
      ? { names: Object.fromEntries(fields.map(({ id, name }) => [id, name])) }
      : {}),
    ...(expand.has('schema')
      ? { schema: Object.fromEntries(fields.map(({ id, schema }) => [id, schema])) }
      : {}),
  }
}
