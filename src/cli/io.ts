/**
 * Where a command reads and writes: a terminal, or a server that runs it for somebody else.
 * Data goes to `out`, talk and progress to `err`.
 */
export type Io = {
  /** Resolves when more may be written: a slow reader holds the writer back. */
  readonly out: (data: string | Uint8Array) => Promise<void>
  readonly err: (text: string) => void
  /** Whether somebody watches `err`: only then are progress bars drawn. */
  readonly isWatched: boolean
  /** Width of the terminal data goes to; undefined when it goes into a file or pipe. */
  readonly columns: number | undefined
  /** Where relative paths begin. */
  readonly cwd: string
  /** Aborted when the user gives up. */
  readonly signal: AbortSignal
}

/** Why a command stops before its end: a signal told it to. Its exit code is what shells expect. */
export class Interruption extends Error {
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signal}`)
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

/** The io of this process. */
export function processIo(signal: AbortSignal): Io {
  return {
    out: (data) =>
      new Promise((resolve, reject) => {
        process.stdout.write(data, (error) => (error ? reject(error) : resolve()))
      }),
    err: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY === true,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    cwd: process.cwd(),
    signal,
  }
}
