import type { WeekBody } from '../../../src/api/contract.ts'
import type { Format } from '../time/format.ts'
import type { ShownWorklog } from './operations.ts'
import type { Cell } from './week-model.ts'
import type { useWeekTexts } from './week-texts.ts'

type DayLock = NonNullable<WeekBody['days'][number]['lock']>

/** What holds a day, or a single worklog that somebody approved. */
export type ShownLock = DayLock | (Pick<DayLock, 'by' | 'at'> & { reason: 'worklog-approved' })

/** What keeps a worklog from being changed, if anything. */
export function lockOf(
  week: Pick<WeekBody, 'days'>,
  { day, approval }: Pick<ShownWorklog, 'day'> & Partial<Pick<ShownWorklog, 'approval'>>,
): ShownLock | undefined {
  const lock = week.days.find((one) => one.day === day)?.lock
  return lock ?? (approval && { reason: 'worklog-approved', by: approval.by, at: approval.at })
}

/** What holds a whole cell: its day, or that every worklog in it is approved. */
export function lockOfCell(
  week: Pick<WeekBody, 'days'>,
  { day, worklogs }: Pick<Cell, 'day' | 'worklogs'>,
): ShownLock | undefined {
  const [first] = worklogs
  if (!first || worklogs.some(({ approval }) => !approval)) return lockOf(week, { day })
  return lockOf(week, first)
}

/** Why something does not change: what locked it, who, and when. */
export function lockText(
  t: ReturnType<typeof useWeekTexts>,
  format: Format,
  lock: ShownLock,
): string {
  const who = lock.by?.displayName
  const when = lock.at === null ? undefined : format.date(lock.at)
  if (lock.reason === 'worklog-approved') return t.lockedWorklog(who, when)
  const range = format.range(lock.from, lock.to)
  return lock.reason === 'timesheet-approved'
    ? t.lockedApproved(range, who, when)
    : t.lockedClosed(range, who, when)
}
