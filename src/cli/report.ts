import { resolve } from 'node:path'
import type { Command } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { type WorklogDimension, worklogDimensions } from '../domain/worklog.ts'
import { type FormatName, formats } from '../formats/formats.ts'
import { pivotTable } from '../reports/pivot.ts'
import type { CommandContext } from './command.ts'
import { addWorklogFilters, writeFile, writeOut } from './export.ts'
import { choiceValue, type WorklogFilters, worklogQuery } from './values.ts'

const reportFormats = ['table', 'csv', 'xlsx', 'json', 'ndjson', 'xml'] as const

type Options = WorklogFilters & {
  readonly rows: WorklogDimension
  readonly columns?: WorklogDimension
  readonly format: (typeof reportFormats)[number]
  readonly output?: string
}

/** Cells a report may have at most, so that one command never holds a whole company's history. */
const mostGroups = 500_000

export function addReport(program: Command, context: CommandContext): void {
  const dimension = choiceValue([...worklogDimensions, 'user'] as const)
  const parse = (text: string): WorklogDimension => {
    const chosen = dimension(text)
    return chosen === 'user' ? 'person' : chosen
  }
  const names = worklogDimensions.join(', ')
  addWorklogFilters(program.command('report').description('sum worklogs into a table'))
    .option('--rows <what>', `a row for each: ${names}`, parse, 'person' as const)
    .option('--columns <what>', `a column for each: ${names}`, parse)
    .option('--format <name>', reportFormats.join(', '), choiceValue(reportFormats), 'table')
    .option('-o, --output <file>', 'write here instead of to standard output')
    .action(async (options: Options) => {
      const { io } = context
      const app = await context.app()
      const query = await worklogQuery(app, options)
      const dimensions = options.columns ? [options.rows, options.columns] : [options.rows]
      const sums = await app.store.worklogs.sum(query, dimensions, mostGroups + 1)
      if (sums.length > mostGroups)
        throw new DomainError(
          'invalid',
          `The report would have more than ${mostGroups} sums; narrow it by --from, --to or a filter`,
        )
      const table = pivotTable(
        {
          rows: options.rows,
          ...(options.columns ? { columns: options.columns } : {}),
          ...(options.from && options.to ? { period: { from: options.from, to: options.to } } : {}),
          firstWeekday: app.site.firstWeekday,
          hasTotalRow: options.format !== 'xlsx',
        },
        sums,
      )
      const format: FormatName = options.format === 'table' ? 'text' : options.format
      const width = io.columns === undefined ? {} : { maxWidth: io.columns }
      const chunks = formats[format].write(table, width)
      if (options.output === undefined) await writeOut(io, chunks)
      else await writeFile(resolve(io.cwd, options.output), chunks, io.signal)
    })
}
