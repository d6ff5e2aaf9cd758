import type { App } from '../compose.ts'
import type { Config, Flags } from '../config.ts'
import type { Io } from './io.ts'

/** What a command gets to work with. */
export type CommandContext = {
  readonly io: Io
  /** The open app: opened for this command, or the server's own when it runs inside one. */
  readonly app: () => Promise<App>
  readonly config: (flags?: Flags) => Config
  /** Tells the caller how it ended; 0 unless set. */
  readonly setExitCode: (code: number) => void
}
