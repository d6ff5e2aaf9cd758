import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { type DemoPerson, isEmployedOn } from './people.ts'
import { type DemoProject, projects } from './projects.ts'
import type { Random } from './random.ts'
import { type DemoIssueType, makeSummaries } from './summaries.ts'
import { teamOn } from './teams.ts'

/** An issue before anybody has worked on it. */
export type DraftIssue = {
  readonly key: string
  readonly projectKey: string
  readonly type: DemoIssueType
  readonly summary: string
  readonly parentKey: string | null
  readonly created: Day
  /** The day it was done; null while it is open. */
  readonly ended: Day | null
  /** Open for good: meetings and the like. */
  readonly isLasting: boolean
  /** Nobody has begun it yet. */
  readonly isWaiting: boolean
  readonly assignee: string
  readonly reporter: string
  readonly priority: string
}

type Unnumbered = {
  readonly values: Omit<DraftIssue, 'key' | 'parentKey'>
  readonly parent: Unnumbered | null
}

type Dates = { readonly start: Day; readonly today: Day }

/** Days from creation to the end, at least and at most. */
const lifetimes: Readonly<Record<DemoIssueType, readonly [number, number]>> = {
  Story: [14, 56],
  Task: [10, 42],
  Bug: [6, 24],
  Epic: [150, 300],
  'Sub-task': [7, 28],
}

/** The issues of all projects, numbered within each in the order they were created. */
export function draftIssues(
  random: Random,
  people: readonly DemoPerson[],
  dates: Dates,
): DraftIssue[] {
  return projects.flatMap((project) => {
    const found = draftProject(random.fork(project.key), project, people, dates)
    // Parents stand before their children, and a stable sort keeps that for issues of one day.
    const sorted = found.sort((a, b) => daysBetween(b.values.created, a.values.created))
    const keys = new Map(sorted.map((issue, at) => [issue, `${project.key}-${at + 1}`]))
    return sorted.map((issue) => ({
      ...issue.values,
      key: keys.get(issue)!,
      parentKey: issue.parent && keys.get(issue.parent)!,
    }))
  })
}

function draftProject(
  random: Random,
  project: DemoProject,
  people: readonly DemoPerson[],
  dates: Dates,
): Unnumbered[] {
  const earliest = addDays(dates.start, -40)
  const span = daysBetween(earliest, dates.today) - 1
  const summaries = makeSummaries(random.fork('summaries'), project.subjects)
  const draft = (
    type: DemoIssueType,
    summary: string,
    created: Day,
    more: { parent?: Unnumbered; isLasting?: boolean } = {},
  ): Unnumbered => ({
    values: {
      projectKey: project.key,
      type,
      summary,
      created,
      ...(more.isLasting
        ? { ended: null, isLasting: true, isWaiting: false }
        : { ...endingOf(random, type, created, dates.today), isLasting: false }),
      ...peopleOf(random, project, people, created, dates),
      priority: random.weighted([
        ['Medium', 60],
        ['High', 20],
        ['Low', 14],
        ['Highest', 6],
      ]),
    },
    parent: more.parent ?? null,
  })

  const found = project.lasting.map((summary) =>
    draft('Task', summary, earliest, { isLasting: true }),
  )
  const epics = project.epics.map((summary, at) =>
    draft('Epic', summary, addDays(earliest, Math.floor((span * at) / project.epics.length))),
  )
  found.push(...epics)
  const stories: Unnumbered[] = []
  while (found.length < project.issueCount) {
    const created = addDays(earliest, random.whole(0, span))
    const type = random.weighted([
      ['Story', 34],
      ['Task', 28],
      ['Bug', 24],
      ['Sub-task', 14],
    ] as const)
    const epic = epics.filter((one) => isOpenOn(one, created)).at(-1)
    if (type === 'Sub-task') {
      const parent = stories.filter((one) => isOpenOn(one, created)).at(-1)
      if (parent)
        found.push(draft(type, summaries.under(parent.values.summary), created, { parent }))
      continue
    }
    const hasEpic = epic !== undefined && type === 'Story' && random.chance(0.8)
    const issue = draft(type, summaries.of(type), created, hasEpic ? { parent: epic } : {})
    if (type === 'Story') stories.push(issue)
    found.push(issue)
  }
  return found
}

function isOpenOn({ values }: Unnumbered, day: Day): boolean {
  return values.created <= day && (values.ended === null || day < values.ended)
}

function endingOf(random: Random, type: DemoIssueType, created: Day, today: Day) {
  // What every backlog collects: nobody ever began it.
  if (type !== 'Epic' && random.chance(0.06)) return { ended: null, isWaiting: true }
  const [least, most] = lifetimes[type]
  const ended = addDays(created, random.whole(least, most))
  if (ended < today) return { ended, isWaiting: false }
  return { ended: null, isWaiting: daysBetween(created, today) < 25 && random.chance(0.5) }
}

/** An assignee of the project's own team and a reporter from anywhere, both there at the time. */
function peopleOf(
  random: Random,
  project: DemoProject,
  people: readonly DemoPerson[],
  created: Day,
  { start, today }: Dates,
) {
  const day = created < start ? start : created
  const present = people.filter((person) => isEmployedOn(person, day))
  const own = present.filter(({ username }) => teamOn(username, day, today) === project.team)
  return { assignee: random.pick(own).username, reporter: random.pick(present).username }
}
