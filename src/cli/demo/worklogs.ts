import { addDays, type Day, startOfWeek, weekday } from '../../domain/day.ts'
import { type Instant, instantOf, localIn } from '../../domain/zone.ts'
import { commentFor, type DemoCategory, formulaComments } from './comments.ts'
import { type WeekFocus, weeklyFocus } from './focus.ts'
import type { DraftIssue } from './issue-drafts.ts'
import type { DemoPerson } from './people.ts'
import { type DemoProject, projects } from './projects.ts'
import type { Random } from './random.ts'
import type { Job } from './roster.ts'
import { type Stretch, stretchesOf } from './working-days.ts'

/** One row of somebody's timesheet; people by username, the issue by key. */
export type DemoWorklog = {
  readonly issueKey: string
  readonly author: string
  readonly updateAuthor: string
  readonly startedAt: Instant
  readonly day: Day
  readonly startTime: string
  readonly offsetSeconds: number
  readonly timeSpentSeconds: number
  readonly billableSeconds: number | null
  readonly comment: string
  readonly category: DemoCategory | null
  readonly visibility: { readonly type: 'group'; readonly value: string } | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

type Author = {
  readonly person: DemoPerson
  /** Who corrects this person's rows now and then. */
  readonly lead: string
  readonly days: readonly Day[]
}

const minute = 60_000
const projectOf = new Map(projects.map((project) => [project.key, project]))

const usualCategory: Readonly<Record<Job, DemoCategory>> = {
  developer: 'Development',
  designer: 'Design',
  tester: 'Testing',
  consultant: 'Consulting',
  supporter: 'Support',
  manager: 'Administration',
}

/** All rows of one author, in order of the work. */
export function worklogsOf(
  random: Random,
  author: Author,
  issues: readonly DraftIssue[],
  today: Day,
): DemoWorklog[] {
  let focus: WeekFocus | undefined
  return author.days.flatMap((day) => {
    const week = startOfWeek(day)
    if (focus?.week !== week) focus = weeklyFocus(random, author.person, issues, week, today)
    const { issueOn } = focus
    return stretchesOf(random, author.person, day).map((stretch) =>
      rowOf(random, author, issueOn(random, day, stretch.quarters), day, stretch, today),
    )
  })
}

function rowOf(
  random: Random,
  { person, lead }: Author,
  issue: DraftIssue,
  day: Day,
  { from, quarters }: Stretch,
  today: Day,
): DemoWorklog {
  const clock = `${two(Math.floor(from / 4))}:${two((from % 4) * 15)}`
  const { instant } = instantOf(day, clock, person.timeZone)
  const timeSpentSeconds = quarters * 900
  const project = projectOf.get(issue.projectKey)!
  const category = categoryOf(random, person, issue)
  const createdAt = createdAfter(random, person, day, instant + timeSpentSeconds * 1000, today)
  const isChanged = day < addDays(today, -12) && random.chance(0.06)
  const byLead = random.chance(isChanged ? 0.3 : 0.01)
  return {
    issueKey: issue.key,
    author: person.username,
    updateAuthor: byLead ? lead : person.username,
    startedAt: instant,
    ...localIn(person.timeZone, instant),
    timeSpentSeconds,
    billableSeconds: billableOf(random, project, issue, quarters),
    comment: commentFor(random, person, issue, category),
    category: random.chance(0.06) ? null : category,
    visibility: visibilityOf(random, person, project),
    createdAt,
    updatedAt: isChanged ? createdAt + random.whole(20, 3 * 1440) * minute : createdAt,
  }
}

function categoryOf(random: Random, person: DemoPerson, issue: DraftIssue): DemoCategory {
  if (/meetings/i.test(issue.summary)) return 'Meeting'
  if (issue.isLasting && issue.projectKey === 'INT') return 'Administration'
  if (issue.projectKey === 'OPS') return random.chance(0.75) ? 'Support' : usualCategory[person.job]
  if (issue.type === 'Bug' && random.chance(0.2)) return 'Support'
  return random.chance(0.1) ? 'Meeting' : usualCategory[person.job]
}

/** Null where nobody said; otherwise what the customer pays for, at most the time spent. */
function billableOf(
  random: Random,
  project: DemoProject,
  issue: DraftIssue,
  quarters: number,
): number | null {
  if (!project.isBilled) return project.key === 'INT' || random.chance(0.5) ? 0 : null
  if (issue.isLasting && random.chance(0.3)) return 0
  return random.chance(0.15) ? Math.floor(quarters * random.next()) * 900 : null
}

function visibilityOf(random: Random, person: DemoPerson, project: DemoProject) {
  if (project.isBilled && person.job === 'consultant' && random.chance(0.04))
    return { type: 'group', value: 'consultants' } as const
  if (project.key === 'PLAT' && random.chance(0.005))
    return { type: 'group', value: 'developers' } as const
  return null
}

/** Mostly soon after the work, some the next working morning, a few a week late; never after today. */
function createdAfter(
  random: Random,
  person: DemoPerson,
  day: Day,
  end: Instant,
  today: Day,
): Instant {
  const soon = end + random.whole(1, 75) * minute + random.whole(0, 59) * 1000
  const daysLater = random.weighted([
    [0, 86],
    [weekday(day) >= 5 ? 3 : 1, 11],
    [7, 3],
  ])
  const later = addDays(day, daysLater)
  if (daysLater === 0 || later >= today) return soon
  return instantOf(later, `08:${two(random.whole(10, 59))}`, person.timeZone).instant
}

/** Puts the two comments that look like formulas on rows of the last weeks. */
export function withFormulaComments(rows: readonly DemoWorklog[], today: Day): DemoWorklog[] {
  const recent = rows.filter(
    (row) => row.day >= addDays(today, -21) && row.visibility === null && row.comment !== '',
  )
  const targets = new Map(
    formulaComments.map((text, at) => [recent[Math.floor((recent.length * (at + 1)) / 3)], text]),
  )
  return rows.map((row) => ({ ...row, comment: targets.get(row) ?? row.comment }))
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
