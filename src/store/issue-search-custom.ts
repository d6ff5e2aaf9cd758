import { type RawBuilder, sql } from 'kysely'
import type { CustomField, People } from '../domain/issue-query.ts'
import type { SiteId } from '../domain/site.ts'
import { customIsThere, customValues } from './issue-search-fields.ts'
import { isOneOf } from './issue-search-worklogs.ts'

/** A custom field has a value `v` that matches; or has values, none of which does. */
export function compileCustom(
  field: CustomField,
  matches: RawBuilder<boolean>,
  not: boolean,
): RawBuilder<boolean> {
  const found = sql<boolean>`exists (select from ${customValues(field)}
    where ${customIsThere} and ${matches})`
  return not ? sql<boolean>`(not ${customIsEmpty(field)} and not ${found})` : found
}

/** People stand in custom fields as their Jira describes them: by account id, key or name. */
export function compileCustomPeople(
  field: CustomField,
  people: People,
  not: boolean,
  siteId: SiteId,
): RawBuilder<boolean> {
  const matches = sql<boolean>`exists (select from person p where p.site_id = ${siteId}
    and (p.account_id = v ->> 'accountId' or p.key = v ->> 'key'
      or p.username = coalesce(v ->> 'name', v #>> '{}'))
    and ${isOneOf(sql`p.id`, people, siteId)})`
  return compileCustom(field, matches, not)
}

export function customIsEmpty(field: CustomField): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from ${customValues(field)} where ${customIsThere})`
}
