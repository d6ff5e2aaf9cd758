import cliProgress from 'cli-progress'
import type { Command } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { formatInstant } from '../domain/zone.ts'
import type { CommandContext } from './command.ts'
import type { Io } from './io.ts'

type Options = {
  readonly once?: boolean
  readonly full?: boolean
  readonly acceptGone?: boolean
  readonly connection?: string
  readonly json?: boolean
}

type Progress = {
  readonly step: string
  readonly counts: { readonly worklogs: { new: number; changed: number; unchanged: number } }
  readonly cursor: number
  readonly requests: number
}

export function addSync(program: Command, context: CommandContext): void {
  program
    .command('sync')
    .description('read what is new from the connected Jiras')
    .option('--once', 'one cycle; what happens anyway, for scripts that like to say so')
    .option('--full', 'also compare every issue, and all that is gone, with what is held')
    .option('--accept-gone', 'with --full: rows that Jira no longer shows may go, however many')
    .option('--connection <name>', 'only this one')
    .option('--json', 'print the counters as JSON, a line for each connection')
    .action(async (options: Options) => {
      const { io } = context
      const app = await context.app()
      const all =
        options.connection === undefined
          ? await app.connections.linked(app.site.id)
          : [await app.connections.find(app.site.id, options.connection)]
      if (all.length === 0)
        throw new DomainError('not-found', 'No Jira is connected yet: hourbook connection add')
      let failed: unknown
      for (const { connection, link } of all) {
        const progress = makeProgress(io, connection.name)
        try {
          const outcome = await app.syncNow({
            siteId: app.site.id,
            connection,
            link,
            isFull: options.full === true,
            acceptsGone: options.acceptGone === true,
            isForced: true,
            signal: io.signal,
            onPage: progress.show,
          })
          progress.stop()
          if (outcome.kind === 'done')
            await io.out(
              options.json
                ? `${JSON.stringify({ connection: connection.name, ...outcome.counters })}\n`
                : `${connection.name}: ${line(outcome.counters)}\n`,
            )
          else if (outcome.kind === 'busy')
            io.err(`${connection.name}: another process (${outcome.owner}) reads it now\n`)
          else throw new DomainError('upstream', `${connection.name}: ${outcome.reason}`)
        } catch (error) {
          progress.stop()
          if (all.length === 1 || io.signal.aborted) throw error
          io.err(`${connection.name}: ${error instanceof Error ? error.message : String(error)}\n`)
          failed = error
        }
      }
      if (failed !== undefined) context.setExitCode(1)
    })
}

/** What happened, as far as anything did; `--json` has every counter. */
function line(counters: Readonly<Record<string, number>>): string {
  const { ms = 0, requests = 0, ...others } = counters
  const rows = (others.new ?? 0) + (others.changed ?? 0)
  const parts = Object.entries(others).flatMap(([name, value]) =>
    value === 0 ? [] : [`${value} ${name}`],
  )
  const rate = ms > 0 && rows > 0 ? `, ${Math.round(rows / (ms / 1_000))} rows/s` : ''
  const what = parts.length === 0 ? 'nothing new' : parts.join(', ')
  return `${what} (${requests} requests, ${(ms / 1_000).toFixed(1)} s${rate})`
}

/** A line that counts; how many rows a Jira has nobody knows before they are read. */
function makeProgress(io: Io, name: string) {
  if (!io.isWatched) return { show: () => {}, stop: () => {} }
  const begun = performance.now()
  const bar = new cliProgress.SingleBar({
    format: '{name}  {step}  {rows} worklogs, {rate}/s, {requests} requests, up to {cursor}',
    stream: { write: io.err, isTTY: true, columns: io.columns ?? 100 } as never,
    noTTYOutput: true,
    notTTYSchedule: 500,
    hideCursor: true,
  })
  const first = { name, step: 'connecting', rows: 0, rate: 0, requests: 0, cursor: '-' }
  bar.start(1, 0, first)
  return {
    stop: () => bar.stop(),
    show({ step, counts, cursor, requests }: Progress) {
      const rows = counts.worklogs.new + counts.worklogs.changed + counts.worklogs.unchanged
      const rate = Math.round(rows / ((performance.now() - begun) / 1_000))
      const upTo = cursor > 0 ? formatInstant(cursor).slice(0, 16) : '-'
      bar.update(0, { step, rows, rate, requests, cursor: upTo })
    },
  }
}
