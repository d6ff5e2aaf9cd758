import type { JqlValidation } from '../../jira/jql/context.ts'
import { type Loose, listOf, textOf } from './params.ts'

/** What a search asks for, from a query string or a body alike (contract B5, B6). */
export type SearchParams = {
  readonly jql: string
  readonly fields: readonly string[] | undefined
  readonly expand: ReadonlySet<string>
  readonly validation: JqlValidation
}

export function searchParams(from: Loose): SearchParams {
  return {
    jql: textOf(from.jql) ?? '',
    fields: listOf(from.fields),
    expand: new Set(listOf(from.expand) ?? []),
    validation: validationOf(from.validateQuery),
  }
}

/** `strict`, `warn` or `none`; old clients say true and false, some with a capital. */
function validationOf(value: unknown): JqlValidation {
  const text = textOf(value)?.toLowerCase()
  if (text === 'warn' || text === 'none') return text
  return text === 'false' ? 'none' : 'strict'
}
