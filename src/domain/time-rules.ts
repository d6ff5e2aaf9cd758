import { isDay } from './day.ts'
import { checkFresh, checkMay, noteChange, startChecks } from './directory-checks.ts'
import type { Actor } from './permission.ts'
import { type PeriodRule, type SubmitRules, severities, type TimeRules } from './rules.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

/** The rules with the weekday weeks begin with, which reports follow as well. */
export type SiteRules = TimeRules & { readonly firstWeekday: 1 | 7; readonly version: number }

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
      return { ...rules, firstWeekday: site.firstWeekday, version }
    },
    change: (actor, change, ifVersion) =>
      store.write(actor.siteId, async (tx) => {
        checkMay(actor, 'administer', { type: 'calendar' }, 'change the rules of the site')
        const site = await tx.sites.get(actor.siteId)
        const { rules: before, version } = await tx.rules.get(actor.siteId)
        checkFresh({ version }, ifVersion)
        const { firstWeekday = site.firstWeekday, submit, ...rest } = change
        const given = Object.entries(rest).filter(([, value]) => value !== undefined)
        const rules: TimeRules = {
          ...before,
          ...Object.fromEntries(given),
          submit: { ...before.submit, ...submit },
        }
        checkRules(rules)
        const after = { rules, version: tx.takeVersions(1) }
        await tx.rules.put(actor.siteId, after)
        if (firstWeekday !== site.firstWeekday)
          await tx.sites.setFirstWeekday(actor.siteId, firstWeekday)
        noteChange(
          { tx, actor, now: now() },
          'rules.update',
          String(actor.siteId),
          { ...before, firstWeekday: site.firstWeekday },
          { ...rules, firstWeekday },
        )
        return { ...rules, firstWeekday, version: after.version }
      }),
  }
}

function checkRules(rules: TimeRules): void {
  const checks = startChecks()
  const whole = (field: string, value: number | null, least: number, most: number) => {
    if (value === null) return
    if (!Number.isInteger(value) || value < least || value > most)
      checks.wrong(field, `must be a whole number from ${least} to ${most}`)
  }
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
