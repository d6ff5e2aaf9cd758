import type { Io } from '../src/cli/io.ts'
import { runCommand } from '../src/cli/program.ts'
import type { App } from '../src/compose.ts'

/** How a command ended, and what it said where. */
export type Outcome = { readonly code: number; readonly out: string; readonly err: string }

/** An io that keeps what is written. */
export function aCapturedIo(more: Partial<Io> = {}): { io: Io; out(): Buffer; err(): string } {
  const chunks: Buffer[] = []
  let err = ''
  const io: Io = {
    out: async (data) => void chunks.push(Buffer.from(data)),
    err: (text) => {
      err += text
    },
    isWatched: false,
    columns: undefined,
    cwd: process.cwd(),
    signal: new AbortController().signal,
    ...more,
  }
  return { io, out: () => Buffer.concat(chunks), err: () => err }
}

/** Runs a command line over an open app, in this process. */
export async function runIn(app: App, argv: readonly string[], more: Partial<Io> = {}) {
  const { io, out, err } = aCapturedIo(more)
  const environment = { HOURBOOK_DATA: app.config.dataFolder }
  const code = await runCommand(argv, io, { environment, version: '0.0.0-test', app })
  return { code, out: out().toString(), err: err() } satisfies Outcome
}
