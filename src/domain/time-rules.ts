import { isDay } from './day.ts'
import { checkFresh, checkMay, noteChange, startChecks } from './directory-checks.ts'
import type { Actor } from './permission.ts'
import { type PeriodRule, type SubmitRules, severities, type TimeRules } from './rules.ts'
import type { Site, SiteWeek } from './site.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

/** The rules with what a week is, which reports and durations follow as well. */
export type SiteRules = TimeRules & SiteWeek & { readonly version: number }

export type RulesChange = Partial<Omit<SiteRules, 'version' | 'submit'>> & {
  readonly submit?: Partial<SubmitRules>
}

/** Use cases on the rules of the site: everybody reads, administrators change. */
export type Rules = {
  get(actor: Actor): Promise<SiteRules>
  change(actor: Actor, change: RulesChange, ifVersion?: number): Promise<SiteRules>
}

export function makeRules({ store, now }: { store: Store; now: () => Instant }): Rules {
  return {
    async get({ siteId }) {
      const [{ rules, version }, site] = [
        await store.rules.get(siteId),
        await store.sites.get(siteId),
      ]
      return { ...rules, ...weekOf(site), version }
    },
    change: (actor, change, ifVersion) =>
      store.write(actor.siteId, async (tx) => {
        checkMay(actor, 'administer', { type: 'calendar' }, 'change the rules of the site')
        const week = weekOf(await tx.sites.get(actor.siteId))
        const { rules: before, version } = await tx.rules.get(actor.siteId)
        checkFresh({ version }, ifVersion)
        const {
          firstWeekday = week.firstWeekday,
          workingHoursPerDay = week.workingHoursPerDay,
          workingDaysPerWeek = week.workingDaysPerWeek,
          submit,
          ...rest
        } = change
        const newWeek = { firstWeekday, workingHoursPerDay, workingDaysPerWeek }
        const given = Object.entries(rest).filter(([, value]) => value !== undefined)
        const rules: TimeRules = {
          ...before,
          ...Object.fromEntries(given),
          submit: { ...before.submit, ...submit },
        }
        checkRules(rules, newWeek)
        const after = { rules, version: tx.takeVersions(1) }
        await tx.rules.put(actor.siteId, after)
        await tx.sites.setWeek(actor.siteId, newWeek)
        noteChange(
          { tx, actor, now: now() },
          'rules.update',
          String(actor.siteId),
          { ...before, ...week },
          { ...rules, ...newWeek },
        )
        return { ...rules, ...newWeek, version: after.version }
      }),
  }
}

function weekOf({ firstWeekday, workingHoursPerDay, workingDaysPerWeek }: Site): SiteWeek {
  return { firstWeekday, workingHoursPerDay, workingDaysPerWeek }
}

function checkRules(rules: TimeRules, week: SiteWeek): void {
  const checks = startChecks()
  const whole = (field: string, value: number | null, least: number, most: number) => {
    if (value === null) return
    if (!Number.isInteger(value) || value < least || value > most)
      checks.wrong(field, `must be a whole number from ${least} to ${most}`)
  }
  const quarters = (field: keyof SiteWeek, least: number, most: number) => {
    const value = week[field]
    if (!Number.isInteger(value * 4) || value < least || value > most)
      checks.wrong(field, `must be from ${least} to ${most}, in quarters`)
  }
  quarters('workingHoursPerDay', 1, 24)
  quarters('workingDaysPerWeek', 1, 7)
  const problem = periodProblem(rules.period)
  if (problem) checks.wrong('period', problem)
  whole('futureDays', rules.futureDays, 0, 36_500)
  whole('maxSecondsPerDay', rules.maxSecondsPerDay, 60, 36_000_000)
  whole('submit.longDaySeconds', rules.submit.longDaySeconds, 60, 86_400)
  for (const field of ['missingTime', 'missingComment', 'longDay'] as const)
    if (!severities.includes(rules.submit[field]))
      checks.wrong(`submit.${field}`, `must be one of ${severities.join(', ')}`)
  checks.finish('The rules cannot be accepted')
}

function periodProblem(rule: PeriodRule): string | undefined {
  const isWhole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most
  switch (rule.kind) {
    case 'week':
      return isWhole(rule.firstWeekday, 1, 7) ? undefined : 'weeks begin on a weekday from 1 to 7'
    case 'month':
      return isWhole(rule.firstDay, 1, 28) ? undefined : 'months begin on a day from 1 to 28'
    case 'days':
      if (!isDay(rule.from)) return 'runs of days are counted from a day'
      return isWhole(rule.length, 1, 366) ? undefined : 'runs last from 1 to 366 days'
  }
}
