import type { Weekday } from '../domain/day.ts'
import { parseDay } from '../domain/day.ts'
import { isTimeDimension, parseDimension } from '../domain/dimension.ts'
import { invalidField } from '../domain/errors.ts'
import type { Actor } from '../domain/permission.ts'
import { plainDefinition, type ReportDefinition, type ReportFilters } from '../domain/report.ts'
import type { WorklogQuery } from '../domain/worklog.ts'
import { reportPeriod } from '../reports/run-report.ts'
import type { ReportDefinitionBody } from './contract.ts'
import { findGroup, worklogQuery } from './filters.ts'
import type { ApiNeeds } from './needs.ts'

/** A report ready to run: its worklogs, and what its weeks begin with. */
export type ReadyReport = { readonly query: WorklogQuery; readonly firstWeekday: Weekday }

/** What a request says of a report, the rest as usual. Throws `invalid` naming the field. */
export function toDefinition(body: ReportDefinitionBody): ReportDefinition {
  const { rows, columns, filters, weekStart, order, ...rest } = body
  const definition: ReportDefinition = {
    ...plainDefinition,
    ...rest,
    rows: rows?.map((text, at) => parseDimension(text, `rows.${at}`)) ?? plainDefinition.rows,
    columns: typeof columns === 'string' ? parseDimension(columns, 'columns') : null,
    filters: filters ? toFilters(filters) : {},
    weekStart: (weekStart ?? null) as Weekday | null,
    order: order ?? plainDefinition.order,
  }
  if (new Set(definition.rows).size < definition.rows.length)
    throw invalidField('rows', 'name a dimension twice')
  if (definition.columns !== null && definition.rows.includes(definition.columns))
    throw invalidField('columns', 'is among the rows already')
  return definition
}

function toFilters(body: NonNullable<ReportDefinitionBody['filters']>): ReportFilters {
  const { from, to, among, ...rest } = body
  return {
    ...rest,
    ...(from === undefined ? {} : { from: parseDay(from, 'filters.from') }),
    ...(to === undefined ? {} : { to: parseDay(to, 'filters.to') }),
    ...(among === undefined
      ? {}
      : {
          among: among.map(({ dimension, keys }, at) => {
            const parsed = parseDimension(dimension, `filters.among.${at}.dimension`)
            if (isTimeDimension(parsed))
              throw invalidField(
                `filters.among.${at}.dimension`,
                'spans of time go into from and to',
              )
            return { dimension: parsed, keys }
          }),
        }),
  }
}

/** Finds what the filters name, as this caller may see it. */
export async function readyReport(
  { store, now, findIssues }: Pick<ApiNeeds, 'store' | 'now' | 'findIssues'>,
  actor: Actor,
  { filters, weekStart }: ReportDefinition,
): Promise<ReadyReport> {
  const site = await store.sites.get(actor.siteId)
  const firstWeekday = weekStart ?? site.firstWeekday
  const { author, group, project, issue, excludeGroup, among, jql } = filters
  const period = reportPeriod(filters, { timeZone: site.timeZone, firstWeekday }, now())
  const named = await worklogQuery({ store, findIssues }, actor, {
    ...(author ? { author: [...author] } : {}),
    ...(group ? { group: [...group] } : {}),
    ...(project ? { project: [...project] } : {}),
    ...(issue ? { issue: [...issue] } : {}),
  })
  const excluded = excludeGroup
    ? await Promise.all(excludeGroup.map((name) => findGroup(store, actor.siteId, name)))
    : undefined
  return {
    firstWeekday,
    query: {
      ...named,
      ...(period ? { period } : {}),
      ...(excluded ? { excludedGroupIds: excluded.map(({ id }) => id) } : {}),
      ...(among ? { among } : {}),
      ...(jql === undefined ? {} : { rowCondition: await findIssues(actor, jql) }),
    },
  }
}
