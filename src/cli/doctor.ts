import type { Command } from 'commander'
import type { App } from '../compose.ts'
import { sha256 } from '../compose.ts'
import { settings } from '../config-settings.ts'
import { auditGenesis, type ChainedAuditEntry, firstBrokenLink } from '../domain/audit.ts'
import type { CommandContext } from './command.ts'

type Finding = { readonly name: string; readonly value: string; readonly isWrong?: boolean }

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('show the settings in force and check the store')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { io } = context
      const config = context.config()
      const app = await context.app()
      const inForce = settings.map(
        (one): Finding => ({ name: one.variable, value: one.show(config) || '(not set)' }),
      )
      const findings = [...inForce, ...(await examine(app))]
      if (json)
        await io.out(
          `${JSON.stringify(Object.fromEntries(findings.map((one) => [one.name, one.value])))}\n`,
        )
      else
        for (const { name, value, isWrong } of findings)
          await io.out(`${isWrong ? '!' : ' '} ${name.padEnd(30)} ${value}\n`)
      if (findings.some((one) => one.isWrong)) context.setExitCode(1)
    })
}

async function examine(app: App): Promise<Finding[]> {
  const { store, site } = app
  await store.ping()
  const broken = await findBrokenLink(app)
  const now = await store.sites.get(site.id)
  const connections = await store.connections.list(site.id)
  return [
    { name: 'database', value: app.config.databaseUrl === undefined ? 'embedded' : 'PostgreSQL' },
    { name: 'schema', value: String(await store.schemaVersion()) },
    { name: 'site', value: `${site.name}, ${site.timeZone}, version ${now.version}` },
    ...connections
      .filter((one) => one.worklogsHeld !== null)
      .map((one) => ({
        name: `source ${one.name}`,
        value: `${one.worklogsHeld} worklogs held of ${one.worklogsAnnounced} announced`,
      })),
    broken === undefined
      ? { name: 'audit chain', value: 'unbroken' }
      : { name: 'audit chain', value: `broken at entry ${broken}`, isWrong: true },
  ]
}

async function findBrokenLink({ store, site }: App): Promise<number | undefined> {
  let [hash, seq] = [auditGenesis, 1]
  for (;;) {
    const entries: readonly ChainedAuditEntry[] = await store.audit.list(site.id, seq, 1_000)
    const broken = firstBrokenLink(hash, entries, sha256)
    const last = entries.at(-1)
    if (broken !== undefined || !last) return broken
    ;[hash, seq] = [last.hash, last.seq + 1]
  }
}
