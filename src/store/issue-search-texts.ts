import { type RawBuilder, sql } from 'kysely'
import type { CustomField, TextQuery } from '../domain/issue-query.ts'
import { compileCustom } from './issue-search-custom.ts'
import { matchesText } from './issue-search-text.ts'
import { anyOf } from './issue-search-worklogs.ts'

const isText = sql<boolean>`jsonb_typeof(v) = 'string'`

/** Any of the fields matches; or at least one has text, and none matches. */
export function compileTexts(
  fields: readonly ('summary' | CustomField)[],
  query: TextQuery,
  not: boolean,
): RawBuilder<boolean> {
  const matching = anyOf(
    fields.map((field) =>
      field === 'summary'
        ? matchesText(sql`i.summary`, query)
        : compileCustom(field, sql`${isText} and ${matchesText(sql`(v #>> '{}')`, query)}`, false),
    ),
  )
  if (!not) return matching
  const there = fields.map((field) =>
    field === 'summary' ? sql`i.summary <> ''` : compileCustom(field, isText, false),
  )
  return sql<boolean>`(${anyOf(there)} and not ${matching})`
}
