import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type ExtractedWorklog, type ExtractProgress, extract } from '../compose.ts'
import type { Day } from '../domain/day.ts'
import { jiraAuths } from '../domain/jira-link.ts'
import { formatInstant } from '../domain/zone.ts'
import { formats } from '../formats/formats.ts'
import type { Cell, Column, Table } from '../formats/table.ts'
import type { CommandContext } from './command.ts'
import { writeFile, writeOut } from './export.ts'
import type { Io } from './io.ts'
import { choiceValue, dayValue, listValue, readSecret } from './values.ts'

const auths = jiraAuths.filter((auth) => auth !== 'oauth')
const extractFormats = ['csv', 'json', 'ndjson', 'xlsx', 'xml'] as const

type Options = {
  readonly jira: string
  readonly auth: (typeof auths)[number]
  readonly login?: string
  readonly secretFile: string
  readonly allowPrivate?: boolean
  readonly from?: Day
  readonly to?: Day
  readonly user?: readonly string[]
  readonly group?: readonly string[]
  readonly project?: readonly string[]
  readonly filter?: string
  readonly jql?: string
  readonly format: (typeof extractFormats)[number]
  readonly guard: boolean
  readonly output?: string
}

export function addExtract(program: Command, context: CommandContext): void {
  program
    .command('extract')
    .description('worklogs straight from a Jira to a file: no store, no server')
    .requiredOption('--jira <url>', 'base URL of the Jira')
    .option('--auth <mode>', auths.join(', '), choiceValue(auths), 'basic')
    .option('--login <name>', 'e-mail address (basic) or user name (password)')
    .requiredOption('--secret-file <file>', 'file that holds the token or password')
    .option('--allow-private', 'this Jira lies in a private network')
    .option('--from <day>', 'first day', dayValue)
    .option('--to <day>', 'last day', dayValue)
    .option('--user <name>', 'author: account id, key, user name or e-mail; repeatable', listValue)
    .option('--group <name>', 'authors in this group; repeatable', listValue)
    .option('--project <key>', 'project key; repeatable', listValue)
    .option('--filter <number>', 'number of a saved filter')
    .option('--jql <text>', 'issues that this finds')
    .option('--format <name>', extractFormats.join(', '), choiceValue(extractFormats), 'csv')
    .option('--no-guard', "leave cells that begin with = + - @ as they are (no ' in front)")
    .option('-o, --output <file>', 'write here instead of to standard output')
    .action(async (options: Options) => {
      const { io } = context
      const progress = makeProgress(io)
      const {
        jira: url,
        user,
        group,
        project,
        output,
        guard,
        format,
        secretFile,
        ...rest
      } = options
      const pages = extract({
        ...rest,
        url,
        secret: readSecret(io, secretFile),
        allowsPrivate: options.allowPrivate === true || context.config().allowsPrivateNetworks,
        signal: io.signal,
        onProgress: progress.show,
        ...(user ? { users: user } : {}),
        ...(group ? { groups: group } : {}),
        ...(project ? { projects: project } : {}),
      })
      const table = tableOf(untilStopped(pages, io.signal))
      const chunks = formats[format].write(table, { guardFormulas: guard })
      try {
        // Told to stop, the table ends where it stands: what was read so far becomes a whole file.
        const { signal } = new AbortController()
        if (output === undefined) await writeOut({ ...io, signal }, chunks)
        else await writeFile(resolve(io.cwd, output), chunks, signal)
      } finally {
        progress.stop()
      }
      if (io.signal.aborted && output !== undefined)
        io.err(`${output} holds the first ${progress.worklogs()} worklogs only\n`)
      io.signal.throwIfAborted()
    })
}

/** The pages until somebody gives up; who gives up before the first has nothing. */
async function* untilStopped<T>(pages: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  let hasBegun = false
  try {
    for await (const page of pages) {
      yield page
      hasBegun = true
    }
  } catch (error) {
    if (!hasBegun || !signal.aborted) throw error
  }
}

const columns: readonly (Column & { readonly key: keyof ExtractedWorklog })[] = [
  { key: 'id', title: 'Worklog', type: 'integer' },
  { key: 'issueKey', title: 'Issue', type: 'text' },
  { key: 'issueSummary', title: 'Summary', type: 'text' },
  { key: 'issueType', title: 'Issue type', type: 'text' },
  { key: 'projectKey', title: 'Project', type: 'text' },
  { key: 'author', title: 'Author', type: 'text' },
  { key: 'accountId', title: 'Account id', type: 'text' },
  { key: 'username', title: 'Username', type: 'text' },
  { key: 'email', title: 'E-mail', type: 'text' },
  { key: 'day', title: 'Day', type: 'day' },
  { key: 'startTime', title: 'Start', type: 'text' },
  { key: 'timeSpentSeconds', title: 'Seconds', type: 'seconds', isSummed: true },
  { key: 'comment', title: 'Comment', type: 'text' },
  { key: 'createdAt', title: 'Created', type: 'instant' },
  { key: 'updatedAt', title: 'Updated', type: 'instant' },
]

function tableOf(pages: AsyncIterable<readonly ExtractedWorklog[]>): Table {
  const cellOf = (row: ExtractedWorklog, { key, type }: (typeof columns)[number]): Cell =>
    type === 'instant' ? formatInstant(Number(row[key])) : row[key]
  async function* batches() {
    for await (const page of pages)
      yield page.map((row) => columns.map((column) => cellOf(row, column)))
  }
  return { name: 'worklogs', columns, batches: batches() }
}

/** A line that counts, for who watches. */
function makeProgress(io: Io) {
  let last: ExtractProgress = { issues: 0, worklogs: 0 }
  return {
    worklogs: () => last.worklogs,
    show(progress: ExtractProgress) {
      last = { ...progress }
      const { issues, total, worklogs } = progress
      // Issues may come while others are read.
      const of = total === undefined ? '' : ` of ${Math.max(total, issues)}`
      if (io.isWatched) io.err(`\r${worklogs} worklogs, ${issues}${of} issues `)
    },
    stop: () => {
      if (io.isWatched) io.err('\n')
    },
  }
}
