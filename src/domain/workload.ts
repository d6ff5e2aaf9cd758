import { type Amounts, addShare, addWhole, hasFraction, noAmounts } from './amounts.ts'
import { type Day, epochOfDay, type Period } from './day.ts'
import type { PlanKind } from './event.ts'
import { isWorking, makeCalendar, type PersonSchedule, type WorkCalendar } from './work-calendar.ts'

/** What of an event or a scheduled issue decides figures. */
export type PlanItem = {
  readonly kind: PlanKind
  readonly from: Day
  readonly to: Day
  /** Seconds on each working day: bookings, partial days off, overtime, issues planned by the day. */
  readonly secondsPerDay: number | null
  /** Seconds still to do over the whole span: placeholders and issues. */
  readonly remainingSeconds: number
  readonly isApproved: boolean
  /** What work is told apart by, such as a project's key. */
  readonly group: string
  /** Loads its days also where the person does not work: they were named one by one. */
  readonly onAnyDay?: boolean
}

/**
 * How a remaining estimate spreads: `balance` gives each working day the same, `liquid` fills the
 * days from the first on.
 */
export const spreadRules = ['balance', 'liquid'] as const

export type SpreadRule = (typeof spreadRules)[number]

/** `fromToday` spreads what remains over what is left; days before today carry nothing. */
export const workloadScopes = ['all', 'fromToday'] as const

export type WorkloadScope = (typeof workloadScopes)[number]

export type WorkloadRules = {
  readonly spread: SpreadRule
  readonly scope: WorkloadScope
  /** Read only by `fromToday`. */
  readonly today: Day
  readonly countsUnapprovedAbsence: boolean
}

/** One person's days of the window, by index from its first day. */
export type PersonLoad = {
  /** The first day of the window, counted from 1970-01-01. */
  readonly first: number
  readonly days: number
  readonly baseSeconds: Int32Array
  readonly capacitySeconds: Int32Array
  readonly isAbsent: Uint8Array
  readonly load: Amounts
  /** The same load by group; only where groups were asked for. */
  readonly groups: ReadonlyMap<string, Amounts>
}

/**
 * Workload and capacity of one person in a window, by the rules of docs/planning.md. `items` must
 * hold everything that meets the window, and every absence that meets the span of one of those: a
 * span counts whole, whatever window is asked.
 */
export function loadOf(
  schedule: PersonSchedule,
  items: readonly PlanItem[],
  window: Period,
  rules: WorkloadRules,
  { withGroups = false }: { withGroups?: boolean } = {},
): PersonLoad {
  const first = epochOfDay(window.from)
  const last = epochOfDay(window.to)
  const days = last - first + 1
  const bounds = spanOf(items, first, last)
  const calendar = makeCalendar(schedule, items, {
    ...bounds,
    countsUnapproved: rules.countsUnapprovedAbsence,
  })
  const load = noAmounts(days)
  const groups = new Map<string, Amounts>()
  const today = rules.scope === 'fromToday' ? epochOfDay(rules.today) : Number.NEGATIVE_INFINITY
  for (const item of items) {
    if (!isWork(item.kind)) continue
    const targets = [load]
    if (withGroups) {
      const group = groups.get(item.group) ?? noAmounts(days)
      groups.set(item.group, group)
      targets.push(group)
    }
    for (const target of targets)
      spread(target, item, calendar, { first, last, today, rule: rules.spread })
  }
  const offset = first - calendar.first
  return {
    first,
    days,
    baseSeconds: calendar.base.subarray(offset, offset + days),
    capacitySeconds: calendar.capacity.subarray(offset, offset + days),
    isAbsent: calendar.absent.subarray(offset, offset + days),
    load,
    groups,
  }
}

/** Capacity less load of a day in whole seconds, rounded down; negative where too much is planned. */
export function signedAvailability({ capacitySeconds, load }: PersonLoad, at: number): number {
  return capacitySeconds[at]! - load.whole[at]! - (hasFraction(load, at) ? 1 : 0)
}

/** Kinds that load a person; the others change what the person can do, or nothing. */
export function isWork(kind: PlanKind): boolean {
  return kind === 'booking' || kind === 'placeholder' || kind === 'issue'
}

/** Whether an item is a total spread over working days, so that days outside a window decide it. */
export function isSpread({
  kind,
  secondsPerDay,
}: Pick<PlanItem, 'kind' | 'secondsPerDay'>): boolean {
  return kind === 'placeholder' || (kind === 'issue' && secondsPerDay === null)
}

/** The window and the spans of everything spread over days, from the first day to the last. */
function spanOf(
  items: readonly PlanItem[],
  first: number,
  last: number,
): { first: number; last: number } {
  let [from, to] = [first, last]
  for (const item of items) {
    if (!isSpread(item)) continue
    from = Math.min(from, epochOfDay(item.from))
    to = Math.max(to, epochOfDay(item.to))
  }
  return { first: from, last: to }
}

type Window = {
  readonly first: number
  readonly last: number
  readonly today: number
  readonly rule: SpreadRule
}

function spread(target: Amounts, item: PlanItem, calendar: WorkCalendar, window: Window): void {
  const from = Math.max(epochOfDay(item.from), window.today)
  const to = epochOfDay(item.to)
  const [firstShown, lastShown] = [Math.max(from, window.first), Math.min(to, window.last)]
  if (firstShown > lastShown) return
  if (!isSpread(item)) {
    const perDay = item.secondsPerDay ?? 0
    for (let day = firstShown; day <= lastShown; day += 1)
      if (item.onAnyDay || isWorking(calendar, day - calendar.first))
        addWhole(target, day - window.first, perDay)
    return
  }
  const seconds = item.remainingSeconds
  const before = calendar.workingBefore[from - calendar.first]!
  const parts = calendar.workingBefore[to - calendar.first + 1]! - before
  if (parts === 0 || seconds <= 0) return
  if (window.rule === 'liquid') {
    pour(target, seconds, calendar, { from, to, parts, window })
    return
  }
  for (let day = firstShown; day <= lastShown; day += 1)
    if (isWorking(calendar, day - calendar.first))
      addShare(target, day - window.first, seconds, parts)
}

/** Each working day takes what the person works that day; what is left falls on the last. */
function pour(
  target: Amounts,
  seconds: number,
  calendar: WorkCalendar,
  { from, to, parts, window }: { from: number; to: number; parts: number; window: Window },
): void {
  let rest = seconds
  let left = parts
  for (let day = from; day <= to && rest > 0; day += 1) {
    const at = day - calendar.first
    if (!isWorking(calendar, at)) continue
    left -= 1
    const taken = left === 0 ? rest : Math.min(rest, calendar.base[at]!)
    rest -= taken
    if (day >= window.first && day <= window.last) addWhole(target, day - window.first, taken)
  }
}
