import { type Static, Type } from '@sinclair/typebox'
import { plainDimensions } from '../domain/dimension.ts'
import { relativePeriods } from '../domain/relative-period.ts'
import { reportLimits, reportMeasures, reportOrders } from '../domain/report.ts'
import { pinShapes } from '../domain/team-home.ts'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  text,
  Version,
} from './contract-common.ts'
import { Completeness, Worklog } from './contract-worklogs.ts'

const DimensionName = Type.String({
  maxLength: 266,
  pattern: '^([a-zA-Z]{1,40}|(field|attribute|link):.{1,255})$',
  description: `One of ${plainDimensions.join(', ')}; field:<id> for a custom field, attribute:<key> for a work attribute, link:<text> for the issue that others link to by this text`,
  examples: ['person', 'project', 'field:customfield_10010'],
})

const names = (description: string, examples: readonly string[]) =>
  Type.Array(name('', examples), { maxItems: 200, description })

const Keys = Type.Array(text(1_000), {
  maxItems: 200,
  description: "Keys as a table has them; '' is where there is no value",
})

export const ReportFilters = closed(
  {
    from: Type.Optional(DayText),
    to: Type.Optional(DayText),
    period: Type.Optional(
      oneOf(relativePeriods, { description: 'Days that move with today; instead of from and to' }),
    ),
    author: Type.Optional(
      names('Any names of people: id, account id, username, key, e-mail', ['jane']),
    ),
    group: Type.Optional(names('Authors in any of these groups', ['developers'])),
    excludeGroup: Type.Optional(names('Authors in none of these groups', ['contractors'])),
    project: Type.Optional(names('Ids, keys or names of projects', ['OPS'])),
    issue: Type.Optional(names('Ids or keys of issues', ['OPS-7'])),
    jql: Type.Optional(
      text(20_000, { description: 'Issues that this query finds', examples: ['labels = billing'] }),
    ),
    among: Type.Optional(
      Type.Array(closed({ dimension: DimensionName, keys: Keys }), {
        maxItems: 20,
        description: 'Only worklogs under these keys of a dimension that is no span of time',
      }),
    ),
  },
  { $id: 'ReportFilters', description: 'Which worklogs count; all conditions hold together' },
)

const definition = {
  rows: Type.Optional(
    Type.Array(DimensionName, {
      maxItems: reportLimits.rowDimensions,
      uniqueItems: true,
      description: 'Nested, outermost first; ["person"] when left out, [] for the total alone',
    }),
  ),
  columns: Type.Optional(nullable(DimensionName)),
  values: Type.Optional(
    Type.Array(oneOf(reportMeasures), {
      minItems: 1,
      maxItems: reportMeasures.length,
      uniqueItems: true,
      description: 'What to add up; ["timeSpentSeconds"] when left out',
    }),
  ),
  fields: Type.Optional(
    Type.Array(name('', ['summary', 'customfield_10010']), {
      maxItems: reportLimits.fields,
      uniqueItems: true,
      description: 'Fields of the issue beside rows that hold one',
    }),
  ),
  filters: Type.Optional(ref(ReportFilters)),
  weekStart: Type.Optional(
    nullable(
      Type.Integer({
        minimum: 1,
        maximum: 7,
        description: 'ISO weekday a week begins with; as the site has it when left out',
      }),
    ),
  ),
  showsWeekends: Type.Optional(
    Type.Boolean({ description: 'Whether weekend days nobody worked on have a column; true' }),
  ),
  hasSubtotals: Type.Optional(Type.Boolean({ description: 'Rows for the outer groups too' })),
  order: Type.Optional(closed({ by: oneOf(reportOrders), direction: oneOf(['asc', 'desc']) })),
}

const exampleDefinition = {
  rows: ['project', 'person'],
  columns: 'week',
  values: ['timeSpentSeconds'],
  filters: { period: 'this-month' },
}

export const ReportDefinition = closed(definition, {
  $id: 'ReportDefinition',
  examples: [exampleDefinition],
  description: 'What a report is grouped by, what it adds up, and of which worklogs',
})
export type ReportDefinitionBody = Static<typeof ReportDefinition>

const CellValue = Type.Unsafe<string | number | boolean | null>({
  type: ['string', 'number', 'boolean', 'null'],
})

export const ReportAnswer = closed(
  {
    columns: Type.Array(
      closed({
        key: Type.String(),
        title: Type.String(),
        type: oneOf(['text', 'integer', 'seconds', 'decimal', 'day', 'instant', 'boolean']),
        role: oneOf(['dimension', 'field', 'value']),
        dimension: Type.Optional(Type.String()),
        measure: Type.Optional(oneOf(reportMeasures)),
        columnKey: Type.Optional(
          nullable(Type.String({ description: 'For drill-down; null in the totals of the row' })),
        ),
        isSummed: Type.Boolean({ description: 'Whether the rows add up to the total' }),
      }),
    ),
    rows: Type.Array(
      closed({
        keys: Type.Array(Type.String(), {
          description: 'For drill-down; fewer than dimensions in a subtotal',
        }),
        hints: Type.Array(nullable(Type.String()), {
          description: 'Beside each key: the name of a project, the summary of an issue',
        }),
        cells: Type.Array(CellValue, { description: 'One for each column, in their order' }),
      }),
    ),
    total: Type.Array(CellValue, {
      description: 'Of all worklogs, in whole seconds: never a sum of what is rounded',
    }),
    period: closed({ from: nullable(DayText), to: nullable(DayText) }),
    weekStart: Type.Integer(),
    completeness: ref(Completeness),
  },
  { $id: 'ReportAnswer' },
)

export const DimensionsAnswer = closed(
  {
    dimensions: Type.Array(
      closed({
        name: Type.String(),
        title: Type.String(),
        kind: oneOf(['person', 'project', 'issue', 'time', 'text']),
      }),
    ),
    measures: Type.Array(
      closed({ name: oneOf(reportMeasures), title: Type.String(), type: Type.String() }),
    ),
    fields: Type.Array(closed({ id: Type.String(), title: Type.String() })),
    periods: Type.Array(Type.String()),
  },
  { $id: 'DimensionsAnswer' },
)

export const DrillDown = closed(
  {
    definition: ref(ReportDefinition),
    rowKeys: Type.Optional(Type.Array(text(1_000), { maxItems: reportLimits.rowDimensions })),
    columnKey: Type.Optional(nullable(text(1_000))),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
  },
  {
    $id: 'DrillDown',
    examples: [{ definition: exampleDefinition, rowKeys: ['3', '7'], columnKey: '2026-03-02' }],
    description: 'A cell of a report: which worklogs does it add up?',
  },
)
export type DrillDownBody = Static<typeof DrillDown>

export const DrillDownAnswer = closed(
  { worklogs: Type.Array(ref(Worklog)), next: Next, completeness: ref(Completeness) },
  { $id: 'DrillDownAnswer' },
)

export const reportFormats = ['csv', 'xlsx', 'json', 'ndjson', 'xml', 'html'] as const

export const ReportExportQuery = closed({
  format: oneOf(reportFormats, { description: 'html is a page to print' }),
  guard: Type.Optional(
    oneOf(['true', 'false'], {
      description: 'Whether cells that look like formulas are quoted; true when left out',
    }),
  ),
})
export type ReportExportQuery = Static<typeof ReportExportQuery>

const reportFields = {
  name: text(reportLimits.name, { minLength: 1, examples: ['Hours of last month'] }),
  definition: ref(ReportDefinition),
  isShared: Type.Boolean({ description: 'Whether everybody of the site sees it' }),
}

export const SavedReport = closed(
  {
    id: Id,
    ownerId: Id,
    ...reportFields,
    createdAt: Moment,
    updatedAt: Moment,
    version: Version,
  },
  { $id: 'SavedReport' },
)

export const SavedReportsAnswer = closed(
  { reports: Type.Array(ref(SavedReport)), next: Next },
  { $id: 'SavedReportsAnswer' },
)

export const NewReport = closed(
  { ...reportFields, isShared: Type.Optional(reportFields.isShared) },
  { $id: 'NewReport', examples: [{ name: 'Hours of this month', definition: exampleDefinition }] },
)
export type NewReportBody = Static<typeof NewReport>

export const ReportChange = closed(
  {
    name: Type.Optional(reportFields.name),
    definition: Type.Optional(reportFields.definition),
    isShared: Type.Optional(reportFields.isShared),
    version: Type.Optional(Version),
  },
  { $id: 'ReportChange', minProperties: 1, examples: [{ isShared: true }] },
)
export type ReportChangeBody = Static<typeof ReportChange>

const allows = oneOf(['table', 'worklogs'], {
  description: 'table: the sums alone. worklogs: also the entries behind them',
})

export const ReportLink = closed(
  {
    id: Id,
    makerId: Id,
    allows,
    createdAt: Moment,
    expiresAt: Moment,
    revokedAt: nullable(Moment),
  },
  { $id: 'ReportLink' },
)

export const ReportLinksAnswer = closed(
  { links: Type.Array(ref(ReportLink)) },
  { $id: 'ReportLinksAnswer' },
)

export const NewReportLink = closed(
  {
    allows,
    expiresAt: Type.String({ format: 'date-time', description: 'At most a year from now' }),
  },
  {
    $id: 'NewReportLink',
    examples: [{ allows: 'table', expiresAt: '2026-04-30T00:00:00Z' }],
  },
)
export type NewReportLinkBody = Static<typeof NewReportLink>

export const CreatedReportLink = closed(
  {
    link: ref(ReportLink),
    path: Type.String({ description: 'Where it shows the report; told once and kept nowhere' }),
  },
  { $id: 'CreatedReportLink' },
)

export const SharedParams = Type.Object({ secret: Type.String({ maxLength: 200 }) })

export const LinkParams = Type.Object({
  id: Type.String({ description: 'Id of the report' }),
  linkId: Type.String({ description: 'Id of the link' }),
})

export const SharedDrillDown = closed(
  {
    rowKeys: DrillDown.properties.rowKeys,
    columnKey: DrillDown.properties.columnKey,
    limit: Type.Optional(Limit),
    cursor: Type.Optional(Cursor),
  },
  { $id: 'SharedDrillDown', examples: [{ rowKeys: ['3'] }] },
)
export type SharedDrillDownBody = Static<typeof SharedDrillDown>

export const PinnedReport = closed(
  {
    report: ref(SavedReport),
    shownAs: oneOf(pinShapes),
    pinnedById: Id,
    pinnedAt: Moment,
  },
  { $id: 'PinnedReport', description: 'A kept report at the home of a team' },
)

export const TeamHome = closed(
  {
    id: Id,
    name: Type.String(),
    summary: nullable(Type.String()),
    mayChange: Type.Boolean({ description: 'Whether you may pin and unpin' }),
    reports: Type.Array(ref(PinnedReport)),
  },
  { $id: 'TeamHome' },
)
export type TeamHomeBody = Static<typeof TeamHome>

export const PinParams = closed({
  id: text(20, { minLength: 1, description: 'The team' }),
  reportId: text(20, { minLength: 1 }),
})

export const NewPin = closed(
  { shownAs: Type.Optional(oneOf(pinShapes, { description: 'A table when left out' })) },
  { $id: 'NewPin', examples: [{ shownAs: 'chart' }] },
)
