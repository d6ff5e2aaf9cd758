import { Interruption, processIo } from './cli/io.ts'
import { runCommand } from './cli/program.ts'
import { version } from './version.ts'

const stop = new AbortController()
let signals = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    const interruption = new Interruption(signal)
    signals += 1
    // The second time somebody insists.
    if (signals > 1) process.exit(interruption.exitCode)
    stop.abort(interruption)
  })
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  // As the reason: a reader who has had enough, such as head, is no failure.
  stop.abort(error)
})

const exitCode = await runCommand(process.argv.slice(2), processIo(stop.signal), {
  environment: process.env,
  version,
})
process.exitCode = exitCode
