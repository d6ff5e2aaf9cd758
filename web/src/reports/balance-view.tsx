import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { BalanceBody, ReportDefinitionBody } from '../../../src/api/contract.ts'
import { PersonField } from '../admin/person-field.tsx'
import { useNamed } from '../admin/teams-query.ts'
import { useMe } from '../api/session.ts'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { teamsQuery } from '../planner/planner-query.ts'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { balanceQuery, readWhose, spanOf, type Whose } from './balance-query.ts'
import { ChartCanvas, type ChartHandle, type ChartOption } from './chart-canvas.tsx'
import type { ChartColours } from './chart-colours.ts'
import { ChartFrame } from './chart-frame.tsx'
import classes from './charts.module.css'
import type { ReportNames } from './report-names.ts'
import type { Place } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

export type Against = 'required' | 'planned'

type Props = {
  readonly period: { readonly from: Day | null; readonly to: Day | null }
  readonly columns: string | null
  readonly of: string | undefined
  readonly against: Against
  readonly names: ReportNames
  readonly onChange: (next: { of?: string | undefined; against?: 'planned' | undefined }) => void
  readonly onDrill: (place: Place, title: string, definition: ReportDefinitionBody) => void
}

const measured = { required: 'requiredSeconds', planned: 'plannedSeconds' } as const

/** What people log beside what they owe, or beside what is planned for them. */
export function BalanceView(props: Props) {
  const { period, columns, against, names, onChange, onDrill } = props
  const t = useReportsTexts()
  const format = useFormat()
  const me = useMe()
  const handle = useRef<ChartHandle>(null)
  const of = readWhose(props.of)
  const by = spanOf(columns)
  const { from, to } = period
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    ...balanceQuery({ from: from ?? '', to: to ?? '', by, of }),
    enabled: from !== null && to !== null,
  })
  const other = against === 'planned' ? t.planned : t.required
  const nameOf = useCallback(
    ({ key, label }: BalanceBody['spans'][number]) => names.value(by, key, label),
    [names, by],
  )
  const option = useCallback(
    (colours: ChartColours): ChartOption => {
      const spans = data?.spans ?? []
      const text = { color: colours.soft, fontFamily: colours.font, fontSize: 12 }
      const bar = { type: 'bar' as const, barMaxWidth: 22, barGap: '10%' }
      return {
        animation: false,
        grid: { left: 8, right: 24, top: 48, bottom: 8, containLabel: true },
        legend: { top: 8, left: 0, itemWidth: 12, itemHeight: 12, icon: 'rect', textStyle: text },
        tooltip: {
          trigger: 'axis' as const,
          renderMode: 'richText' as const,
          backgroundColor: colours.ground,
          borderColor: colours.line,
          textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
          formatter: (points: unknown) => {
            const span = spans[(points as [{ dataIndex: number }])[0].dataIndex]!
            const owed = span[measured[against]]
            return [
              nameOf(span),
              `${other}: ${format.hours(owed)}`,
              `${t.loggedTime}: ${format.hours(span.loggedSeconds)}`,
              `${t.difference}: ${format.difference(span.loggedSeconds - owed)}`,
            ].join('\n')
          },
        },
        xAxis: {
          type: 'category' as const,
          data: spans.map(nameOf),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: colours.line } },
          axisLabel: text,
        },
        yAxis: {
          type: 'value' as const,
          minInterval: 1,
          axisLabel: { ...text, formatter: (hours: number) => `${format.number(hours)} h` },
          splitLine: { lineStyle: { color: colours.line } },
        },
        series: [
          {
            ...bar,
            name: other,
            data: spans.map((span) => span[measured[against]] / 3_600),
            itemStyle: { color: colours.rest },
          },
          {
            ...bar,
            name: t.loggedTime,
            data: spans.map(({ loggedSeconds }) => loggedSeconds / 3_600),
            itemStyle: { color: colours.accent },
          },
        ],
      }
    },
    [data, against, other, nameOf, format, t],
  )
  if (from === null || to === null)
    return <StateMessage title={t.balanceNeedsDays}>{t.balanceNeedsDaysHint}</StateMessage>
  if (error && !isPlaceholderData)
    return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  const owed = data.total[measured[against]]
  const logged = data.total.loggedSeconds
  const title = against === 'planned' ? t.plannedAgainst : t.requiredAgainst
  const pick = ({ at }: { at: number }) => {
    const span = data.spans[at]
    if (!span || of?.kind === 'team') return
    const filters = { from: span.from, to: span.to, ...(of ? { author: [of.id] } : {}) }
    onDrill({ rowKeys: [], columnKey: null }, nameOf(span), {
      rows: [],
      columns: null,
      values: ['timeSpentSeconds'],
      filters,
    })
  }
  return (
    <ChartFrame
      title={title}
      handle={handle}
      isStale={isPlaceholderData}
      tools={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t.against}
            value={against}
            onChange={(next) => onChange({ against: next === 'planned' ? 'planned' : undefined })}
            data={[
              { value: 'required', label: t.required },
              { value: 'planned', label: t.planned },
            ]}
          />
          <WhoseTime of={of} ownId={me.person.id} onChange={(next) => onChange({ of: next })} />
          <strong>
            {t.balanceOf(
              format.hours(logged),
              format.hours(owed),
              format.difference(logged - owed),
            )}
          </strong>
        </>
      }
      figures={{
        head: ['', other, t.loggedTime, t.difference],
        rows: [
          ...data.spans.map((span) => [
            nameOf(span),
            format.hours(span[measured[against]]),
            format.hours(span.loggedSeconds),
            format.difference(span.loggedSeconds - span[measured[against]]),
          ]),
          [t.total, format.hours(owed), format.hours(logged), format.difference(logged - owed)],
        ],
      }}
    >
      <p className={classes.note}>
        {t.balanceNote(format.number(data.peopleCount))}
        {data.hiddenPeople > 0 ? ` ${t.balanceHidden(format.number(data.hiddenPeople))}` : ''}
      </p>
      <ChartCanvas option={option} height={420} label={title} onPick={pick} handle={handle} />
    </ChartFrame>
  )
}

type WhoseProps = {
  readonly of: Whose | undefined
  readonly ownId: string
  readonly onChange: (of: string | undefined) => void
}

/** Everybody, a team, or one person found by name. */
function WhoseTime({ of, ownId, onChange }: WhoseProps) {
  const t = useReportsTexts()
  const { data: teams = [] } = useQuery(teamsQuery)
  const person = useNamed(of?.kind === 'person' ? [of.id] : []).get(of?.id ?? '')
  return (
    <>
      <NativeSelect
        size="xs"
        className={classes.whose!}
        aria-label={t.whose}
        value={of === undefined ? '' : of.kind === 'team' ? `team:${of.id}` : 'person'}
        onChange={({ currentTarget: { value } }) =>
          onChange(value === '' ? undefined : value === 'person' ? `person:${ownId}` : value)
        }
        data={[
          { value: '', label: t.everybody },
          { value: 'person', label: t.onePerson },
          ...(teams.length === 0
            ? []
            : [
                {
                  group: t.teams,
                  items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
                },
              ]),
        ]}
      />
      {of?.kind === 'person' ? (
        <PersonField
          label={t.onePerson}
          isBare
          value={person ?? null}
          onChange={(next) => next && onChange(`person:${next.id}`)}
        />
      ) : null}
    </>
  )
}
