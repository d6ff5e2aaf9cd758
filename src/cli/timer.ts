import type { Command } from 'commander'
import type { App } from '../compose.ts'
import { formatHoursMinutes } from '../domain/duration.ts'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type { CommandContext } from './command.ts'

type Options = { readonly user?: string; readonly comment?: string; readonly json?: boolean }

export function addTimer(program: Command, context: CommandContext): void {
  const group = program.command('timer').description('a clock that runs on an issue')
  const user = ['--user <name>', 'whose timer it is; the administrator when left out'] as const
  const json = ['--json', 'print JSON'] as const
  group
    .command('start')
    .description('start it; what ran before is stopped and logged')
    .argument('<issue>', 'issue key')
    .option('--comment <text>', 'what is being done')
    .option(...user)
    .option(...json)
    .action(async (issue: string, { comment, ...options }: Options) => {
      const app = await context.app()
      const wish = { issue, ...(comment === undefined ? {} : { comment }) }
      const { timer, logged } = await app.timers.start(
        await app.localActor(),
        wish,
        await personOf(app, options.user),
      )
      if (logged) context.io.err(`logged ${shown(logged.timeSpentSeconds, logged.issue.key)}\n`)
      const { key, summary } = timer.issue
      await context.io.out(
        options.json
          ? `${JSON.stringify({ issue: key, startedAt: timer.startedAt })}\n`
          : `${key}  ${summary}\n`,
      )
    })
  group
    .command('stop')
    .description('stop it and log its time, in whole minutes')
    .option('--comment <text>', 'what was done')
    .option(...user)
    .option(...json)
    .action(async ({ comment, ...options }: Options) => {
      const app = await context.app()
      const person = await personOf(app, options.user)
      const worklog = await app.timers.stop(await app.localActor(), comment, person)
      await context.io.out(
        options.json
          ? `${JSON.stringify(worklog)}\n`
          : `${shown(worklog.timeSpentSeconds, worklog.issue.key)}\n`,
      )
    })
  group
    .command('status')
    .description('what runs; exit code 1 when nothing does')
    .option(...user)
    .option(...json)
    .action(async (options: Options) => {
      const app = await context.app()
      const timer = await app.timers.find(await app.localActor(), await personOf(app, options.user))
      if (!timer) throw new DomainError('not-found', 'No timer runs')
      const seconds = Math.floor((app.now() - timer.startedAt) / 1_000)
      await context.io.out(
        options.json
          ? `${JSON.stringify({ issue: timer.issue.key, startedAt: timer.startedAt, seconds })}\n`
          : `${shown(seconds - (seconds % 60), timer.issue.key)}\n`,
      )
    })
}

function shown(seconds: number, key: string): string {
  return `${formatHoursMinutes(seconds)}  ${key}`
}

async function personOf(app: App, name: string | undefined): Promise<PersonId | undefined> {
  if (name === undefined) return undefined
  const found = (await app.store.people.findByNames(app.site.id, [name])).get(name) ?? []
  if (found.length > 1) throw new DomainError('conflict', `"${name}" means more than one person`)
  if (!found[0]) throw new DomainError('not-found', `There is no person "${name}"`)
  return found[0].id
}
