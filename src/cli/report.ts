import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { parseDimension, plainDimensions, type WorklogDimension } from '../domain/dimension.ts'
import { DomainError } from '../domain/errors.ts'
import { type RelativePeriod, relativePeriods } from '../domain/relative-period.ts'
import {
  plainDefinition,
  type ReportMeasure,
  reportLimits,
  reportMeasures,
} from '../domain/report.ts'
import { formats } from '../formats/formats.ts'
import { toTable } from '../reports/report-table.ts'
import { reportPeriod, runReport } from '../reports/run-report.ts'
import type { CommandContext } from './command.ts'
import { addWorklogFilters, writeFile, writeOut } from './export.ts'
import { choiceValue, listValue, type WorklogFilters, worklogQuery } from './values.ts'

const reportFormats = ['table', 'csv', 'xlsx', 'json', 'ndjson', 'xml', 'html'] as const

type Options = WorklogFilters & {
  readonly rows?: readonly WorklogDimension[]
  readonly columns?: WorklogDimension
  readonly values?: readonly ReportMeasure[]
  readonly fields?: readonly string[]
  readonly period?: RelativePeriod
  readonly sort: 'label' | 'total'
  readonly format: (typeof reportFormats)[number]
  readonly output?: string
}

export function addReport(program: Command, context: CommandContext): void {
  const names = [...plainDimensions, 'field:<id>', 'attribute:<key>'].join(', ')
  addWorklogFilters(program.command('report').description('sum worklogs into a table'))
    .option('--rows <list>', `a row for each (person when left out): ${names}`, dimensionsValue)
    .option('--columns <what>', 'a column for each of the same', dimensionValue)
    .option('--values <list>', `what to add up: ${reportMeasures.join(', ')}`, measuresValue)
    .option('--fields <list>', 'fields of the issue beside rows of issues: summary …', listValue)
    .option('--period <name>', relativePeriods.join(', '), choiceValue(relativePeriods))
    .option('--sort <by>', 'label or total', choiceValue(['label', 'total'] as const), 'label')
    .option('--format <name>', reportFormats.join(', '), choiceValue(reportFormats), 'table')
    .option('-o, --output <file>', 'write here instead of to standard output')
    .action(async (options: Options) => {
      const { io } = context
      const app = await context.app()
      const { store, site } = app
      const filters = await worklogQuery(app, options)
      const period = reportPeriod(options, site, app.now())
      const query = {
        ...filters,
        ...(period ? { period } : {}),
      }
      const definition = {
        ...plainDefinition,
        ...(options.rows ? { rows: options.rows } : {}),
        ...(options.columns ? { columns: options.columns } : {}),
        ...(options.values?.length ? { values: options.values } : {}),
        fields: options.fields ?? [],
        order: { by: options.sort, direction: options.sort === 'total' ? 'desc' : 'asc' } as const,
      }
      const report = await runReport(store, query, definition, site.firstWeekday)
      const format = options.format === 'table' ? 'text' : options.format
      const width = io.columns === undefined ? {} : { maxWidth: io.columns }
      const chunks = formats[format].write(toTable(report, 'report'), width)
      if (options.output === undefined) await writeOut(io, chunks)
      else await writeFile(resolve(io.cwd, options.output), chunks, io.signal)
    })
}

function dimensionValue(text: string): WorklogDimension {
  try {
    return parseDimension(text)
  } catch (error) {
    if (error instanceof DomainError) throw new InvalidArgumentError(error.message)
    throw error
  }
}

function dimensionsValue(text: string, before: readonly WorklogDimension[] = []) {
  const all = [...before, ...listValue(text).map(dimensionValue)]
  if (all.length > reportLimits.rowDimensions)
    throw new InvalidArgumentError(`Give at most ${reportLimits.rowDimensions}.`)
  return all
}

function measuresValue(text: string, before: readonly ReportMeasure[] = []): ReportMeasure[] {
  return [...before, ...listValue(text).map(choiceValue(reportMeasures))]
}
