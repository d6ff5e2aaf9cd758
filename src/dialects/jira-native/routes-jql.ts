import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { renderJqlText } from '../../jira/jql/render.ts'
import { refusal, sendJson } from './errors.ts'
import type { Flavour } from './flavour.ts'
import { highlighted } from './html.ts'
import { actorOf, nameOf } from './identity.ts'
import { renderReference } from './jql-reference.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, objectOf, textOf } from './params.ts'
import { renderStructure } from './render-jql.ts'

const mostQueries = 50
const mostSuggestions = 15

/** What editors of queries ask: is this sound, what may stand here, and what could it mean? */
export function registerJql(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { jql } = needs
  const config = { access: 'read' } as const
  scope.post<{ Querystring: Loose }>('/jql/parse', { config }, async (request, reply) => {
    const { queries } = objectOf(request.body)
    if (!Array.isArray(queries) || queries.length === 0)
      throw refusal(400, 'The queries to parse are missing.')
    if (queries.length > mostQueries)
      throw refusal(400, `At most ${mostQueries} queries can be parsed at once.`)
    const validation = textOf(request.query.validation)?.toLowerCase() ?? 'strict'
    if (!['strict', 'warn', 'none'].includes(validation))
      throw refusal(400, `The validation '${validation}' is not one of strict, warn and none.`)
    const parsed = []
    for (const one of queries) parsed.push(await parseOne(needs, request, String(one), validation))
    return sendJson(reply, { queries: parsed })
  })

  const reference = async (request: FastifyRequest) =>
    renderReference(await jql.fields(actorOf(request)))
  scope.get('/jql/autocompletedata', { config }, async (request, reply) =>
    sendJson(reply, await reference(request)),
  )
  scope.post('/jql/autocompletedata', { config }, async (request, reply) =>
    sendJson(reply, await reference(request)),
  )
  scope.get<{ Querystring: Loose }>(
    '/jql/autocompletedata/suggestions',
    { config },
    async (request, reply) => {
      const { fieldName, fieldValue, predicateName, predicateValue } = request.query
      const isBy = textOf(predicateName)?.toLowerCase() === 'by'
      const text = (isBy ? textOf(predicateValue) : textOf(fieldValue)) ?? ''
      const found = await suggest(
        needs,
        request,
        isBy ? 'assignee' : (textOf(fieldName) ?? ''),
        text,
        flavour,
      )
      return sendJson(reply, {
        results: found.slice(0, mostSuggestions).map(({ value, name }) => ({
          value: renderJqlText(value),
          displayName: highlighted(name, text),
        })),
      })
    },
  )
}

/** Strict: all that is wrong is an error. Lenient: what only does not exist is a warning. */
async function parseOne(
  { jql }: JiraNativeNeeds,
  request: FastifyRequest,
  query: string,
  validation: string,
) {
  try {
    const parsed = jql.parse(query)
    const problems = validation === 'none' ? [] : await jql.validate(actorOf(request), parsed)
    if (problems.length > 0 && validation === 'strict') return { query, errors: problems }
    return {
      query,
      structure: renderStructure(parsed),
      ...(problems.length > 0 ? { warnings: problems } : {}),
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { errorMessages } = error.details
    return { query, errors: Array.isArray(errorMessages) ? errorMessages : [error.message] }
  }
}

type Suggestion = { readonly value: string; readonly name: string }

async function suggest(
  { jql, store }: JiraNativeNeeds,
  request: FastifyRequest,
  fieldName: string,
  text: string,
  { isCloud }: Flavour,
): Promise<readonly Suggestion[]> {
  const actor = actorOf(request)
  const { siteId, personId, jira } = actor
  const entry = (await jql.fields(actor)).find({
    name: fieldName.replace(/^"(.*)"$/, '$1'),
    properties: [],
    position: { line: 1, character: 1 },
  })
  if (!entry) throw refusal(400, `The field '${fieldName.slice(0, 100)}' does not exist.`)
  const { type } = entry
  switch (type.kind) {
    case 'project':
      return (await store.projects.list(siteId, { limit: mostSuggestions, text, jira })).map(
        ({ key, name }) => ({ value: key, name: `${name} (${key})` }),
      )
    case 'user':
    case 'worklogAuthor':
      return (await store.people.list({ siteId, limit: mostSuggestions, text })).map((person) => ({
        value: isCloud ? person.accountId : nameOf(person),
        name: person.displayName,
      }))
    case 'filter':
      return (
        await store.filters.find({ siteId, personId, jira, text, limit: mostSuggestions })
      ).filters.map(({ name }) => ({ value: name, name }))
    case 'name': {
      const held = await jql.values.with(actor, type.field, [])
      return held
        .filter(({ name }) => name.toLowerCase().startsWith(text.toLowerCase()))
        .map(({ name }) => ({ value: name, name }))
    }
    case 'option': {
      const ids = type.field.customFieldIds
      const names = await store.names.optionNames(siteId, ids, {
        text,
        limit: mostSuggestions,
        jira,
      })
      return names.map((name) => ({ value: name, name }))
    }
    default:
      return []
  }
}
