import { NativeSelect, Switch } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PeriodsAnswer, SiteRules } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './admin.module.css'
import { usePeriodsTexts } from './periods-texts.ts'
import { Scroller } from './scroller.tsx'
import { TypedField } from './typed-field.tsx'
import { useSettings } from './use-settings.ts'

type Rules = Static<typeof SiteRules>
type Change = ReturnType<typeof useSettings<Rules>>['change']
type PartProps = { readonly rules: Rules; readonly change: Change }

const aMonday = '2024-01-01'
const daysBack = 92
const daysAhead = 92

/** How time is cut into periods, what they come to, and the rules when time is logged. */
export function PeriodsScreen() {
  const t = usePeriodsTexts()
  const { query, change } = useSettings<Rules>('/rules')
  if (query.isPending) return <Skeleton lines={12} height={24} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const rules = query.data
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      <div className={classes.columns}>
        <div>
          <PeriodRule rules={rules} change={change} />
          <LoggingRules rules={rules} change={change} />
          <SubmitRules rules={rules} change={change} />
        </div>
        <PeriodList rule={rules.period} />
      </div>
    </>
  )
}

function PeriodRule({ rules, change }: PartProps) {
  const t = usePeriodsTexts()
  const today = useToday()
  const { period } = rules
  const set = (next: Rules['period']) => change(t.rule, { period: next })
  const usual = {
    week: { kind: 'week', firstWeekday: rules.firstWeekday },
    month: { kind: 'month', firstDay: 1 },
    days: { kind: 'days', from: today, length: 14 },
  } as const
  return (
    <section className={classes.section} aria-labelledby="period-rule">
      <h2 id="period-rule">{t.rule}</h2>
      <div className={classes.fields}>
        <NativeSelect
          label={t.kind}
          value={period.kind}
          onChange={(event) => set(usual[event.currentTarget.value as keyof typeof usual])}
          data={(['week', 'month', 'days'] as const).map((one) => ({ value: one, label: t[one] }))}
        />
        {period.kind === 'week' ? (
          <WeekdayField
            label={t.weekday}
            value={period.firstWeekday}
            days={[1, 2, 3, 4, 5, 6, 7]}
            onChange={(firstWeekday) => set({ kind: 'week', firstWeekday })}
          />
        ) : null}
        {period.kind === 'month' ? (
          <TypedField
            kind="number"
            label={t.firstDay}
            hint={t.firstDayHint}
            value={period.firstDay}
            least={1}
            most={28}
            isRequired
            onChange={(firstDay) => set({ kind: 'month', firstDay: Number(firstDay) })}
          />
        ) : null}
        {period.kind === 'days' ? (
          <>
            <TypedField
              kind="day"
              label={t.from}
              value={period.from}
              isRequired
              onChange={(from) => set({ ...period, from: String(from) })}
            />
            <TypedField
              kind="number"
              label={t.length}
              value={period.length}
              least={1}
              most={366}
              isRequired
              onChange={(length) => set({ ...period, length: Number(length) })}
            />
          </>
        ) : null}
      </div>
    </section>
  )
}

type WeekdayProps = {
  readonly label: string
  readonly value: number
  readonly days: readonly number[]
  readonly onChange: (weekday: number) => void
}

function WeekdayField({ label, value, days, onChange }: WeekdayProps) {
  const format = useFormat()
  return (
    <NativeSelect
      label={label}
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={days.map((day) => ({
        value: String(day),
        label: format.longDayName(addDays(aMonday, day - 1)),
      }))}
    />
  )
}

function LoggingRules({ rules, change }: PartProps) {
  const t = usePeriodsTexts()
  const flags = [
    'isCommentRequired',
    'isRemainingEstimateRequired',
    'allowsClosedAccounts',
  ] as const
  return (
    <section className={classes.section} aria-labelledby="logging-rules">
      <h2 id="logging-rules">{t.logging}</h2>
      <div className={classes.fields}>
        <WeekdayField
          label={t.firstWeekday}
          value={rules.firstWeekday}
          days={[1, 7]}
          onChange={(firstWeekday) => change(t.firstWeekday, { firstWeekday })}
        />
        <TypedField
          kind="number"
          label={t.futureDays}
          hint={t.anyHint}
          value={rules.futureDays}
          most={36_500}
          onChange={(days) => change(t.futureDays, { futureDays: days as number | null })}
        />
        <TypedField
          kind="hours"
          label={t.maxPerDay}
          hint={t.maxHint}
          value={rules.maxSecondsPerDay}
          least={60}
          most={36_000_000}
          onChange={(seconds) =>
            change(t.maxPerDay, { maxSecondsPerDay: seconds as number | null })
          }
        />
      </div>
      <div className={classes.checks}>
        {flags.map((flag) => (
          <Switch
            key={flag}
            label={t[flag]}
            checked={rules[flag]}
            onChange={(event) => change(t[flag], { [flag]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </section>
  )
}

function SubmitRules({ rules, change }: PartProps) {
  const t = usePeriodsTexts()
  return (
    <section className={classes.section} aria-labelledby="submit-rules">
      <h2 id="submit-rules">{t.submitting}</h2>
      <div className={classes.fields}>
        {(['missingTime', 'missingComment', 'longDay'] as const).map((rule) => (
          <NativeSelect
            key={rule}
            label={t[rule]}
            value={rules.submit[rule]}
            onChange={(event) => change(t[rule], { submit: { [rule]: event.currentTarget.value } })}
            data={(['off', 'warn', 'block'] as const).map((one) => ({ value: one, label: t[one] }))}
          />
        ))}
        <TypedField
          kind="hours"
          label={t.longDaySeconds}
          value={rules.submit.longDaySeconds}
          least={60}
          most={86_400}
          isRequired
          onChange={(seconds) =>
            change(t.longDaySeconds, { submit: { longDaySeconds: Number(seconds) } })
          }
        />
      </div>
    </section>
  )
}

/** The periods of the last and the next three months, newest first. */
function PeriodList({ rule }: { rule: Rules['period'] }) {
  const t = usePeriodsTexts()
  const format = useFormat()
  const today = useToday()
  const range = { from: addDays(today, -daysBack), to: addDays(today, daysAhead) }
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['periods', range, rule],
    queryFn: () => call<Static<typeof PeriodsAnswer>>('GET', `/periods${queryOf(range)}`),
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="period-list">
      <h2 id="period-list" className={classes.smallTitle}>
        {t.list}
      </h2>
      {isPending ? <Skeleton lines={8} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Scroller label={t.list}>
          <table className={classes.table} aria-labelledby="period-list">
            <thead>
              <tr>
                <th scope="col">{t.period}</th>
                <th scope="col">{t.state}</th>
              </tr>
            </thead>
            <tbody>
              {[...data.periods].reverse().map(({ from, to, isClosed }) => {
                const isCurrent = from <= today && today <= to
                return (
                  <tr key={from} aria-current={isCurrent ? 'date' : undefined}>
                    <td>{format.range(from, to)}</td>
                    <td>
                      <span
                        className={classes.state}
                        data-kind={isCurrent ? 'good' : isClosed ? 'plain' : undefined}
                      >
                        {isClosed ? t.closed : isCurrent ? t.current : t.open}
                      </span>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroller>
      ) : null}
      <Link to="/approvals" search={{ tab: 'periods' }}>
        {t.toApprovals}
      </Link>
    </section>
  )
}
