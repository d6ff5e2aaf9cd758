import type { Command } from 'commander'
import type { CommandContext } from './command.ts'

export function addVerify(program: Command, context: CommandContext): void {
  program
    .command('verify')
    .description('check that the audit and the closed periods are what they were')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { io } = context
      const app = await context.app()
      const found = await app.calendar.verify(await app.localActor())
      if (!found.isSound) context.setExitCode(1)
      if (json) return io.out(`${JSON.stringify(found)}\n`)
      const { audit, manifests, altered } = found
      await io.out(
        audit.broken
          ? `! audit: entry ${audit.broken.seq}: ${audit.broken.why}\n`
          : `  audit: ${audit.entries} entries, unbroken, ends with ${audit.head}\n`,
      )
      await io.out(
        manifests.broken
          ? `! closed periods: manifest ${manifests.broken.seq}: ${manifests.broken.why}\n`
          : `  closed periods: ${manifests.count} manifests, unbroken, ends with ${manifests.head}\n`,
      )
      for (const { seq, from, to, differences } of altered)
        await io.out(
          `! ${from} to ${to} (manifest ${seq}): ${differences
            .map(({ worklogId, kind }) => `worklog ${worklogId} ${kind}`)
            .join(', ')}\n`,
        )
    })
}
