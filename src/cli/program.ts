import { Command, CommanderError } from 'commander'
import { type App, findHolder, openApp } from '../compose.ts'
import { type Environment, type Flags, readConfig } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import { addAdd } from './add.ts'
import type { CommandContext } from './command.ts'
import { addConnection } from './connection.ts'
import { addDoctor } from './doctor.ts'
import { addExport } from './export.ts'
import { addExtract } from './extract.ts'
import { addImport } from './import.ts'
import { Interruption, type Io } from './io.ts'
import { runThroughServer } from './local-door.ts'
import { addLog } from './log.ts'
import { addMigrate } from './migrate.ts'
import { addReport } from './report.ts'
import { addServe } from './serve.ts'
import { addSync } from './sync.ts'
import { addTimer } from './timer.ts'
import { addToken } from './token.ts'
import { addVerify } from './verify.ts'

export type RunOptions = {
  readonly environment: Environment
  readonly version: string
  /** The app of the server this runs inside; without it the command opens its own. */
  readonly app?: App
}

/** The server on the same data folder that shall run the command instead. */
class HeldByServer extends Error {
  constructor(readonly holder: { address: string; secret: string }) {
    super('held by a server')
  }
}

/**
 * Runs one command line (without node and script). Returns the exit code: 0, 1 refused, 2 misused,
 * 130 or 143 when a signal stopped it.
 * When a server holds the data folder, it runs the command and this process shows what it says.
 */
export async function runCommand(
  argv: readonly string[],
  io: Io,
  options: RunOptions,
): Promise<number> {
  let exitCode = 0
  let opened: App | undefined
  const context: CommandContext = {
    io,
    config: (flags) => readConfig(options.environment, { ...dataFlag(program), ...flags }),
    async app() {
      opened ??= options.app ?? (await openOwn(context))
      return opened
    },
    setExitCode: (code) => {
      exitCode = code
    },
  }
  const program = makeProgram(context, options)
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    exitCode =
      error instanceof HeldByServer
        ? await runThroughServer(error.holder, argv, io).catch((failure) => explain(failure, io))
        : explain(error, io)
  } finally {
    if (opened && opened !== options.app) await opened.close()
  }
  return exitCode
}

function makeProgram(context: CommandContext, options: RunOptions): Command {
  const { io } = context
  const program = new Command('hourbook')
    .description('worklogs, timesheets and plans for teams that use Jira, or none')
    .version(options.version)
    .option('--data <folder>', 'data folder (HOURBOOK_DATA, default ./data)')
    .configureOutput({
      writeOut: (text) => void io.out(text),
      writeErr: io.err,
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
    })
    .exitOverride()
    .showHelpAfterError('(hourbook --help shows what there is)')
  addServe(program, context, (app, argv, itsIo) => runCommand(argv, itsIo, { ...options, app }))
  addConnection(program, context)
  addSync(program, context)
  addExtract(program, context)
  addImport(program, context)
  addExport(program, context)
  addReport(program, context)
  addLog(program, context)
  addTimer(program, context)
  addToken(program, context)
  addAdd(program, context)
  addDoctor(program, context)
  addVerify(program, context)
  addMigrate(program, context)
  for (const command of allCommands(program)) command.exitOverride().copyInheritedSettings(program)
  return program
}

function* allCommands(command: Command): Iterable<Command> {
  for (const one of command.commands) {
    yield one
    yield* allCommands(one)
  }
}

async function openOwn(context: CommandContext): Promise<App> {
  const config = context.config()
  const holder = config.databaseUrl === undefined ? findHolder(config.dataFolder) : undefined
  if (holder?.address) throw new HeldByServer({ address: holder.address, secret: holder.secret })
  return openApp({ config })
}

/** Says what went wrong in the user's words; returns the exit code. */
function explain(error: unknown, io: Io): number {
  // Commander has written its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof DomainError) {
    io.err(`hourbook: ${error.message}\n`)
    return 1
  }
  // The reader of a pipe has had enough: head, less.
  if (isBrokenPipe(error) || isBrokenPipe(io.signal.reason)) return 0
  if (io.signal.aborted) {
    io.err('hourbook: stopped\n')
    return io.signal.reason instanceof Interruption ? io.signal.reason.exitCode : 1
  }
  const message = error instanceof Error ? error.message : String(error)
  io.err(`hourbook: ${message}\n`)
  return 1
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

function dataFlag(program: Command): Flags {
  return { data: program.opts<{ data?: string }>().data }
}
