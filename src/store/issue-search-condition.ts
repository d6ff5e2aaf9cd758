import { type RawBuilder, sql } from 'kysely'
import type {
  CustomField,
  IssueCondition,
  IssueEmptyField,
  IssueNumberField,
  People,
  Span,
} from '../domain/issue-query.ts'
import type { Viewer } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import { compileCustom, compileCustomPeople, customIsEmpty } from './issue-search-custom.ts'
import {
  customTyped,
  instantColumns,
  listColumns,
  nameColumns,
  numberColumn,
  personColumns,
  type Searched,
} from './issue-search-fields.ts'
import { compileTexts } from './issue-search-texts.ts'
import {
  anyOf,
  compileRow,
  compileWorkedOn,
  isOneOf,
  withinSpans,
} from './issue-search-worklogs.ts'
import { idList, textList, textOfInstant } from './rows.ts'
import { all } from './worklog-filter.ts'

type Of<K extends IssueCondition['kind']> = Extract<IssueCondition, { kind: K }>

/** The condition over the alias `i` of `issue`; worklogs count as far as the viewer sees them. */
export function compileIssueCondition(
  condition: IssueCondition,
  siteId: SiteId,
  viewer: Viewer,
): RawBuilder<boolean> {
  const compiled = compile(condition, { siteId, viewer })
  return viewer.jira === undefined
    ? compiled
    : all([sql`i.connection_id = ${viewer.jira}`, sql`(${compiled})`])
}

/** As `compileIssueCondition`, but worklog conditions are about the row `w` around the issue. */
export function compileRowCondition(
  condition: IssueCondition,
  siteId: SiteId,
  viewer: Viewer,
): RawBuilder<boolean> {
  return compile(condition, { siteId, viewer, isRow: true })
}

function compile(condition: IssueCondition, searched: Searched): RawBuilder<boolean> {
  switch (condition.kind) {
    case 'everything':
      return sql<boolean>`true`
    case 'nothing':
      return sql<boolean>`false`
    case 'and':
      return all(condition.conditions.map((one) => sql`(${compile(one, searched)})`))
    case 'or':
      return anyOf(condition.conditions.map((one) => compile(one, searched)))
    case 'complement':
      // Null is "no match" inside, so it is a match here.
      return sql<boolean>`(${compile(condition.condition, searched)}) is not true`
    case 'issues':
      return among(sql`i.id`, idList(condition.issueIds), condition.not)
    case 'keys':
      return compileKeys(condition)
    case 'projects':
      return among(sql`i.project_id`, idList(condition.projectIds), condition.not)
    case 'parents':
      return compileParents(condition)
    case 'subtask':
      return sql<boolean>`i.is_subtask = ${condition.is}`
    case 'scheduled':
      return sql<boolean>`${condition.is}::boolean = exists (select from planned_event e
        where e.site_id = i.site_id and e.issue_id = i.id and e.kind = 'issue')`
    case 'people':
      return compilePeople(condition, searched)
    case 'names':
      return compileNames(condition)
    case 'options':
      return compileCustom(condition.field, optionMatches(condition.values), condition.not)
    case 'instants':
      return compileSpans(condition, (at) => sql`${textOfInstant(at)}::timestamptz`, searched)
    case 'days':
      return compileSpans(condition, (day) => sql`${day}::date`, searched)
    case 'numbers':
      return compileSpans(condition, (number) => sql`${String(number)}::numeric`, searched)
    case 'text':
      return compileTexts(condition.fields, condition.query, condition.not)
    case 'empty':
      return condition.not
        ? sql<boolean>`not (${isEmpty(condition.field, searched)})`
        : isEmpty(condition.field, searched)
    case 'workedOn':
      return searched.isRow
        ? compileRow(condition.worklog, searched)
        : compileWorkedOn(condition.worklog, searched)
  }
}

/** In the list, or there but not in it. */
function among(
  column: RawBuilder<unknown>,
  list: RawBuilder<unknown>,
  not: boolean,
): RawBuilder<boolean> {
  return not
    ? sql<boolean>`(${column} is not null and ${column} <> all(${list}))`
    : sql<boolean>`${column} = any(${list})`
}

function compileKeys({ projectId, span }: Of<'keys'>): RawBuilder<boolean> {
  const number = sql`substring(i.key from '[0-9]+$')::numeric`
  const within = withinSpans(number, [span], (value) => sql`${String(value)}::numeric`)
  return sql<boolean>`(i.project_id = any(${idList([projectId])}) and ${within})`
}

function compileParents({ parents, not }: Of<'parents'>): RawBuilder<boolean> {
  const wanted = parents.map(
    ({ connectionId, jiraId }) =>
      sql`i.connection_id = ${connectionId} and i.parent_jira_id = any(${idList([jiraId])})`,
  )
  return not ? sql<boolean>`(i.parent_jira_id is not null and not ${anyOf(wanted)})` : anyOf(wanted)
}

function compilePeople({ field, people, not }: Of<'people'>, { siteId }: Searched) {
  if (typeof field === 'object') return compileCustomPeople(field, people, not, siteId)
  return personMatches(personColumns[field], people, not, siteId)
}

function personMatches(
  column: RawBuilder<unknown>,
  people: People,
  not: boolean,
  siteId: SiteId,
): RawBuilder<boolean> {
  const one = isOneOf(column, people, siteId)
  return not ? sql<boolean>`(${column} is not null and not ${one})` : one
}

function compileNames({ field, names, not }: Of<'names'>): RawBuilder<boolean> {
  const list = listColumns[field]
  const wanted = textList(names)
  if (!list) return among(nameColumns[field]!, wanted, not)
  return not
    ? sql<boolean>`(${list} <> '{}' and not ${list} && ${wanted})`
    : sql<boolean>`${list} && ${wanted}`
}

function optionMatches(values: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`array[lower(v ->> 'value'), lower(v ->> 'name'), lower(v ->> 'key'),
    v ->> 'id', lower(v #>> '{}')] && ${textList(values)}`
}

function compileSpans<T>(
  condition: {
    readonly kind: 'instants' | 'days' | 'numbers'
    readonly field: string | CustomField
    readonly spans: readonly Span<T>[]
    readonly not: boolean
  },
  value: (of: T) => RawBuilder<unknown>,
  searched: Searched,
): RawBuilder<boolean> {
  const { kind, field, spans, not } = condition
  if (typeof field === 'object') {
    const type = kind === 'numbers' ? 'number' : kind === 'days' ? 'day' : 'instant'
    return compileCustom(field, withinSpans(customTyped[type], spans, value), not)
  }
  const column = scalarColumn(field, searched)
  const within = withinSpans(column, spans, value)
  return not ? sql<boolean>`(${column} is not null and not (${within}))` : within
}

function scalarColumn(field: string, searched: Searched): RawBuilder<unknown> {
  if (field === 'dueDay') return sql`i.due_day`
  if (Object.hasOwn(instantColumns, field))
    return instantColumns[field as keyof typeof instantColumns]
  return numberColumn(field as IssueNumberField, searched)
}

function isEmpty(field: IssueEmptyField, searched: Searched): RawBuilder<boolean> {
  if (typeof field === 'object') return customIsEmpty(field)
  if (field === 'summary') return sql<boolean>`i.summary = ''`
  if (field === 'parent') return sql<boolean>`i.parent_jira_id is null`
  if (Object.hasOwn(listColumns, field))
    return sql<boolean>`${listColumns[field as keyof typeof listColumns]!} = '{}'`
  const column =
    nameColumns[field as keyof typeof nameColumns] ??
    personColumns[field as keyof typeof personColumns] ??
    scalarColumn(field, searched)
  return sql<boolean>`${column} is null`
}
