import { type Command, InvalidArgumentError } from 'commander'
import { parseWorked } from '../domain/duration.ts'
import { DomainError } from '../domain/errors.ts'
import { type Role, roles } from '../domain/permission.ts'
import type { CommandContext } from './command.ts'
import { choiceValue, dayValue, listValue } from './values.ts'

type PersonOptions = {
  readonly name: string
  readonly email?: string
  readonly timeZone?: string
  readonly role?: Role
  readonly group?: readonly string[]
  readonly json?: boolean
}

type ProjectOptions = {
  readonly name: string
  readonly category?: string
  readonly lead?: string
  readonly json?: boolean
}

type IssueOptions = {
  readonly type?: string
  readonly assignee?: string
  readonly estimate?: string
  readonly due?: string
  readonly label?: readonly string[]
  readonly json?: boolean
}

/** `hourbook person|project|issue add`: what a site without a Jira begins with. */
export function addAdd(program: Command, context: CommandContext): void {
  addPerson(program.command('person').description('people'), context)
  addProject(program.command('project').description('projects of our own'), context)
  addIssue(program.command('issue').description('issues of our own'), context)
}

function addPerson(group: Command, context: CommandContext): void {
  group
    .command('add')
    .description('add a person')
    .argument('<username>', 'what the person is called in commands and URLs')
    .requiredOption('--name <text>', 'name to show')
    .option('--email <address>', 'e-mail address')
    .option('--time-zone <zone>', 'IANA time zone, such as Europe/Berlin')
    .option('--role <role>', roles.join(', '), choiceValue(roles), 'employee' as const)
    .option('--group <name>', 'group to join, made where it is missing; repeatable', listValue)
    .option('--json', 'print the person as JSON')
    .action(async (username: string, options: PersonOptions) => {
      const app = await context.app()
      const actor = await app.localActor()
      const { name, email, timeZone, role } = options
      const person = await app.directory.createPerson(actor, {
        username,
        displayName: name,
        ...(email === undefined ? {} : { email }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(role === undefined ? {} : { role }),
      })
      for (const groupName of options.group ?? []) {
        const [known] = await app.store.groups.findByNames(app.site.id, [groupName])
        const joined = known ?? (await app.directory.createGroup(actor, groupName))
        await app.directory.addMember(actor, joined.id, person.id)
      }
      await print(context, person, `${person.id}  ${person.displayName}`, options.json)
    })
}

function addProject(group: Command, context: CommandContext): void {
  group
    .command('add')
    .description('add a project')
    .argument('<key>', 'its key, such as APP')
    .requiredOption('--name <text>', 'its name')
    .option('--category <name>', 'category')
    .option('--lead <person>', 'who leads it')
    .option('--json', 'print the project as JSON')
    .action(async (key: string, { json, ...options }: ProjectOptions) => {
      const app = await context.app()
      const project = await app.directory.createProject(await app.localActor(), { key, ...options })
      await print(context, project, `${project.key}  ${project.name}`, json)
    })
}

function addIssue(group: Command, context: CommandContext): void {
  group
    .command('add')
    .description('add an issue; prints its key')
    .argument('<project>', 'project key')
    .argument('<summary>', 'what it is about')
    .option('--type <name>', 'issue type')
    .option('--assignee <person>', 'who works on it')
    .option('--estimate <time>', 'original estimate, such as 6h or 1h30', estimateValue)
    .option('--due <day>', 'due day', dayValue)
    .option('--label <name>', 'label; repeatable', listValue)
    .option('--json', 'print the issue as JSON')
    .action(async (project: string, summary: string, options: IssueOptions) => {
      const app = await context.app()
      const { type, assignee, estimate, due, label } = options
      const issue = await app.directory.createIssue(await app.localActor(), {
        project,
        summary,
        ...(type === undefined ? {} : { issueType: type }),
        ...(assignee === undefined ? {} : { assignee }),
        ...(estimate === undefined ? {} : { originalEstimateSeconds: Number(estimate) }),
        ...(due === undefined ? {} : { dueDay: due }),
        ...(label === undefined ? {} : { labels: label }),
      })
      await print(context, issue, issue.key, options.json)
    })
}

/** Seconds, as the text Commander hands on. */
function estimateValue(text: string): string {
  try {
    return String(parseWorked(text, { field: 'estimate' }).seconds)
  } catch (error) {
    if (error instanceof DomainError) throw new InvalidArgumentError(error.message)
    throw error
  }
}

async function print(
  { io }: CommandContext,
  value: unknown,
  line: string,
  asJson: boolean | undefined,
): Promise<void> {
  await io.out(asJson ? `${JSON.stringify(value)}\n` : `${line}\n`)
}
