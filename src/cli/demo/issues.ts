import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { type Instant, instantOf } from '../../domain/zone.ts'
import type { DraftIssue } from './issue-drafts.ts'
import type { DemoPerson } from './people.ts'
import { type DemoProject, projects } from './projects.ts'
import type { Random } from './random.ts'
import type { DemoIssueType } from './summaries.ts'
import type { DemoWorklog } from './worklogs.ts'

/** An issue as it stands today; people by username, parent by key. */
export type DemoIssue = {
  readonly key: string
  readonly projectKey: string
  readonly summary: string
  readonly issueType: DemoIssueType
  readonly status: string
  readonly statusCategory: 'new' | 'indeterminate' | 'done'
  readonly priority: string
  readonly resolution: string | null
  readonly assignee: string | null
  readonly reporter: string
  readonly parentKey: string | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly fixVersions: readonly string[]
  readonly affectedVersions: readonly string[]
  readonly sprints: readonly string[]
  readonly originalEstimateSeconds: number | null
  readonly remainingEstimateSeconds: number | null
  readonly dueDay: Day | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly resolvedAt: Instant | null
  readonly fields: Readonly<Record<string, unknown>>
}

/** What happened on an issue: needed for its estimates and its time of change. */
type Spent = { seconds: number; updatedAt: Instant }

/** The finished issues, in order of creation: estimates follow from the hours really spent. */
export function makeIssues(
  random: Random,
  drafts: readonly DraftIssue[],
  worklogs: readonly DemoWorklog[],
  people: readonly DemoPerson[],
  { start, today }: { start: Day; today: Day },
): DemoIssue[] {
  const spent = new Map<string, Spent>()
  for (const row of worklogs) {
    const sum = spent.get(row.issueKey) ?? { seconds: 0, updatedAt: 0 }
    sum.seconds += row.timeSpentSeconds
    sum.updatedAt = Math.max(sum.updatedAt, row.updatedAt)
    spent.set(row.issueKey, sum)
  }
  const zones = new Map(people.map((person) => [person.username, person.timeZone]))
  const projectOf = new Map(projects.map((project) => [project.key, project]))
  return drafts.map((draft) => {
    const project = projectOf.get(draft.projectKey)!
    const zone = zones.get(draft.reporter)!
    const createdAt = instantOf(draft.created, '09:00', zone).instant
    const isDone = draft.ended !== null
    const resolvedAt = draft.ended && instantOf(draft.ended, '16:45', zone).instant
    const work = spent.get(draft.key)
    const isPlain = !draft.isLasting && draft.type !== 'Epic'
    const estimate = isPlain ? estimateOf(random, work?.seconds ?? 0) : null
    const isStarted = isDone || work !== undefined || draft.type === 'Epic'
    const hasSprint = isStarted && isPlain
    return {
      key: draft.key,
      projectKey: draft.projectKey,
      summary: draft.summary,
      issueType: draft.type,
      ...statusOf(random, isDone, isStarted),
      priority: draft.priority,
      resolution: isDone
        ? random.weighted([
            ['Done', 93],
            ["Won't Do", 4],
            ['Duplicate', 3],
          ])
        : null,
      assignee: draft.isLasting || (!isStarted && random.chance(0.4)) ? null : draft.assignee,
      reporter: draft.reporter,
      parentKey: draft.parentKey,
      labels: someOf(random, project.labels, 0.3),
      components: someOf(random, project.components, 0.35),
      fixVersions: draft.ended && !draft.isLasting ? [versionOf(draft.ended)] : [],
      affectedVersions: draft.type === 'Bug' ? [versionOf(addDays(draft.created, -60))] : [],
      sprints: hasSprint ? sprintsOf(project, start, draft.created, draft.ended ?? today) : [],
      originalEstimateSeconds: estimate,
      remainingEstimateSeconds:
        estimate === null ? null : isDone ? 0 : Math.max(0, estimate - (work?.seconds ?? 0)),
      dueDay: random.chance(0.25) && !draft.isLasting ? addDays(draft.created, 30) : null,
      createdAt,
      updatedAt: Math.max(createdAt, resolvedAt ?? 0, work?.updatedAt ?? 0),
      resolvedAt,
      fields: fieldsOf(random, draft, project),
    }
  })
}

function statusOf(random: Random, isDone: boolean, isStarted: boolean) {
  if (isDone) return { status: 'Done', statusCategory: 'done' } as const
  if (!isStarted) return { status: 'To Do', statusCategory: 'new' } as const
  const status = random.weighted([
    ['In Progress', 6],
    ['In Review', 3],
    ['Blocked', 1],
  ])
  return { status, statusCategory: 'indeterminate' } as const
}

/** Whole hours, now and then far off the mark: reports of estimates need something to show. */
function estimateOf(random: Random, spentSeconds: number): number | null {
  if (random.chance(0.2)) return null
  if (spentSeconds === 0) return random.pick([1, 2, 4, 8, 16, 24]) * 3600
  return Math.max(1, Math.round((spentSeconds / 3600) * (0.6 + random.next() * 0.8))) * 3600
}

function fieldsOf(random: Random, draft: DraftIssue, project: DemoProject) {
  const fields: Record<string, unknown> = {}
  if (draft.type === 'Story') fields.customfield_10016 = random.pick([1, 2, 3, 5, 8, 13])
  if (draft.type === 'Story' && draft.parentKey !== null) fields.customfield_10014 = draft.parentKey
  if (project.customer !== null)
    fields.customfield_10041 = {
      id: project.key === 'ORCA' ? '10101' : '10102',
      value: project.customer,
    }
  if (random.chance(0.4)) fields.customfield_10042 = random.pick(['CC-100', 'CC-210', 'CC-320'])
  if (draft.type === 'Bug' && random.chance(0.5))
    fields.customfield_10043 = random.pick(['Production', 'Staging'])
  return fields
}

function someOf(random: Random, values: readonly string[], probability: number): string[] {
  return values.filter(() => random.chance(probability))
}

/** One release a month, named by year and month. */
function versionOf(day: Day): string {
  return `${day.slice(0, 4)}.${Number(day.slice(5, 7))}`
}

/** Sprints last two weeks; an issue drags through at most three. */
function sprintsOf(project: DemoProject, start: Day, from: Day, to: Day): string[] {
  const numberOn = (day: Day) => Math.max(1, Math.floor(daysBetween(start, day) / 14) + 1)
  const [first, last] = [numberOn(from), numberOn(to)]
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  return numbers.slice(-3).map((number) => `${project.key} Sprint ${number}`)
}
