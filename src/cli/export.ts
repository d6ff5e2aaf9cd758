import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { type WorklogField, worklogFields } from '../domain/worklog.ts'
import type { FormatName } from '../formats/formats.ts'
import { usualWorklogFields } from '../reports/worklog-table.ts'
import type { CommandContext } from './command.ts'
import type { Io } from './io.ts'
import { choiceValue, dayValue, listValue, type WorklogFilters, worklogQuery } from './values.ts'

const exportFormats = ['csv', 'json', 'ndjson', 'xlsx', 'xml'] as const satisfies FormatName[]

type Options = WorklogFilters & {
  readonly fields?: readonly WorklogField[]
  readonly format: (typeof exportFormats)[number]
  readonly output?: string
  readonly guard: boolean
}

export function addExport(program: Command, context: CommandContext): void {
  const group = program.command('export').description('write data to files')
  addWorklogFilters(group.command('worklogs').description('export worklogs, oldest first'))
    .option('--fields <list>', `what to export, of: ${worklogFields.join(', ')}`, fieldsValue)
    .option('--format <name>', exportFormats.join(', '), choiceValue(exportFormats), 'csv')
    .option('--no-guard', "leave cells that begin with = + - @ as they are (no ' in front)")
    .option('-o, --output <file>', 'write here instead of to standard output')
    .action(async (options: Options) => {
      const { io } = context
      const app = await context.app()
      const query = await worklogQuery(app, options)
      const fields = options.fields?.length ? options.fields : usualWorklogFields
      const { chunks } = app.exportWorklogs(query, fields, options.format, {
        guardFormulas: options.guard,
      })
      if (options.output === undefined) await writeOut(io, chunks)
      else await writeFile(resolve(io.cwd, options.output), chunks, io.signal)
    })
}

/** The filters that every command about worklogs understands. */
export function addWorklogFilters(command: Command): Command {
  return command
    .option('--from <day>', 'first day', dayValue)
    .option('--to <day>', 'last day', dayValue)
    .option(
      '--user <name>',
      'author: id, account id, username, key or e-mail; repeatable',
      listValue,
    )
    .option('--group <name>', 'authors in this group; repeatable', listValue)
    .option('--project <key>', 'project key or name; repeatable', listValue)
    .option('--issue <key>', 'issue key; repeatable', listValue)
    .option(
      '--jql <query>',
      'on issues that this finds; worklog… in it holds for the worklog itself',
    )
}

/** Writes chunks to the command's output, stopping when the user gives up. */
export async function writeOut(io: Io, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    io.signal.throwIfAborted()
    await io.out(chunk)
  }
}

/** Writes aside and renames at the end: an export cut short never looks like a whole one. */
export async function writeFile(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const draft = `${path}.part`
  try {
    await pipeline(chunks, createWriteStream(draft), { signal })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Option parser: names of fields, separated by commas; repeatable. */
function fieldsValue(text: string, before: readonly WorklogField[] = []): WorklogField[] {
  const fields = listValue(text).map((name) => {
    const field = worklogFields.find((one) => one === name)
    if (!field) throw new InvalidArgumentError(`There is no field "${name}".`)
    return field
  })
  return [...before, ...fields]
}
