import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { ChartCanvas, type ChartHandle, type ChartOption } from './chart-canvas.tsx'
import type { ChartColours } from './chart-colours.ts'
import { ChartFrame } from './chart-frame.tsx'
import { type Burn, burnOf } from './chart-model.ts'
import type { ReportNames } from './report-names.ts'
import { budgetsQuery, type Place, reportQuery } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly definition: ReportDefinitionBody
  readonly names: ReportNames
  readonly onDrill: (place: Place, title: string, definition: ReportDefinitionBody) => void
}

const none: Burn = { months: [], worked: [], budget: [] }

/** One account: the hours worked up to each month against its budget up to it. */
export function BurnView({ definition, names, onDrill }: Props) {
  const t = useReportsTexts()
  const format = useFormat()
  const today = useToday()
  const handle = useRef<ChartHandle>(null)
  const [chosen, setChosen] = useState<string>()
  const monthly = useMemo((): ReportDefinitionBody => {
    const { rows = [], values: _values, hasSubtotals: _, ...rest } = definition
    return { ...rest, rows: rows.slice(0, 1), columns: 'month', values: ['timeSpentSeconds'] }
  }, [definition])
  const report = useQuery(reportQuery(monthly))
  const budgets = useQuery(budgetsQuery)
  const accounts = useMemo(() => {
    const worked = new Set(report.data?.rows.map(({ keys }) => keys[0]))
    return (budgets.data ?? []).filter(({ key }) => worked.has(key))
  }, [report.data, budgets.data])
  const account = accounts.find(({ key }) => key === chosen) ?? accounts[0]
  const burn = useMemo(
    () =>
      report.data && account
        ? burnOf(report.data, account.key, account.monthlyBudget * 3_600, today)
        : none,
    [report.data, account, today],
  )
  const written = useCallback(
    (seconds: number | null | undefined) => (seconds == null ? '·' : format.hours(seconds)),
    [format],
  )
  const option = useCallback(
    (colours: ChartColours): ChartOption => {
      const text = { color: colours.soft, fontFamily: colours.font, fontSize: 12 }
      const line = { type: 'line' as const, symbolSize: 7, lineStyle: { width: 2 } }
      return {
        animation: false,
        grid: { left: 8, right: 24, top: 48, bottom: 8, containLabel: true },
        legend: { top: 8, left: 0, textStyle: text },
        tooltip: {
          trigger: 'axis' as const,
          renderMode: 'richText' as const,
          backgroundColor: colours.ground,
          borderColor: colours.line,
          textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
          formatter: (points: unknown) => {
            const [{ dataIndex: at }] = points as [{ dataIndex: number }]
            return [
              names.value('month', burn.months[at]!, ''),
              `${t.worked}: ${written(burn.worked[at])}`,
              `${t.budget}: ${format.hours(burn.budget[at]!)}`,
            ].join('\n')
          },
        },
        xAxis: {
          type: 'category' as const,
          data: burn.months.map((month) => names.value('month', month, '')),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: colours.line } },
          axisLabel: text,
        },
        yAxis: {
          type: 'value' as const,
          axisLabel: { ...text, formatter: (hours: number) => `${format.number(hours)} h` },
          splitLine: { lineStyle: { color: colours.line } },
        },
        series: [
          {
            ...line,
            name: t.worked,
            data: burn.worked.map((seconds) => (seconds === null ? null : seconds / 3_600)),
            itemStyle: { color: colours.accent },
            areaStyle: { color: colours.accent, opacity: 0.12 },
          },
          {
            ...line,
            name: t.budget,
            symbol: 'none',
            lineStyle: { width: 2, type: 'dashed' as const },
            data: burn.budget.map((seconds) => seconds / 3_600),
            itemStyle: { color: colours.bad },
          },
        ],
      }
    },
    [burn, names, format, written, t],
  )
  const error = report.error ?? budgets.error
  if (error)
    return (
      <ErrorState
        error={error}
        onRetry={() => void Promise.all([report.refetch(), budgets.refetch()])}
      />
    )
  if (report.isPending || budgets.isPending) return <Skeleton lines={10} />
  if (!account) return <StateMessage title={t.noBudgetTitle}>{t.noBudgetHint}</StateMessage>
  const until = burn.worked.findLastIndex((one) => one !== null)
  const worked = burn.worked[until] ?? 0
  const budget = burn.budget[until] ?? 0
  const title = t.burnOf(account.name)
  const pick = ({ at }: { at: number }) => {
    const month = burn.months[at]
    if (month)
      onDrill(
        { rowKeys: [account.key], columnKey: month },
        `${account.name} · ${names.value('month', month, '')}`,
        monthly,
      )
  }
  return (
    <ChartFrame
      title={title}
      handle={handle}
      isStale={report.isPlaceholderData}
      tools={
        <>
          <NativeSelect
            size="xs"
            aria-label={t.account}
            value={account.key}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={accounts.map(({ key, name }) => ({ value: key, label: name }))}
          />
          <strong>
            {t.burnt(
              format.hours(worked),
              format.hours(budget),
              Math.round((worked / Math.max(1, budget)) * 100),
            )}
          </strong>
        </>
      }
      figures={{
        head: ['', t.worked, t.budget, t.left],
        rows: burn.months.map((month, at) => [
          names.value('month', month, ''),
          written(burn.worked[at]),
          format.hours(burn.budget[at]!),
          burn.worked[at] == null ? '·' : format.difference(burn.budget[at]! - burn.worked[at]),
        ]),
      }}
    >
      <ChartCanvas option={option} height={420} label={title} onPick={pick} handle={handle} />
    </ChartFrame>
  )
}
