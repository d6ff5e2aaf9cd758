import { type RawBuilder, sql } from 'kysely'
import { textList } from './rows.ts'

/** Our id of the parent of issue `i`. */
export const parentOf: RawBuilder<unknown> = sql`(select q.id from issue q where q.site_id = i.site_id
  and q.connection_id = i.connection_id and q.jira_id = i.parent_jira_id)`

/**
 * Our id of the issue above `i` by a link: the one `i` says one of these texts of, "is part of".
 * Where both sides read alike, as in "relates to", the older issue is above.
 */
export function linkedAbove(texts: readonly string[]): RawBuilder<unknown> {
  const wanted = textList(texts.map((text) => text.toLowerCase()))
  const said = (way: 'inward' | 'outward') =>
    sql`lower(l -> 'type' ->> ${sql.lit(way)}) = any(${wanted})`
  const other = (way: 'inward' | 'outward') => sql`l -> ${sql.lit(`${way}Issue`)} ->> 'id'`
  return sql`(select min(q.id) from jsonb_array_elements(case jsonb_typeof(i.fields -> 'issuelinks')
      when 'array' then i.fields -> 'issuelinks' else '[]' end) l,
    lateral (select coalesce(case when ${said('outward')} then ${other('outward')} end,
      case when ${said('inward')} then ${other('inward')} end) as jira_id) above
    join issue q on q.site_id = i.site_id and q.connection_id = i.connection_id
      and q.jira_id = case when above.jira_id ~ '^[0-9]{1,18}$' then above.jira_id::bigint end
    where l -> 'type' ->> 'inward' is distinct from l -> 'type' ->> 'outward'
      or q.jira_id < i.jira_id)`
}
