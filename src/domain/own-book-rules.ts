import type { Day } from './day.ts'
import type { Person, PersonId } from './person.ts'
import { checkComment, checkDayTotal, checkNotTooFar, type TimeRules } from './rules.ts'
import type { SiteId } from './site.ts'
import type { Writing } from './store.ts'
import type { Worklog } from './worklog.ts'
import type { EntryChange } from './worklog-book.ts'
import { type Instant, localIn } from './zone.ts'

type Row = Pick<Worklog, 'authorId' | 'day' | 'timeSpentSeconds' | 'comment' | 'deletedAt'>

/** The rules of the site over a batch of writes; it keeps count of what the batch itself adds. */
export type RuleGuard = {
  readonly rules: TimeRules
  checkNew(author: Person, row: Row, now: Instant): void
  /** Only what a change touches is looked at: older rows may be older than the rules. */
  checkChange(change: EntryChange, author: Person, before: Row, after: Row, now: Instant): void
  /** Counts a row that was accepted. */
  note(before: Row | undefined, after: Row): void
}

/** Reads the rules, and where days are bounded what these people logged on these days. */
export async function prepareRules(
  tx: Writing,
  siteId: SiteId,
  { siteZone, personIds, days }: { siteZone: string; personIds: readonly PersonId[]; days: Day[] },
): Promise<RuleGuard> {
  const { rules } = await tx.rules.get(siteId)
  const totals = new Map<string, number>()
  const place = ({ authorId, day }: Row) => `${authorId} ${day}`
  const add = (row: Row, seconds: number) => {
    totals.set(place(row), (totals.get(place(row)) ?? 0) + seconds)
  }
  const sorted = [...days].sort()
  const [from, to] = [sorted[0], sorted.at(-1)]
  if (rules.maxSecondsPerDay !== null && from !== undefined && to !== undefined)
    for (const one of await tx.approvals.dayTotals(siteId, personIds, { from, to }))
      totals.set(`${one.personId} ${one.day}`, one.seconds)
  const today = (author: Person, now: Instant) => localIn(author.timeZone ?? siteZone, now).day
  return {
    rules,
    checkNew(author, row, now) {
      checkComment(rules, row.comment)
      checkNotTooFar(rules, row.day, today(author, now))
      checkDayTotal(rules, row.day, (totals.get(place(row)) ?? 0) + row.timeSpentSeconds)
    },
    checkChange(change, author, before, after, now) {
      if (change.comment !== undefined) checkComment(rules, after.comment)
      if (after.day !== before.day) checkNotTooFar(rules, after.day, today(author, now))
      const isSamePlace = place(after) === place(before)
      const others = (totals.get(place(after)) ?? 0) - (isSamePlace ? before.timeSpentSeconds : 0)
      if (!isSamePlace || after.timeSpentSeconds > before.timeSpentSeconds)
        checkDayTotal(rules, after.day, others + after.timeSpentSeconds)
    },
    note(before, after) {
      if (before && before.deletedAt === null) add(before, -before.timeSpentSeconds)
      if (after.deletedAt === null) add(after, after.timeSpentSeconds)
    },
  }
}
