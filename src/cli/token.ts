import type { Command } from 'commander'
import type { App } from '../compose.ts'
import { ensureAdministrator } from '../compose.ts'
import { addDays } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { scopes } from '../domain/permission.ts'
import type { Person } from '../domain/person.ts'
import type { TokenId } from '../domain/token.ts'
import { formatInstant, instantOf } from '../domain/zone.ts'
import { formats } from '../formats/formats.ts'
import { type Cell, inBatches } from '../formats/table.ts'
import type { CommandContext } from './command.ts'
import { writeOut } from './export.ts'
import { dayValue, listValue, readSecret } from './values.ts'

type CreateOptions = {
  readonly user: string
  readonly scopes?: readonly string[]
  readonly networks?: readonly string[]
  readonly name: string
  readonly expires?: string
  readonly value?: string
  readonly valueFile?: string
  readonly json?: boolean
}

export function addToken(program: Command, context: CommandContext): void {
  const group = program.command('token').description('secrets for scripts')
  addCreate(group, context)
  group
    .command('list')
    .description('list tokens; the secrets are kept nowhere')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const app = await context.app()
      const tokens = await app.tokens.list(await app.localActor())
      const owners = await app.store.people.getMany(app.site.id, [
        ...new Set(tokens.map((token) => token.personId)),
      ])
      const moment = (at: number | null) => (at === null ? null : formatInstant(at))
      const rows = tokens.map((token): Cell[] => [
        token.id,
        token.name,
        owners.find((owner) => owner.id === token.personId)?.displayName ?? '',
        token.hint,
        token.scopes.join(' '),
        token.networks.join(' '),
        moment(token.expiresAt),
        moment(token.lastUsedAt),
        token.lastUsedFrom,
        moment(token.revokedAt),
      ])
      const table = {
        name: 'tokens',
        columns: [
          { key: 'id', title: 'Id', type: 'integer' },
          { key: 'name', title: 'Name', type: 'text' },
          { key: 'owner', title: 'Owner', type: 'text' },
          { key: 'hint', title: 'Begins with', type: 'text' },
          { key: 'scopes', title: 'Scopes', type: 'text' },
          { key: 'networks', title: 'Networks', type: 'text' },
          { key: 'expiresAt', title: 'Expires', type: 'instant' },
          { key: 'lastUsedAt', title: 'Last used', type: 'instant' },
          { key: 'lastUsedFrom', title: 'From', type: 'text' },
          { key: 'revokedAt', title: 'Revoked', type: 'instant' },
        ] as const,
        batches: inBatches(rows),
      }
      await writeOut(context.io, formats[json ? 'json' : 'text'].write(table))
    })
  group
    .command('revoke')
    .description('make a token useless at once')
    .argument('<id>', 'number of the token, from "token list"')
    .action(async (id: string) => {
      const app = await context.app()
      await app.tokens.revoke(await app.localActor(), id as TokenId)
      app.identity.forget()
      context.io.err(`token ${id} is revoked\n`)
    })
}

function addCreate(group: Command, context: CommandContext): void {
  group
    .command('create')
    .description('make a token and print it, once')
    .option('--user <name>', 'whose token it is', 'admin')
    .option('--scopes <list>', `of ${scopes.join(', ')} (default: read)`, listValue)
    .option('--networks <list>', 'addresses and networks (CIDR) it may come from', listValue)
    .option('--name <text>', 'what it is for', 'command line')
    .option('--expires <day>', 'last day it works', dayValue)
    .option('--value <secret>', 'adopt a value that scripts already carry')
    .option(
      '--value-file <file>',
      'the same, read from a file, so that no list of processes shows it',
    )
    .option('--json', 'print the token with its number as JSON')
    .action(async (options: CreateOptions) => {
      const { io } = context
      const app = await context.app()
      const owner = await findOwner(app, options.user)
      const value =
        options.valueFile === undefined ? options.value : readSecret(io, options.valueFile)
      const { token, secret } = await app.tokens.create(await app.localActor(), {
        personId: owner.id,
        name: options.name,
        scopes: options.scopes ?? ['read'],
        networks: options.networks ?? [],
        expiresAt:
          options.expires === undefined
            ? null
            : instantOf(addDays(dayValue(options.expires), 1), '00:00', app.site.timeZone).instant,
        ...(value === undefined ? {} : { value }),
      })
      app.identity.forget()
      await io.out(
        options.json ? `${JSON.stringify({ id: token.id, token: secret })}\n` : `${secret}\n`,
      )
    })
}

/** The person a name means; `admin` is made where nobody is there yet. */
async function findOwner(app: App, name: string): Promise<Person> {
  if (name === 'admin') return ensureAdministrator(app)
  const found = (await app.store.people.findByNames(app.site.id, [name])).get(name) ?? []
  const [owner, second] = found
  if (!owner) throw new DomainError('not-found', `There is no person "${name}"`)
  if (second) {
    const known = found.map(({ id, displayName, email }) => `${id} (${email ?? displayName})`)
    throw new DomainError('invalid', `"${name}" means ${known.join(', ')}: use the number`)
  }
  return owner
}
