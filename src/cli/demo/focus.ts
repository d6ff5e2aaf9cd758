import { addDays, type Day } from '../../domain/day.ts'
import type { DraftIssue } from './issue-drafts.ts'
import type { DemoPerson } from './people.ts'
import { projectShares } from './projects.ts'
import type { Random } from './random.ts'
import { teamOn } from './teams.ts'

/** What somebody works on in one week: a few issues, and the lasting ones for meetings. */
export type WeekFocus = {
  readonly week: Day
  issueOn(random: Random, day: Day, quarters: number): DraftIssue
}

/** Draws a person's week: issues of the team's projects, the person's own ones first. */
export function weeklyFocus(
  random: Random,
  person: DemoPerson,
  issues: readonly DraftIssue[],
  week: Day,
  today: Day,
): WeekFocus {
  const shares = projectShares[teamOn(person.username, week, today)]
  const isOpen = (issue: DraftIssue, day: Day) =>
    // A day apart at both ends: what is evening in one zone is already morning in another.
    issue.created < addDays(day, -1) && (issue.ended === null || issue.ended > addDays(day, 1))
  const [earliest, latest] = [addDays(week, 1), addDays(week, 3)]
  const candidates = issues.filter(
    (issue) =>
      !issue.isLasting &&
      !issue.isWaiting &&
      issue.type !== 'Epic' &&
      issue.created < latest &&
      (issue.ended === null || issue.ended > earliest),
  )
  const lasting = issues.filter((issue) => issue.isLasting)
  const of = (list: readonly DraftIssue[], key: string) =>
    list.filter((issue) => issue.projectKey === key)
  const weigh = (issue: DraftIssue) => [issue, issue.assignee === person.username ? 6 : 1] as const
  const chosen = Array.from({ length: 4 }, () => of(candidates, random.weighted(shares)))
    .filter((list) => list.length > 0)
    .map((list) => random.weighted(list.map(weigh)))
  const managing = person.job === 'manager' ? 0.5 : 0.06
  return {
    week,
    issueOn(stream, day, quarters) {
      const key = stream.weighted(shares)
      const isSmall = quarters <= 6 && stream.chance(0.55)
      const open = chosen.filter((issue) => isOpen(issue, day))
      if (isSmall || open.length === 0 || stream.chance(managing)) {
        const own = of(lasting, key)
        return own[0] !== undefined && isSmall ? own[0] : stream.pick(own)
      }
      return stream.pick(open)
    },
  }
}
