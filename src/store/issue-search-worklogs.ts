import { type RawBuilder, sql } from 'kysely'
import { dayOfEpoch } from '../domain/day.ts'
import type { People, Span, WorklogCondition } from '../domain/issue-query.ts'
import type { SiteId } from '../domain/site.ts'
import type { Instant } from '../domain/zone.ts'
import type { Searched } from './issue-search-fields.ts'
import { matchesText } from './issue-search-text.ts'
import { idList, textOfInstant } from './rows.ts'
import { all, visible } from './worklog-filter.ts'

/** There is a worklog of issue `i` that the viewer sees and of which all conditions hold. */
export function compileWorkedOn(
  conditions: readonly WorklogCondition[],
  { siteId, viewer }: Searched,
): RawBuilder<boolean> {
  const limits = visible(viewer)
  const parts: RawBuilder<unknown>[] = [
    sql`w.site_id = ${siteId} and w.issue_id = i.id and w.deleted_at is null`,
    ...(limits ? [limits] : []),
    ...conditions.map((condition) => compileOne(condition, siteId)),
  ]
  return sql<boolean>`exists (select from worklog w where ${all(parts)})`
}

/** All conditions hold for the worklog `w` itself. */
export function compileRow(
  conditions: readonly WorklogCondition[],
  { siteId }: Searched,
): RawBuilder<boolean> {
  if (conditions.length === 0) return sql<boolean>`true`
  return all(conditions.map((condition) => compileOne(condition, siteId)))
}

function compileOne(condition: WorklogCondition, siteId: SiteId): RawBuilder<boolean> {
  const { not } = condition
  switch (condition.kind) {
    case 'started': {
      const within = condition.spans.map((span) => startedWithin(span, !not))
      return negatedIf(not, anyOf(within))
    }
    case 'days':
      return negatedIf(
        not,
        withinSpans(sql`w.day`, condition.spans, (day) => sql`${day}::date`),
      )
    case 'author':
      return negatedIf(not, isOneOf(sql`w.author_id`, condition.people, siteId))
    case 'comment': {
      const matches = matchesText(sql`w.comment`, condition.query)
      return not ? sql<boolean>`(w.comment <> '' and not ${matches})` : matches
    }
  }
}

/**
 * An instant cannot use the indexes by day, but it tells the author's day to within one: no zone is
 * a day or more away from UTC.
 */
function startedWithin(span: Span<Instant>, hint: boolean): RawBuilder<boolean> {
  const exact = inSpan(sql`w.started_at`, span, (at) => sql`${textOfInstant(at)}::timestamptz`)
  if (!hint) return exact
  const parts: RawBuilder<unknown>[] = [exact]
  const [first, last] = [span.from ?? span.after, span.to ?? span.before]
  if (first !== undefined) parts.push(sql`w.day >= ${dayNear(first, -1)}::date`)
  if (last !== undefined) parts.push(sql`w.day <= ${dayNear(last, 1)}::date`)
  return all(parts)
}

function dayNear(instant: Instant, days: number): string {
  return dayOfEpoch(Math.floor(instant / 86_400_000) + days)
}

/** Whether a column of person ids names one of these people; null where it is empty. */
export function isOneOf(
  column: RawBuilder<unknown>,
  { personIds, groupIds }: People,
  siteId: SiteId,
): RawBuilder<boolean> {
  const members = sql<boolean>`${column} in (select m.person_id from group_member m
    where m.site_id = ${siteId} and m.group_id = any(${idList(groupIds)}))`
  if (groupIds.length === 0) return sql<boolean>`${column} = any(${idList(personIds)})`
  if (personIds.length === 0) return members
  return sql<boolean>`(${column} = any(${idList(personIds)}) or ${members})`
}

/** Whether a column lies in any of the spans. */
export function withinSpans<T>(
  column: RawBuilder<unknown>,
  spans: readonly Span<T>[],
  value: (of: T) => RawBuilder<unknown>,
): RawBuilder<boolean> {
  return anyOf(spans.map((span) => inSpan(column, span, value)))
}

function inSpan<T>(
  column: RawBuilder<unknown>,
  { from, after, to, before }: Span<T>,
  value: (of: T) => RawBuilder<unknown>,
): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = []
  if (from !== undefined) parts.push(sql`${column} >= ${value(from)}`)
  if (after !== undefined) parts.push(sql`${column} > ${value(after)}`)
  if (to !== undefined) parts.push(sql`${column} <= ${value(to)}`)
  if (before !== undefined) parts.push(sql`${column} < ${value(before)}`)
  return parts.length === 0 ? sql<boolean>`${column} is not null` : all(parts)
}

export function anyOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  if (conditions.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(
    conditions.map((one) => sql`(${one})`),
    sql` or `,
  )})`
}

/** Not, where the column is never null. */
function negatedIf(not: boolean, condition: RawBuilder<boolean>): RawBuilder<boolean> {
  return not ? sql<boolean>`not (${condition})` : condition
}
