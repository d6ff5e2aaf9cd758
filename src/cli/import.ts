import { resolve } from 'node:path'
import cliProgress from 'cli-progress'
import type { Command } from 'commander'
import { formatHoursMinutes } from '../domain/duration.ts'
import { DomainError } from '../domain/errors.ts'
import type { CommandContext } from './command.ts'
import type { Io } from './io.ts'

type Summary = Awaited<ReturnType<Awaited<ReturnType<CommandContext['app']>>['importFiles']>>

export function addImport(program: Command, context: CommandContext): void {
  const group = program.command('import').description('take in data from files')
  group
    .command('jira')
    .description(
      "import Jira's own JSON: search results, issues, worklog lists (.json .ndjson .gz)",
    )
    .argument('<file...>', 'files to import')
    .option('--source <name>', 'the Jira all this comes from (default: as the links say)')
    .option('--json', 'print the summary as JSON')
    .action(async (files: string[], options: { source?: string; json?: boolean }) => {
      const { io } = context
      const app = await context.app()
      const progress = makeProgress(io)
      const begun = process.hrtime.bigint()
      try {
        const summary = await app.importFiles({
          siteId: app.site.id,
          files: files.map((file) => resolve(io.cwd, file)),
          ...(options.source === undefined ? {} : { source: options.source }),
          onProgress: progress.show,
          signal: io.signal,
        })
        progress.stop()
        await report(io, summary, begun, options.json === true)
      } catch (error) {
        progress.stop()
        const imported = error instanceof DomainError ? error.details.imported : undefined
        if (imported) await report(io, imported as Summary, begun, options.json === true)
        throw error
      }
    })
}

async function report(io: Io, summary: Summary, begun: bigint, asJson: boolean): Promise<void> {
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  const { issues, worklogs, people, projects } = summary
  const rows = worklogs.new + worklogs.changed + worklogs.unchanged + worklogs.drift
  const rowsPerSecond = Math.round(
    (rows + issues.new + issues.changed + issues.unchanged) / seconds,
  )
  for (const warning of summary.warnings) io.err(`warning: ${warning}\n`)
  const more = summary.warningCount - summary.warnings.length
  if (more > 0) io.err(`warning: and ${more} more\n`)
  if (summary.ignored.length > 0) io.err(`not imported: ${summary.ignored.join(', ')}\n`)
  if (asJson) {
    await io.out(`${JSON.stringify({ ...summary, elapsedSeconds: seconds, rowsPerSecond })}\n`)
    return
  }
  const line = (name: string, text: string) => `${name.padEnd(10)}${text}\n`
  await io.out(
    [
      line('issues', `${issues.new} new, ${issues.changed} changed, ${issues.unchanged} unchanged`),
      line(
        'worklogs',
        `${worklogs.new} new, ${worklogs.changed} changed, ${worklogs.unchanged} unchanged` +
          (worklogs.drift > 0 ? `, ${worklogs.drift} kept as drift (locked days)` : ''),
      ),
      line('people', `${people.new} new, ${people.changed} changed`),
      line('projects', `${projects.new} new, ${projects.changed} changed`),
      line('time', `${formatHoursMinutes(summary.seconds)} h (${summary.seconds} s)`),
      line('took', `${seconds.toFixed(1)} s, ${rowsPerSecond} rows/s`),
    ].join(''),
  )
}

/** A bar over the bytes of the file being read; nothing where nobody watches. */
function makeProgress(io: Io) {
  if (!io.isWatched) return { show: () => {}, stop: () => {} }
  let bar: cliProgress.SingleBar | undefined
  let file: string | undefined
  const stop = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    stop,
    show(progress: {
      file: string
      bytesRead: number
      bytesTotal: number
      counts: { worklogs: { new: number } }
    }) {
      if (progress.file !== file) {
        stop()
        file = progress.file
        bar = new cliProgress.SingleBar({
          format: '{bar} {percentage} %  {worklogs} new worklogs  {name}',
          stream: { write: io.err, isTTY: true, columns: io.columns ?? 100 } as never,
          noTTYOutput: true,
          notTTYSchedule: 500,
          hideCursor: true,
        })
        bar.start(Math.max(progress.bytesTotal, 1), 0, {
          name: file.split('/').at(-1),
          worklogs: 0,
        })
      }
      bar?.update(progress.bytesRead, { worklogs: progress.counts.worklogs.new })
    },
  }
}
