import { idOf, listOf, present, recordOf, textOf, textsOf } from './read-json.ts'
import { type JiraUser, readUser } from './read-user.ts'

/** A saved search. */
export type JiraFilter = {
  readonly id: string
  readonly name: string
  readonly jql: string
  readonly description?: string
  readonly owner?: JiraUser
  readonly isFavourite: boolean
}

/** A field of Jira's catalogue; `clauseNames` are the names JQL knows it by. */
export type JiraField = {
  readonly id: string
  readonly name: string
  readonly isCustom: boolean
  readonly type?: string
  readonly clauseNames: readonly string[]
}

/** A saved search from Jira's JSON; undefined without id or JQL, as in a list not expanded. */
export function readFilter(json: unknown): JiraFilter | undefined {
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
export function readField(json: unknown): JiraField | undefined {
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
