import { type Period, parsePeriod, type Weekday } from '../domain/day.ts'
import { describeDimension } from '../domain/dimension.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { FieldDefinition, Issue, IssueId } from '../domain/issue.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import { periodFrom } from '../domain/relative-period.ts'
import { type ReportDefinition, type ReportFilters, reportLimits } from '../domain/report.ts'
import type { SiteId } from '../domain/site.ts'
import type { Stores } from '../domain/store.ts'
import type { EstimateSum, WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import { type Instant, localIn } from '../domain/zone.ts'
import type { Row } from '../formats/table.ts'
import {
  type IssueInfo,
  issueField,
  issueFieldCell,
  issueFieldColumn,
  peopleOf,
} from './issue-fields.ts'
import { describeMeasure } from './measures.ts'
import { groupName, type ReportSums, type ReportTable, reportTable } from './report-table.ts'

type Reading = Pick<Stores, 'worklogs' | 'issues' | 'projects' | 'people' | 'catalogue'>

const issuesAtOnce = 1_000

/** The days filters mean; relative ones as the site's calendar stands now. Throws `invalid` for both. */
export function reportPeriod(
  { from, to, period }: Pick<ReportFilters, 'from' | 'to' | 'period'>,
  { timeZone, firstWeekday }: { readonly timeZone: string; readonly firstWeekday: Weekday },
  now: Instant,
): Partial<Period> | undefined {
  if (period !== undefined) {
    if (from !== undefined || to !== undefined)
      throw invalidField('period', 'stands instead of from and to, not beside them')
    return periodFrom(period, localIn(timeZone, now).day, firstWeekday)
  }
  if (from !== undefined && to !== undefined) return parsePeriod(from, to)
  if (from === undefined && to === undefined) return undefined
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Runs a report over the worklogs a query names: one statement for its sums, however many rows. */
export async function runReport(
  stores: Reading,
  query: WorklogQuery,
  definition: ReportDefinition,
  firstWeekday: Weekday,
): Promise<ReportTable> {
  const { rows, columns } = definition
  const dimensions = columns === null ? rows : [...rows, columns]
  const sums = await stores.worklogs.sum(query, dimensions, reportLimits.sums + 1, firstWeekday)
  if (sums.length > reportLimits.sums) throw tooMany()
  const period = wholePeriod(query)
  const shape = { ...definition, firstWeekday, ...(period ? { period } : {}) }
  const estimates = await readEstimates(stores, query, definition, firstWeekday)
  const fields = await readFields(stores, query.siteId, definition, sums)
  return reportTable(shape, {
    sums,
    ...(estimates ? { estimates } : {}),
    ...(fields ? { fields } : {}),
  })
}

function tooMany(): DomainError {
  return new DomainError(
    'invalid',
    `The report would have more than ${reportLimits.sums} sums; narrow it by days or a filter`,
  )
}

function wholePeriod({ period }: WorklogQuery): Period | undefined {
  return period?.from && period.to ? { from: period.from, to: period.to } : undefined
}

/** Estimates of every row shown and of the whole, where a measure asks for them. */
async function readEstimates(
  { worklogs }: Reading,
  query: WorklogQuery,
  { rows, values, hasSubtotals }: ReportDefinition,
  firstWeekday: Weekday,
): Promise<ReadonlyMap<string, EstimateSum> | undefined> {
  if (!values.some((measure) => describeMeasure(measure).of === 'issues')) return undefined
  const depths = rows
    .map((_, at) => at + 1)
    .filter((depth) => hasSubtotals || depth === rows.length)
  const found = new Map<string, EstimateSum>()
  for (const depth of new Set([0, ...depths])) {
    const dimensions = rows.slice(0, depth)
    const limit = reportLimits.sums + 1
    const read = await worklogs.estimates(query, dimensions, limit, firstWeekday)
    for (const one of read) found.set(groupName(one.keys), one)
  }
  return found
}

async function readFields(
  stores: Reading,
  siteId: SiteId,
  { rows, fields }: ReportDefinition,
  sums: readonly WorklogSum[],
): Promise<ReportSums['fields']> {
  if (fields.length === 0) return undefined
  const at = rows.findLastIndex((dimension) => describeDimension(dimension).kind === 'issue')
  if (at < 0)
    throw new DomainError('invalid', 'fields: only a report with issues in its rows has fields', {
      problems: [{ field: 'fields', message: 'needs issue, parent or topIssue among the rows' }],
    })
  const catalogue = await stores.catalogue.listFields(siteId)
  const ids = [...new Set(sums.map(({ groups }) => groups[at]!.key))].filter((id) => id !== '')
  const cells = new Map<string, Row>()
  for (let from = 0; from < ids.length; from += issuesAtOnce)
    for (const info of await readIssues(stores, siteId, ids.slice(from, from + issuesAtOnce)))
      cells.set(
        info.issue.id,
        fields.map((field) => issueFieldCell(issueField(field, info))),
      )
  return { columns: fieldColumns(fields, catalogue), cells }
}

function fieldColumns(fields: readonly string[], catalogue: readonly FieldDefinition[]) {
  return fields.map((field) => issueFieldColumn(field, catalogue))
}

/** Issues with their projects, parents and people, a question for each. */
export async function readIssues(
  stores: Pick<Stores, 'issues' | 'projects' | 'people'>,
  siteId: SiteId,
  ids: readonly string[],
): Promise<IssueInfo[]> {
  const issues = await stores.issues.getMany(siteId, ids as IssueId[])
  const projectIds = [...new Set(issues.map(({ projectId }) => projectId))] as ProjectId[]
  const projects = new Map(
    (await stores.projects.getMany(siteId, projectIds)).map((project) => [project.id, project]),
  )
  const parents = await readParents(stores, siteId, issues)
  const personIds = new Set(
    issues.flatMap((issue) => peopleOf(issue, projects.get(issue.projectId)!)),
  )
  const people = new Map<string, Person>(
    (await stores.people.getMany(siteId, [...personIds] as PersonId[])).map((one) => [one.id, one]),
  )
  return issues.map((issue) => ({
    issue,
    project: projects.get(issue.projectId)!,
    people,
    parent: parents.get(parentName(issue)),
  }))
}

async function readParents(
  { issues: store }: Pick<Stores, 'issues'>,
  siteId: SiteId,
  issues: readonly Issue[],
): Promise<ReadonlyMap<string, Issue>> {
  const found = new Map<string, Issue>()
  const children = issues.filter(({ parentJiraId }) => parentJiraId !== null)
  for (const connectionId of new Set(children.map((issue) => issue.connectionId))) {
    const jiraIds = children
      .filter((issue) => issue.connectionId === connectionId)
      .map(({ parentJiraId }) => parentJiraId!)
    for (const parent of await store.findByJiraIds(siteId, connectionId, [...new Set(jiraIds)]))
      found.set(`${connectionId} ${parent.jiraId}`, parent)
  }
  return found
}

function parentName({ connectionId, parentJiraId }: Issue): string {
  return `${connectionId} ${parentJiraId}`
}
