import type { Period, Weekday } from '../../domain/day.ts'
import { describeDimension, parseDimension, type WorklogDimension } from '../../domain/dimension.ts'
import { DomainError, invalidField } from '../../domain/errors.ts'
import type { PersonId } from '../../domain/person.ts'
import { plainDefinition, reportLimits } from '../../domain/report.ts'
import type { ByIssueOptions, WorklogQuery, WorklogSum } from '../../domain/worklog.ts'
import { cellText, toHtml } from '../../formats/html-text.ts'
import { drillDown } from '../../reports/drill-down.ts'
import { readEntries } from '../../reports/issue-entries.ts'
import { groupName, reportTable } from '../../reports/report-table.ts'
import type { Surroundings } from './entries.ts'
import { fieldHeader } from './field-text.ts'
import type { TimeTrackerNeeds } from './needs.ts'
import type { Params } from './params.ts'
import { makeAxis } from './view-axis.ts'
import { renderGroupView, renderIssueView, type View, type ViewGroup } from './view-xls.ts'

/** What this API calls our dimensions; ids of custom fields are taken as they are. */
const groupings: ReadonlyMap<string, WorklogDimension> = new Map(
  Object.entries<WorklogDimension>({
    workeduser: 'person',
    workedusergroup: 'group',
    role: 'teamRole',
    workeddate: 'day',
    workedweek: 'week',
    workcreated: 'createdDay',
    worklabel: 'hashtag',
    commentfirstword: 'commentFirstWord',
    issue: 'issue',
    parent: 'parent',
    project: 'project',
    projectcategory: 'projectCategory',
    projectlead: 'projectLead',
    issuetype: 'issueType',
    status: 'status',
    priority: 'priority',
    resolution: 'resolution',
    assignee: 'assignee',
    reporter: 'reporter',
    creator: 'creator',
    labels: 'label',
    components: 'component',
    fixversions: 'fixVersion',
    versions: 'affectedVersion',
    sprint: 'sprint',
  }),
)

export type ViewWish = {
  readonly query: WorklogQuery
  readonly period: Period
  readonly firstWeekday: Weekday
  readonly params: Params
  readonly moreFields: readonly string[]
  readonly byUser: boolean
  readonly around: Surroundings
  readonly ownUrl: string
}

/** exportView.xls: the report as it is seen (contract 6.2). Sums come first, rows stream behind. */
export async function* renderView(
  needs: TimeTrackerNeeds,
  wish: ViewWish,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { query, params, around, moreFields, firstWeekday } = wish
  const dimension = wish.byUser ? 'person' : columnUnit(params)
  const by = ['categorizeByField', 'groupByField']
    .map((name) => params.first(name))
    .filter((id) => id !== undefined)
  const dimensions = by.map((id) => groupingOf(id))
  if (new Set([...dimensions, dimension]).size <= dimensions.length)
    throw invalidField('groupByField', 'groups by what has a column already')
  const read = (rows: readonly WorklogDimension[]) =>
    needs.store.worklogs.sum(query, [...rows, dimension], reportLimits.sums + 1, firstWeekday)
  const all = await read([])
  const axis = makeAxis(
    {
      dimension,
      period: wish.period,
      firstWeekday,
      showsWeekends: params.flag('showWeekends') ?? false,
      months: around.language.months,
    },
    all,
  )
  if (!axis) throw new DomainError('invalid', 'The view has too many columns; shorten the period')
  const view: View = {
    axis,
    isDetailed: params.flag('showDetails') ?? true,
    moreFields,
    around,
    groupings: by.map((id, at) => groupingCaption(id, dimensions[at]!, around)),
    sums: sumsOf(all, 0),
  }
  const options = { order: 'started', ...shownIssues(params) } as const
  if (dimensions.length === 0) {
    yield* renderIssueView(view, readEntries(needs.store, query, signal, options))
    return
  }
  const sums = await read(dimensions)
  if (sums.length > reportLimits.sums)
    throw new DomainError('invalid', 'The view has too many groups; shorten the period')
  yield* renderGroupView(view, await groupsOf(needs, wish, dimensions, sums, signal))
}

const subTaskWords = new Set(['true', '1', 'subtasks', 'parent', 'epic'])

/**
 * Which issues have a row: parents for their sub-tasks and issues that others link to, as
 * `sumSubTasks=true,is part of` says; those of a filter that nobody worked on.
 */
export function shownIssues(params: Params): Omit<ByIssueOptions, 'order'> {
  const ways = params.list('sumSubTasks').filter((way) => way.toLowerCase() !== 'false')
  const isWord = (way: string) => subTaskWords.has(way.toLowerCase())
  return {
    underParent: ways.some(isWord),
    underLinks: ways.filter((way) => !isWord(way)),
    withEmpty: params.flag('includeEmpty') ?? false,
  }
}

function columnUnit(params: Params): 'day' | 'week' | 'month' {
  const unit = params.first('sum') ?? (params.first('view') === 'month' ? 'week' : 'day')
  if (unit === 'day' || unit === 'week' || unit === 'month') return unit
  throw invalidField('sum', 'must be day, week or month')
}

function groupingOf(id: string): WorklogDimension {
  const known = groupings.get(id.toLowerCase())
  if (known) return known
  if (id.startsWith('customfield_')) return parseDimension(`field:${id}`, 'groupByField')
  throw invalidField('groupByField', `"${id}" is not known`)
}

function groupingCaption(id: string, dimension: WorklogDimension, around: Surroundings): string {
  if (dimension.startsWith('field:')) return fieldHeader(id, around)
  return dimension === 'person' ? around.language.words.user : describeDimension(dimension).title
}

function sumsOf(sums: readonly WorklogSum[], depth: number): Map<string, number> {
  const found = new Map<string, number>()
  for (const { groups, timeSpentSeconds } of sums) {
    const { key } = groups[depth]!
    found.set(key, (found.get(key) ?? 0) + timeSpentSeconds)
  }
  return found
}

/** Groups in the order of a report's rows, each with its own sums and a way to its worklogs. */
async function groupsOf(
  needs: TimeTrackerNeeds,
  wish: ViewWish,
  dimensions: readonly WorklogDimension[],
  sums: readonly WorklogSum[],
  signal: AbortSignal,
): Promise<ViewGroup[]> {
  const { query, firstWeekday } = wish
  const shape = { ...plainDefinition, rows: dimensions, columns: null, firstWeekday }
  const depth = dimensions.length
  const bare = sums.map((sum) => ({ ...sum, groups: sum.groups.slice(0, depth) }))
  const byGroup = new Map<string, WorklogSum[]>()
  for (const sum of sums) {
    const name = groupName(sum.groups.slice(0, depth).map(({ key }) => key))
    const group = byGroup.get(name) ?? []
    group.push(sum)
    byGroup.set(name, group)
  }
  const links = await userLinks(needs, wish, dimensions, sums)
  return reportTable(shape, { sums: bare }).rows.map(({ keys, cells, hints }) => ({
    labels: dimensions.map((dimension, at) => {
      const isProject = dimension === 'project'
      const label = String((isProject ? hints[at] : undefined) ?? cells[at] ?? '')
      return (dimension === 'person' && links.get(keys[at]!)) || cellText(label)
    }),
    sums: sumsOf(byGroup.get(groupName(keys)) ?? [], depth),
    entries: () =>
      readEntries(
        needs.store,
        drillDown(query, { rows: dimensions, columns: null }, { rowKeys: keys }, firstWeekday),
        signal,
        { order: 'started' },
      ),
  }))
}

async function userLinks(
  { store }: TimeTrackerNeeds,
  { query, ownUrl }: ViewWish,
  dimensions: readonly WorklogDimension[],
  sums: readonly WorklogSum[],
): Promise<ReadonlyMap<string, string>> {
  const at = dimensions.indexOf('person')
  if (at < 0) return new Map()
  const ids = [...new Set(sums.map(({ groups }) => groups[at]!.key))] as PersonId[]
  const people = await store.people.getMany(query.siteId, ids)
  return new Map(
    people.map(({ id, accountId, email, displayName }) => [
      id,
      `<a target='_blank' href='${toHtml(ownUrl)}/people/${toHtml(accountId)}' title='${toHtml(email ?? '')}'>${toHtml(displayName)}</a>`,
    ]),
  )
}
