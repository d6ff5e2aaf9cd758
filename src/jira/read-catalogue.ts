import type { SourceField, SourceFilter } from '../domain/ingest-source.ts'
import { idOf, listOf, present, recordOf, textOf, textsOf } from './read-json.ts'
import { readUser } from './read-user.ts'

/** A saved search from Jira's JSON; undefined without id or JQL, as in a list not expanded. */
export function readFilter(json: unknown): SourceFilter | undefined {
  const filter = recordOf(json)
  const id = idOf(filter.id)
  const jql = typeof filter.jql === 'string' ? (textOf(filter.jql) ?? '') : undefined
  if (id === undefined || jql === undefined) return undefined
  return present({
    id,
    name: textOf(filter.name) ?? `Filter ${id}`,
    jql,
    description: textOf(filter.description),
    owner: readUser(filter.owner),
    isFavourite: filter.favourite === true,
  })
}

/** A field from Jira's JSON; undefined without an id. */
export function readField(json: unknown): SourceField | undefined {
  const field = recordOf(json)
  const id = textOf(field.id) ?? textOf(field.key)
  if (id === undefined) return undefined
  return present({
    id,
    name: textOf(field.name) ?? id,
    isCustom: field.custom === true,
    type: textOf(recordOf(field.schema).type),
    clauseNames: textsOf(listOf(field.clauseNames)),
  })
}
