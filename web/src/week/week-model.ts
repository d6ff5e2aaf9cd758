import type { WeekBody } from '../../../src/api/contract.ts'
import type { Day } from '../time/days.ts'
import type { Divergence } from './divergences.ts'
import { lockOfCell, type ShownLock } from './locks.ts'
import type { ShownWorklog } from './operations.ts'

export type IssueRef = WeekBody['favourites'][number]

/** What one person worked on one issue on one day. */
export type Cell = {
  readonly day: Day
  readonly seconds: number
  readonly worklogs: readonly ShownWorklog[]
  readonly lock: ShownLock | undefined
  /** Where a Jira has another version than we have. */
  readonly divergences: readonly Divergence[]
}

export type Row = {
  readonly issue: IssueRef
  readonly isFavourite: boolean
  readonly cells: readonly Cell[]
  readonly seconds: number
}

/**
 * Rows of the grid: favourites first as they were added, then what was logged, what a Jira says
 * otherwise, and what was asked for.
 */
export function rowsOf(
  week: Pick<WeekBody, 'days' | 'favourites' | 'divergences'>,
  worklogs: readonly ShownWorklog[],
  added: readonly IssueRef[],
): Row[] {
  const issues = new Map<string, IssueRef>()
  for (const issue of week.favourites) issues.set(issue.id, issue)
  const logged = worklogs.map(({ issue }) => issue).sort((a, b) => compareKeys(a.key, b.key))
  const diverging = week.divergences.map(({ issue }) => issue)
  for (const issue of [...logged, ...diverging, ...added])
    if (!issues.has(issue.id)) issues.set(issue.id, issue)
  const favourites = new Set(week.favourites.map(({ id }) => id))
  return [...issues.values()].map((issue) => {
    const cells = week.days.map(({ day }) => {
      const here = worklogs.filter((one) => one.issue.id === issue.id && one.day === day)
      const lock = lockOfCell(week, { day, worklogs: here })
      const divergences = week.divergences.filter(
        (one) => one.issue.id === issue.id && one.day === day,
      )
      return { day, worklogs: here, seconds: sum(here), lock, divergences }
    })
    const seconds = cells.reduce((total, cell) => total + cell.seconds, 0)
    return { issue, isFavourite: favourites.has(issue.id), cells, seconds }
  })
}

export function sum(worklogs: readonly { readonly timeSpentSeconds: number }[]): number {
  return worklogs.reduce((total, one) => total + one.timeSpentSeconds, 0)
}

/** `ABC-9` before `ABC-12`. */
function compareKeys(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** Seconds covered by at least one of the worklogs: what overlaps counts once. */
export function workedSeconds(
  worklogs: readonly { readonly startTime: string; readonly timeSpentSeconds: number }[],
): number {
  const spans = worklogs
    .map(({ startTime, timeSpentSeconds }) => {
      const [h = 0, m = 0, s = 0] = startTime.split(':').map(Number)
      const from = h * 3_600 + m * 60 + s
      return { from, to: from + timeSpentSeconds }
    })
    .sort((a, b) => a.from - b.from)
  let total = 0
  let end = 0
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return total
}
