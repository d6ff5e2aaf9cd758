import type { Command } from 'commander'
import type { CommandContext } from './command.ts'

export function addMigrate(program: Command, context: CommandContext): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version (serve does so too)')
    .action(async () => {
      const app = await context.app()
      for (const name of app.migrations) await context.io.out(`${name}\n`)
      if (app.migrations.length === 0) context.io.err('nothing to do\n')
    })
}
