import { type Static, Type } from '@sinclair/typebox'
import { Cursor, closed, DayText, Limit, name, oneOf, repeatable } from './contract-common.ts'

const filters = {
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  author: Type.Optional(
    repeatable(name('', ['jane']), 'Any name of a person: id, account id, username, key, e-mail'),
  ),
  group: Type.Optional(repeatable(name('', ['developers']), 'Authors in this group: id or name')),
  project: Type.Optional(repeatable(name('', ['OPS']), 'Id, key or name of a project')),
  issue: Type.Optional(repeatable(name('', ['OPS-7']), 'Id or key of an issue, now or earlier')),
  jql: Type.Optional(
    Type.String({
      maxLength: 20_000,
      description:
        'Only on issues that this JQL finds; worklogDate, worklogAuthor and worklogComment in it hold for the worklog itself',
      examples: ['project = OPS AND worklogAuthor in membersOf("developers")'],
    }),
  ),
}

export const WorklogFilters = closed(filters)
export type WorklogFiltersQuery = Static<typeof WorklogFilters>

export const WorklogsQuery = closed({
  ...filters,
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
  order: Type.Optional(oneOf(['day', 'id'], { description: 'day (then id) when left out' })),
})
export type WorklogsQuery = Static<typeof WorklogsQuery>

export const exportFormats = ['csv', 'json', 'ndjson', 'xlsx', 'xml'] as const

export const ExportQuery = closed({
  ...filters,
  format: oneOf(exportFormats),
  fields: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z]+(,[A-Za-z]+){0,49}$',
      description: 'Columns in their order, separated by commas',
      examples: ['day,issueKey,author,timeSpentSeconds'],
    }),
  ),
  guard: Type.Optional(
    oneOf(['true', 'false'], {
      description: 'Whether cells that look like formulas are quoted; true when left out',
    }),
  ),
})
export type ExportQuery = Static<typeof ExportQuery>

const estimate = {
  estimate: Type.Optional(
    oneOf(['auto', 'leave', 'new', 'manual'] as const, {
      description:
        'What this does to the remaining estimate of the issue in a mirrored Jira; without it the connection decides',
    }),
  ),
  estimateSeconds: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,9}$',
      description: 'With `new` the estimate, with `manual` by how much; not when changing',
    }),
  ),
}

export const EstimateQuery = closed(estimate)
export type EstimateQuery = Static<typeof EstimateQuery>

export const RemovalQuery = closed({
  ...estimate,
  version: Type.Optional(
    Type.String({
      pattern: '^[1-9][0-9]{0,14}$',
      description: 'Refused with 412 unless this version is stored; or use If-Match',
    }),
  ),
})

export const ChangesQuery = closed({
  since: Type.Optional(
    Type.String({
      pattern: '^(0|[1-9][0-9]{0,14})$',
      description: '`next` of the answer before; everything from the beginning when left out',
      examples: ['0'],
    }),
  ),
  limit: Type.Optional(Limit),
  wait: Type.Optional(
    Type.String({
      pattern: '^([0-9]|[1-5][0-9]|60)$',
      description: 'Seconds to wait for something new, 0 to 60',
      examples: ['30'],
    }),
  ),
})
export type ChangesQuery = Static<typeof ChangesQuery>
