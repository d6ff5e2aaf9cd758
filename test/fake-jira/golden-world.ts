import { makeRandom } from '../../src/cli/demo/random.ts'
import { aClock, type HandClock } from '../clock.ts'
import { adfOf } from './adf.ts'
import { makeWorld, type World } from './world.ts'
import type { Issue, Person } from './world-types.ts'

const hour = 3_600_000
const day = 24 * hour

/** Where the golden world's first worklog starts: Monday, 5 January 2026. */
export const goldenStart = Date.UTC(2026, 0, 5)

/**
 * A small company with every quirk a sync meets: 10 people of several zones, 3 projects and one
 * nobody else sees, 40 issues, about 220 worklogs. The same at every call.
 */
export function aGoldenWorld({ clock = aClock(goldenStart) }: { clock?: HandClock } = {}) {
  const world = makeWorld({ clock })
  const people = goldenPeople(world)
  const projects = goldenProjects(world, people.grace)
  const issues = goldenIssues(world, projects, people)
  fillDays(world, issues, people)
  const special = addQuirks(world, issues, projects, people)
  // A world of the past is of no use where the last minute is withheld.
  clock.set(Math.max(clock.now(), goldenStart + 60 * day))
  return Object.assign(world, { golden: { people, projects, issues, ...special } })
}

function goldenPeople(world: World) {
  const person = (name: string, displayName: string, timeZone: string | undefined, more = {}) =>
    world.addUser({ name, displayName, timeZone, accountId: `5b10ac8d${name}`, ...more })
  const people = {
    grace: person('grace', 'Grace Hopper', 'America/New_York', { isAdmin: true }),
    jose: person('jose', 'José Núñez', 'Europe/Madrid'),
    wang: person('wang', '王小明', 'Asia/Shanghai', { locale: 'zh_CN' }),
    priya: person('priya', 'Priya Nair', 'Asia/Kolkata'),
    kiri: person('kiri', 'Kiri Te Awa', 'Pacific/Auckland', { emailAddress: undefined }),
    olaf: person('olaf', 'Olaf Grün', 'Europe/Berlin'),
    left: person('left', 'Lena Left', 'Europe/Berlin', { active: false }),
    robot: person('robot', 'Build Robot', 'UTC', { accountType: 'app' }),
    zoneless: person('no zone', 'Noa', undefined),
    ghost: person('ghost', 'Gus Gone', 'Europe/London'),
  }
  const { grace, jose, wang, olaf } = people
  world.addGroup('developers', [jose, wang, people.priya, people.kiri, people.left])
  world.addGroup('management', [grace, olaf])
  world.addGroup('jira-users', [world.admin, ...Object.values(people)])
  return people
}

type People = ReturnType<typeof goldenPeople>

function goldenProjects(world: World, lead: Person) {
  const category = { id: '10500', name: 'Customers' }
  const projects = {
    app: world.addProject({ key: 'APP', name: 'The App', lead }),
    ops: world.addProject({ key: 'OPS', name: 'Operations', category, lead }),
    web: world.addProject({ key: 'WEB', name: 'Website', category, lead }),
    secret: world.addProject({ key: 'SEC', name: 'Secret', lead }),
  }
  world.addRole(projects.app, 'Developers', [lead])
  // Nobody who syncs can browse it: its rows must never show up.
  world.hideProject(projects.secret, world.admin)
  return projects
}

type Projects = ReturnType<typeof goldenProjects>

function goldenIssues(world: World, { app, ops, web, secret }: Projects, people: People) {
  const statuses = ['To Do', 'In Progress', 'Done']
  const issues: Issue[] = []
  for (let at = 0; at < 38; at += 1) {
    const project = [app, ops, web][at % 3]!
    const assignee = Object.values(people)[at % 10]!
    const isOld = at % 4 === 0
    world.clock.advance(60_000)
    issues.push(
      world.addIssue({
        project,
        summary: at % 9 === 4 ? `修复登录页面 ${at}` : `Issue number ${at}`,
        type: ['Task', 'Bug', 'Story', 'Sub-task'][at % 4]!,
        status: statuses[at % 3]!,
        ...(isOld ? { originalEstimate: 8 * 3600 } : {}),
        fields: {
          assignee: at % 5 === 0 ? null : { personId: assignee.id },
          reporter: { personId: people.grace.id },
          labels: at % 2 === 0 ? ['billable'] : [],
          components: [{ id: String(10_600 + (at % 2)), name: at % 2 === 0 ? 'Core' : 'Shell' }],
          customfield_10100: at % 7,
        },
      }),
    )
  }
  issues.push(world.addIssue({ project: secret, summary: 'Hidden' }))
  issues.push(world.addIssue({ project: web, summary: 'Without any worklog' }))
  world.state.fieldNames.set('customfield_10100', 'Story Points')
  return issues
}

// Six weeks of working days; people log a day's work some hours later, in their own zone.
function fillDays(world: World, issues: readonly Issue[], people: People): void {
  const random = makeRandom(20260105)
  const writers = [people.jose, people.wang, people.priya, people.kiri, people.olaf, people.robot]
  const comments = ['', undefined, 'Review', '修复 bug', 'Zwei Zeilen\nTürschloss', '🚀 deploy']
  for (let at = 0; at < 42; at += 1) {
    const start = goldenStart + at * day
    if ([0, 6].includes(new Date(start).getUTCDay())) continue
    world.clock.set(Math.max(world.clock.now(), start + 20 * hour))
    for (const author of writers) {
      world.clock.advance(random.whole(1, 90) * 1000)
      world.logWork({
        issue: issues[random.whole(0, 36)]!,
        author,
        started: start + random.whole(-11, 23) * hour,
        timeSpentSeconds: random.whole(1, 32) * 900,
        comment: random.pick(comments),
      })
    }
  }
}

function addQuirks(world: World, issues: readonly Issue[], projects: Projects, people: People) {
  const { jose, olaf, grace, ghost, left, zoneless } = people
  const [busy, moving, hidden] = [issues[37]!, issues[3]!, issues[38]!]
  const crowd = Array.from({ length: 25 }, (_, at) =>
    world.logWork({ issue: busy, author: at % 2 ? jose : olaf, timeSpentSeconds: 60 * (at + 1) }),
  )
  const restricted = [
    world.logWork({
      issue: busy,
      author: grace,
      visibility: { type: 'group', value: 'management' },
    }),
    world.logWork({
      issue: issues[0]!,
      author: grace,
      visibility: { type: 'role', value: 'Developers' },
    }),
  ]
  const rich = world.logWork({ issue: busy, author: jose, comment: richComment })
  const byGhost = world.logWork({ issue: busy, author: ghost, comment: 'Last one' })
  world.forgetUser(ghost)
  const authorless = world.logWork({ issue: busy, author: jose, comment: 'Nobody wrote this' })
  world.forgetAuthor(authorless.id)
  const byInactive = world.logWork({ issue: busy, author: left })
  const zonelessRow = world.logWork({ issue: busy, author: zoneless })
  const secret = world.logWork({ issue: hidden, author: jose, comment: 'Not for you' })
  const edited = world.editWorklog(crowd[3]!.id, { timeSpentSeconds: 5400 }, grace)
  const deleted = crowd.at(-1)!
  world.logWork({ issue: busy, author: jose, comment: 'Twenty-fifth again' })
  world.deleteWorklog(deleted.id)
  const oldKey = moving.key
  world.moveIssue(moving, projects.ops)
  return {
    crowd,
    restricted,
    rich,
    byGhost,
    authorless,
    byInactive,
    zonelessRow,
    secret,
    edited,
    deleted,
    busy,
    moved: { issue: moving, oldKey },
  }
}

const richComment = {
  ...adfOf('A rich comment'),
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Done' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Fixed the ', marks: [{ type: 'strong' }] },
        { type: 'emoji', attrs: { shortName: ':lock:', text: '🔒' } },
        { type: 'hardBreak' },
        { type: 'mention', attrs: { id: '5b10ac8djose', text: '@José' } },
      ],
    },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }] }],
        },
      ],
    },
  ],
} as const
