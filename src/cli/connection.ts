import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { estimateModes, jiraAuths, linkModes, writers } from '../domain/jira-link.ts'
import { formatInstant } from '../domain/zone.ts'
import { formats } from '../formats/formats.ts'
import { type Cell, inBatches } from '../formats/table.ts'
import type { CommandContext } from './command.ts'
import { writeOut } from './export.ts'
import { choiceValue, dayValue, readSecret } from './values.ts'

/** OAuth has a command of its own: `connection consent`. */
const auths = jiraAuths.filter((auth) => auth !== 'oauth')

type AddOptions = {
  readonly url: string
  readonly auth: (typeof auths)[number]
  readonly login?: string
  readonly secretFile: string
  readonly mode: (typeof linkModes)[number]
  readonly writesAs: (typeof writers)[number]
  readonly allowPrivate?: boolean
  readonly estimates: (typeof estimateModes)[number]
  readonly horizon?: Day
  readonly project?: readonly string[]
}

type ChooseOptions = {
  readonly project?: readonly string[]
  readonly all?: boolean
  readonly acceptHidden?: boolean
}

type ConsentOptions = Pick<AddOptions, 'mode'> & {
  readonly clientFile: string
  readonly siteUrl?: string
}

type LoginOptions = Pick<AddOptions, 'auth' | 'login' | 'secretFile'> & { readonly person: string }

export function addConnection(program: Command, context: CommandContext): void {
  const { io } = context
  const group = program.command('connection').description('ways to a Jira')
  group
    .command('add')
    .description('connect a Jira; it is asked who we are before anything is kept')
    .argument('<name>', 'what to call it here')
    .requiredOption('--url <url>', 'its base URL, with the context path if it has one')
    .option('--auth <mode>', auths.join(', '), choiceValue(auths), 'basic')
    .option('--user, --login <name>', 'e-mail address (basic) or user name (password)')
    .requiredOption('--secret-file <file>', 'file that holds the token or password')
    .option('--mode <mode>', linkModes.join(', '), choiceValue(linkModes), 'read')
    .option(
      '--writes-as <whom>',
      `whose credential writes in mirror mode: ${writers.join(', ')}`,
      choiceValue(writers),
      'person',
    )
    .option(
      '--estimates <mode>',
      `what time logged by hand does to estimates there: ${estimateModes.join(', ')}`,
      choiceValue(estimateModes),
      'leave',
    )
    .option('--horizon <day>', 'leave out worklogs of days before this one', dayValue)
    .option('--project <keys...>', 'hold worklogs of these projects only; all where left out')
    .option('--allow-private', 'this Jira lies in a private network')
    .action(async (name: string, options: AddOptions) => {
      const app = await context.app()
      const secret = readSecret(io, options.secretFile)
      const { probe } = await app.connections.add(await app.localActor(), {
        name,
        url: options.url,
        auth: options.auth,
        secret,
        mode: options.mode,
        writesAs: options.writesAs,
        allowsPrivate: options.allowPrivate === true,
        estimates: options.estimates,
        ...(options.horizon === undefined ? {} : { horizon: options.horizon }),
        ...(options.project === undefined ? {} : { projects: options.project }),
        ...(options.login === undefined ? {} : { login: options.login }),
      })
      await io.out(`${name}: ${describe(probe)}\n`)
      io.err(`next: hourbook sync --connection ${name}\n`)
    })
  group
    .command('consent')
    .description(
      'connect a Jira Cloud by OAuth: prints where to consent; a running server does the rest',
    )
    .argument('<name>', 'what to call it here')
    .requiredOption('--client-file <file>', 'JSON with clientId and clientSecret of the OAuth app')
    .option('--site-url <url>', 'which site, should the consent cover several')
    .option('--mode <mode>', linkModes.join(', '), choiceValue(linkModes), 'read')
    .action(async (name: string, options: ConsentOptions) => {
      const app = await context.app()
      const { clientId, clientSecret } = readClient(resolve(io.cwd, options.clientFile))
      const { authorizeUrl } = await app.consent.start(await app.localActor(), {
        name,
        clientId,
        clientSecret,
        mode: options.mode,
        ...(options.siteUrl === undefined ? {} : { siteUrl: options.siteUrl }),
      })
      await io.out(`${authorizeUrl}\n`)
      io.err(`callback of the OAuth app: ${app.consent.callbackUrl}\n`)
    })
  group
    .command('list')
    .description('show connections and how far they have been read')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const app = await context.app()
      const views = await app.connections.list(await app.localActor())
      const moment = (at: number | null | undefined) => (at ? formatInstant(at) : null)
      const rows = views.flatMap((view): Cell[][] => {
        const { link, state } = view
        if (!link || !state) return []
        return [
          [
            view.name,
            link.kind,
            link.baseUrl,
            link.auth,
            link.mode,
            link.projects?.map(({ key }) => key).join(', ') ?? 'all',
            state.stoppedReason === null ? state.phase : 'stopped',
            moment(state.lastCycleAt),
            view.worklogsHeld,
            state.stoppedReason ?? state.lastError ?? view.incidents[0]?.message ?? '',
          ],
        ]
      })
      const table = {
        name: 'connections',
        columns: [
          { key: 'name', title: 'Name', type: 'text' },
          { key: 'kind', title: 'Kind', type: 'text' },
          { key: 'baseUrl', title: 'URL', type: 'text' },
          { key: 'auth', title: 'Auth', type: 'text' },
          { key: 'mode', title: 'Mode', type: 'text' },
          { key: 'projects', title: 'Projects', type: 'text' },
          { key: 'phase', title: 'State', type: 'text' },
          { key: 'lastCycleAt', title: 'Last sync', type: 'instant' },
          { key: 'worklogsHeld', title: 'Worklogs', type: 'integer' },
          { key: 'trouble', title: 'Trouble', type: 'text' },
        ] as const,
        batches: inBatches(rows),
      }
      await writeOut(io, formats[json ? 'json' : 'text'].write(table))
    })
  group
    .command('choose')
    .description('choose the projects whose worklogs are held; the next sync brings it about')
    .argument('<name>', 'name of the connection')
    .option('--project <keys...>', 'these and no others')
    .option('--all', 'every project the account may browse')
    .option('--accept-hidden', 'worklogs of other projects may no longer be shown')
    .action(async (name: string, { project, all, acceptHidden }: ChooseOptions) => {
      if ((project === undefined) === (all === undefined))
        throw new DomainError('invalid', 'say --project with keys, or --all')
      const app = await context.app()
      const wish = { projects: project ?? null, acceptsHidden: acceptHidden === true }
      const { link, hidden } = await app.connections.choose(await app.localActor(), name, wish)
      const chosen = link.projects?.map(({ key }) => key).join(', ') ?? 'all projects'
      await io.out(`${name}: ${chosen}\n`)
      if (hidden > 0) io.err(`${hidden} worklogs will no longer be shown; they stay in Jira\n`)
      io.err(`next: hourbook sync --connection ${name}\n`)
    })
  group
    .command('test')
    .description('ask a Jira who we are; lets a stopped connection go on')
    .argument('<name>', 'name of the connection')
    .action(async (name: string) => {
      const app = await context.app()
      const probe = await app.connections.test(await app.localActor(), name)
      await io.out(`${name}: ${describe(probe)}\n`)
    })
  group
    .command('login')
    .description("leave somebody's own token for a mirrored Jira: what they log is theirs there")
    .argument('<name>', 'name of the connection')
    .requiredOption('--person <name>', 'whose it is: id, account id, username, key or e-mail')
    .option('--auth <mode>', auths.join(', '), choiceValue(auths), 'basic')
    .option('--user, --login <name>', 'e-mail address (basic) or user name (password)')
    .requiredOption('--secret-file <file>', 'file that holds the token or password')
    .action(async (name: string, options: LoginOptions) => {
      const app = await context.app()
      const found = await app.store.people.findByNames(app.site.id, [options.person])
      const people = found.get(options.person) ?? []
      const [person] = people
      if (!person) throw new DomainError('not-found', `There is no person "${options.person}"`)
      if (people.length > 1)
        throw new DomainError(
          'invalid',
          `"${options.person}" means several people; say which by id: ` +
            people.map(({ id, displayName }) => `${id} (${displayName})`).join(', '),
        )
      const me = await app.connections.login(await app.localActor(), name, {
        personId: person.id,
        auth: options.auth,
        secret: readSecret(io, options.secretFile),
        ...(options.login === undefined ? {} : { login: options.login }),
      })
      io.err(`${name}: logged in as ${me.displayName || me.name}\n`)
    })
  group
    .command('hook')
    .description("print a new address and secret for a Jira's webhooks; the old ones stop working")
    .argument('<name>', 'name of the connection')
    .action(async (name: string) => {
      const app = await context.app()
      const { token, signingSecret } = await app.hooks.open(await app.localActor(), name)
      const { config } = app
      const base = config.publicUrl ?? `http://${config.host}:${config.port}`
      const path = `/hooks/jira/${encodeURIComponent(name)}/${token}`
      await io.out(`url     ${base}${path}\nsecret  ${signingSecret}\n`)
      io.err('events: worklog created, updated, deleted; issue updated, deleted\n')
    })
  group
    .command('remove')
    .description('forget the way to a Jira; the worklogs read from it stay')
    .argument('<name>', 'name of the connection')
    .action(async (name: string) => {
      const app = await context.app()
      await app.connections.remove(await app.localActor(), name)
      io.err(`connection ${name} is removed; its worklogs stay\n`)
    })
}

function readClient(path: string): { clientId: string; clientSecret: string } {
  try {
    const { clientId, clientSecret } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      string,
      unknown
    >
    if (typeof clientId === 'string' && typeof clientSecret === 'string')
      return { clientId, clientSecret }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new DomainError('invalid', 'The client file must be JSON with clientId and clientSecret')
}

function describe({
  server,
  me,
}: {
  server: { kind: string; version: string }
  me: { name: string; displayName: string; timeZone: string | null }
}): string {
  const kind = server.kind === 'cloud' ? 'Jira Cloud' : 'Jira Data Center'
  const zone = me.timeZone === null ? '' : `, ${me.timeZone}`
  return `${kind} ${server.version}, logged in as ${me.displayName || me.name}${zone}`
}
