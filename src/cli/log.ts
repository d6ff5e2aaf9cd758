import type { Command } from 'commander'
import { addDays, type Day, isDay } from '../domain/day.ts'
import { formatHoursMinutes, parseWorked } from '../domain/duration.ts'
import { DomainError } from '../domain/errors.ts'
import { localIn } from '../domain/zone.ts'
import type { CommandContext } from './command.ts'

type Options = {
  readonly day?: string
  readonly comment?: string
  readonly user?: string
  readonly category?: string
  readonly json?: boolean
}

export function addLog(program: Command, context: CommandContext): void {
  program
    .command('log')
    .description('log time on an issue: hourbook log ABC-12 1h30m')
    .argument('<issue>', 'issue key')
    .argument('<time...>', '1h30, 90m, 1:30, 1.5, or from and to: 930-1100')
    .option('--day <day>', 'YYYY-MM-DD, today or yesterday', 'today')
    .option('--comment <text>', 'what was done')
    .option('--category <name>', 'kind of work')
    .option('--user <name>', 'whose time it is', 'admin')
    .option('--json', 'print the worklog as JSON')
    .action(async (issue: string, time: string[], options: Options) => {
      const { io } = context
      const worked = parseWorked(time.join(' '))
      if (worked.kind === 'add')
        throw new DomainError('invalid', 'The command line logs new time; leave the + out')
      const app = await context.app()
      const actor = await app.localActor()
      const worklog = await app.timesheets.log(actor, {
        issue,
        ...(options.user === undefined || options.user === 'admin' ? {} : { author: options.user }),
        day: dayOf(options.day ?? 'today', localIn(app.site.timeZone, app.now()).day),
        ...(worked.start === undefined ? {} : { startTime: worked.start }),
        timeSpentSeconds: worked.seconds,
        ...(options.comment === undefined ? {} : { comment: options.comment }),
        ...(options.category === undefined ? {} : { category: options.category }),
      })
      if (options.json) await io.out(`${JSON.stringify(worklog)}\n`)
      else
        await io.out(
          `${worklog.issue.key}  ${worklog.day} ${worklog.startTime}  ${formatHoursMinutes(worklog.timeSpentSeconds)}  ${worklog.author.displayName}\n`,
        )
    })
}

function dayOf(text: string, today: Day): Day {
  if (text === 'today') return today
  if (text === 'yesterday') return addDays(today, -1)
  if (isDay(text)) return text
  throw new DomainError('invalid', `"${text}" is no day: use YYYY-MM-DD, today or yesterday`)
}
