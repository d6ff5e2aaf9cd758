import { NativeSelect, Switch, TextInput } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { HandOverSettings, PlanningSettings, SiteRules } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './admin.module.css'
import { CopyLine } from './copy-line.tsx'
import { curlOf, foreignApis, requestOf } from './foreign-apis.ts'
import { healthQuery } from './health-query.ts'
import { useScriptsTexts } from './scripts-texts.ts'
import { useSwitchesTexts } from './switches-texts.ts'
import { settingsQuery, useSettings } from './use-settings.ts'

type Planning = Static<typeof PlanningSettings>
type HandOver = Static<typeof HandOverSettings>
type Rules = Static<typeof SiteRules>

const paths = {
  rules: '/rules',
  planning: '/planning/settings',
  handOver: '/hand-over/settings',
}

/** Which foreign APIs answer and how, each with a line to try. */
export function SwitchesScreen() {
  const t = useSwitchesTexts()
  const health = useQuery(healthQuery)
  // All at once: parts that come one by one push each other down.
  const settings = useQueries({ queries: Object.values(paths).map((path) => settingsQuery(path)) })
  if (health.isPending || settings.some(({ isLoading }) => isLoading))
    return <Skeleton lines={12} height={24} />
  if (health.error) return <ErrorState error={health.error} onRetry={() => void health.refetch()} />
  const set = new Map(health.data.settings.map(({ name, value }) => [name, value]))
  const of = (name: string) => set.get(name) ?? ''
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      <TimelineSwitches forced={of('HOURBOOK_ACTIVITY_TIMELINE')} />
      <ServletSwitches />
      <Part id="jira" title={t.jira} state={t.always} lead={t.jiraLead}>
        <Outside name="HOURBOOK_JIRA_DEPLOYMENT_TYPE" label={t.deployment} of={of} />
        <Outside name="HOURBOOK_CONTEXT_PATH" label={t.contextPath} of={of} empty={t.atRoot} />
        <Outside name="HOURBOOK_JIRA_SEARCH_MAX" label={t.searchMax} of={of} />
        <Outside name="HOURBOOK_JQL_WORKLOG_DATE_ZONE" label={t.zone} of={of} />
      </Part>
      <Part id="time-tracker" title={t.tracker} state={t.always}>
        <Outside
          name="HOURBOOK_LONG_POLL_AFTER_SECONDS"
          label={t.longPoll}
          of={(name) => t.seconds(of(name))}
        />
        <Outside name="HOURBOOK_TRACKER_COLUMNS" label={t.columns} of={of} empty={t.usualColumns} />
        <Outside name="HOURBOOK_TRACKER_UNIT" label={t.unit} of={(name) => unitOf(t, of(name))} />
        <Outside
          name="HOURBOOK_TRACKER_LANGUAGE"
          label={t.language}
          of={(name) => (of(name) === 'owner' ? t.ownerLanguage : of(name))}
        />
        <Outside name="HOURBOOK_TRACKER_NUMBERS" label={t.numbers} of={of} empty={t.byLanguage} />
        <Outside name="HOURBOOK_TRACKER_DIGITS" label={t.digits} of={of} />
        <Outside
          name="HOURBOOK_TRACKER_GUARD"
          label={t.guard}
          of={(name) => (of(name) === '1' ? t.yes : t.no)}
        />
        <WorkingDay />
      </Part>
      <Part id="tempo-4" title={t.tempo} state={t.always} lead={t.tempoLead} />
      <Part id="timesheet-gadget" title={t.gadget} state={t.always} />
    </>
  )
}

type PartProps = {
  /** Of the foreign API whose line is shown. */
  readonly id: string
  readonly title: string
  readonly state: string
  readonly isOff?: boolean
  readonly lead?: string
  readonly children?: ReactNode
}

function Part({ id, title, state, isOff = false, lead, children }: PartProps) {
  const t = useSwitchesTexts()
  const scripts = useScriptsTexts()
  const today = useToday()
  const api = foreignApis.find((one) => one.id === id)
  const line =
    api &&
    curlOf(window.location.origin, requestOf(api, scripts.placeholder, addDays(today, -6), today))
  return (
    <section className={classes.section} aria-labelledby={`switch-${id}`}>
      <h2 id={`switch-${id}`}>
        {title}{' '}
        <span className={classes.state} data-kind={isOff ? 'plain' : 'good'}>
          {state}
        </span>
      </h2>
      {lead === undefined ? null : <p className={classes.intro}>{lead}</p>}
      {children === undefined ? null : <div className={classes.settings}>{children}</div>}
      {line ? (
        <>
          <h3>{t.curl}</h3>
          <CopyLine text={line} label={t.copy(title)} />
        </>
      ) : null}
    </section>
  )
}

type OutsideProps = {
  readonly name: string
  readonly label: string
  readonly of: (name: string) => string
  readonly empty?: string
}

/** What only the environment of the server sets. */
function Outside({ name, label, of, empty = '' }: OutsideProps) {
  const t = useSwitchesTexts()
  return (
    <p className={classes.outside}>
      {label} <strong>{of(name) || empty}</strong>
      <span className={classes.soft}>{t.outside(name)}</span>
    </p>
  )
}

function unitOf(t: ReturnType<typeof useSwitchesTexts>, unit: string): string {
  return unit === 'days' || unit === 'minutes' || unit === 'hours' ? t[unit] : unit
}

/** How long a day and a week of work are where durations are written as `1w 2d`. */
function WorkingDay() {
  const t = useSwitchesTexts()
  const { query, change } = useSettings<Rules>(paths.rules)
  if (!query.data)
    return query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const rules = query.data
  return (
    <div className={classes.fields}>
      {(['workingHoursPerDay', 'workingDaysPerWeek'] as const).map((field) => (
        <NumberField
          key={field}
          label={t[field]}
          value={rules[field]}
          most={field === 'workingHoursPerDay' ? 24 : 7}
          problem={t.quarters}
          onChange={(value) => change(t[field], { [field]: value })}
        />
      ))}
    </div>
  )
}

type NumberFieldProps = {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly problem: string
  readonly onChange: (value: number) => void
}

/** A number with quarters, read when one leaves it or presses Enter. */
function NumberField({ label, value, most, problem, onChange }: NumberFieldProps) {
  const format = useFormat()
  const [isBad, setBad] = useState(false)
  const keep = (typed: string) => {
    const number = Number(typed.trim().replace(',', '.'))
    const isGood = Number.isInteger(number * 4) && number >= 1 && number <= most
    setBad(!isGood)
    if (isGood && number !== value) onChange(number)
  }
  return (
    <TextInput
      key={value}
      label={label}
      inputMode="decimal"
      defaultValue={format.number(value)}
      error={isBad ? problem : undefined}
      onBlur={(event) => keep(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep(event.currentTarget.value)
      }}
    />
  )
}

function TimelineSwitches({ forced }: { forced: string }) {
  const t = useSwitchesTexts()
  const { query, change } = useSettings<Planning>(paths.planning)
  if (!query.data)
    return query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const settings = query.data
  const isForced = forced === 'on' || forced === 'off'
  const isOn = isForced ? forced === 'on' : settings.isActivityTimelineOn
  return (
    <Part id="activity-timeline" title={t.timeline} state={isOn ? t.on : t.off} isOff={!isOn}>
      {isForced ? <p className={classes.soft}>{t.forced(forced)}</p> : null}
      <Switch
        label={t.timelineOn}
        checked={isOn}
        disabled={isForced}
        onChange={(event) =>
          change(t.timeline, { isActivityTimelineOn: event.currentTarget.checked })
        }
      />
      <NativeSelect
        className={classes.narrow}
        label={t.window}
        value={settings.activityTimelineWindow}
        onChange={(event) =>
          change(t.window, {
            activityTimelineWindow: event.currentTarget.value === 'seed' ? 'seed' : 'exact',
          })
        }
        data={(['exact', 'seed'] as const).map((one) => ({ value: one, label: t[one] }))}
      />
      <Switch
        label={t.extended}
        checked={settings.activityTimelineExtended}
        onChange={(event) =>
          change(t.extended, { activityTimelineExtended: event.currentTarget.checked })
        }
      />
    </Part>
  )
}

function ServletSwitches() {
  const t = useSwitchesTexts()
  const { query, change } = useSettings<HandOver>(paths.handOver)
  const [problem, setProblem] = useState<string>()
  if (!query.data)
    return query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const settings = query.data
  const shown = settings.customFields.join(', ')
  const keep = (text: string) => {
    const fields = [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
    if (fields.length > 100 || fields.some((one) => !/^customfield_[0-9]{1,18}$/.test(one))) {
      setProblem(t.customFieldsBad)
      return
    }
    setProblem(undefined)
    if (fields.join(', ') !== shown) change(t.customFields, { customFields: fields })
  }
  return (
    <Part id="tempo-servlet" title={t.servlet} state={t.always} lead={t.servletLead}>
      {(['showsStartTime', 'keepsTombstones'] as const).map((one) => (
        <Switch
          key={one}
          label={t[one]}
          checked={settings[one]}
          onChange={(event) => change(t[one], { [one]: event.currentTarget.checked })}
        />
      ))}
      <TextInput
        key={shown}
        className={classes.narrow}
        label={t.customFields}
        description={t.customFieldsHint}
        defaultValue={shown}
        error={problem}
        onBlur={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep(event.currentTarget.value)
        }}
      />
    </Part>
  )
}
