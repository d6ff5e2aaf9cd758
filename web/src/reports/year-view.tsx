import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { addDays, type Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { ChartCanvas, type ChartHandle, type ChartOption } from './chart-canvas.tsx'
import type { ChartColours } from './chart-colours.ts'
import { ChartFrame } from './chart-frame.tsx'
import { type DayRow, daysOf } from './chart-model.ts'
import classes from './charts.module.css'
import type { ReportNames } from './report-names.ts'
import { type Place, reportQuery } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly definition: ReportDefinitionBody
  readonly names: ReportNames
  readonly onDrill: (place: Place, title: string, definition: ReportDefinitionBody) => void
}

const cell = 14
const calendarHeight = 7 * cell + 48
const labelWidth = 170
const weeksOfYear = 54
const shownFirst = 10
const mostDays = 371
/** What counts as a full day: more is not drawn darker. */
const fullDaySeconds = 10 * 3_600

/** The days of a year as a calendar, one for each outermost row, darker where more was worked. */
export function YearView({ definition, names, onDrill }: Props) {
  const t = useReportsTexts()
  const format = useFormat()
  const handle = useRef<ChartHandle>(null)
  const [most, setMost] = useState(shownFirst)
  const daily = useMemo((): ReportDefinitionBody => {
    const { rows = [], values: _values, hasSubtotals: _, ...rest } = definition
    return { ...rest, rows: [rows[0] ?? 'person'], columns: 'day', values: ['timeSpentSeconds'] }
  }, [definition])
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(reportQuery(daily))
  const dimension = daily.rows?.[0] ?? ''
  const all = useMemo(
    () => (data ? daysOf(data, (key, label) => names.value(dimension, key, label)) : []),
    [data, names, dimension],
  )
  const rows = useMemo(() => all.slice(0, most), [all, most])
  const range = useMemo(() => rangeOf(all, data?.period), [all, data])
  const weekStart = data?.weekStart ?? 1
  const option = useCallback(
    (colours: ChartColours): ChartOption => {
      const text = { color: colours.soft, fontFamily: colours.font, fontSize: 12 }
      const weekdays = [0, 1, 2, 3, 4, 5, 6].map((at) =>
        new Intl.DateTimeFormat(format.locale, { weekday: 'narrow', timeZone: 'UTC' }).format(
          // The seventh of January 2024 was a Sunday.
          Date.UTC(2024, 0, 7 + at),
        ),
      )
      const months = Array.from({ length: 12 }, (_, month) =>
        new Intl.DateTimeFormat(format.locale, { month: 'short', timeZone: 'UTC' }).format(
          Date.UTC(2024, month, 1),
        ),
      )
      return {
        animation: false,
        title: rows.map(({ label, total }, at) => ({
          text: label,
          subtext: format.hours(total),
          left: 0,
          top: at * calendarHeight + 32,
          itemGap: 0,
          textStyle: {
            color: colours.ink,
            fontFamily: colours.font,
            fontSize: 13,
            lineHeight: 20,
            fontWeight: 600 as const,
            width: labelWidth - 44,
            overflow: 'truncate' as const,
          },
          subtextStyle: { ...text, lineHeight: 18 },
        })),
        tooltip: {
          renderMode: 'richText' as const,
          backgroundColor: colours.ground,
          borderColor: colours.line,
          textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
          formatter: (point: unknown) => {
            const { value } = point as { value: [Day, number] }
            return t.dayHours(format.longDay(value[0]), format.hours(value[1]))
          },
        },
        visualMap: {
          show: false,
          min: 0,
          max: fullDaySeconds,
          inRange: { color: [colours.empty, colours.accent] },
        },
        calendar: rows.map((_, at) => ({
          top: at * calendarHeight + 28,
          left: labelWidth,
          cellSize: cell,
          range: [range.from, range.to],
          splitLine: { lineStyle: { color: colours.line } },
          itemStyle: { color: colours.ground, borderColor: colours.line },
          yearLabel: { show: false },
          dayLabel: { ...text, fontSize: 10, firstDay: weekStart % 7, nameMap: weekdays },
          monthLabel: { ...text, nameMap: months },
        })),
        series: rows.map(({ days }, at) => ({
          type: 'heatmap' as const,
          coordinateSystem: 'calendar' as const,
          calendarIndex: at,
          data: days.filter(([day]) => day >= range.from && day <= range.to).map((one) => [...one]),
        })),
      }
    },
    [rows, range, weekStart, format, t],
  )
  if (isPending) return <Skeleton lines={10} />
  if (error && !isPlaceholderData)
    return <ErrorState error={error} onRetry={() => void refetch()} />
  const title = t.chartOf(
    names.measure('timeSpentSeconds'),
    `${names.dimension(dimension)} · ${names.dimension('day')}`,
  )
  const inRange = (row: DayRow) => row.days.filter(([day]) => day >= range.from && day <= range.to)
  const pick = ({ series, at }: { series: number; at: number }) => {
    const row = rows[series]
    const day = row && inRange(row)[at]?.[0]
    if (row && day)
      onDrill(
        { rowKeys: [row.key], columnKey: day },
        `${row.label} · ${format.shortDay(day)}`,
        daily,
      )
  }
  const height = rows.length * calendarHeight
  const months = monthsOf(rows, range)
  return (
    <ChartFrame
      title={title}
      handle={handle}
      isStale={isPlaceholderData}
      tools={<Scale />}
      figures={{
        head: ['', ...months.map((month) => names.value('month', `${month}-01`, month)), t.total],
        rows: rows.map((row) => [
          row.label,
          ...months.map((month) => format.hours(sumOf(inRange(row), month))),
          format.hours(row.total),
        ]),
      }}
    >
      {range.isCut ? <p className={classes.note}>{t.lastTwelve}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.years} tabIndex={0} aria-label={title}>
        <div style={{ width: labelWidth + weeksOfYear * cell + 8 }}>
          <ChartCanvas
            option={option}
            height={height}
            label={title}
            onPick={pick}
            handle={handle}
          />
        </div>
      </section>
      {all.length > rows.length ? (
        <Button variant="default" onClick={() => setMost(most + shownFirst)}>
          {t.showMore}
        </Button>
      ) : null}
    </ChartFrame>
  )
}

function Scale() {
  const t = useReportsTexts()
  return (
    <span className={classes.scale}>
      {[0, 25, 50, 75, 100].map((heat) => (
        <span key={heat} style={{ '--heat': `${heat}%` } as object} aria-hidden />
      ))}
      {t.lessMore}
    </span>
  )
}

type Range = { readonly from: Day; readonly to: Day; readonly isCut: boolean }

/** The days to draw: those of the report, the last twelve months where they are more. */
function rangeOf(
  rows: readonly DayRow[],
  period: { readonly from: string | null; readonly to: string | null } | undefined,
): Range {
  const worked = rows.flatMap(({ days }) => days.map(([day]) => day)).sort()
  const today = new Date().toISOString().slice(0, 10) as Day
  const to = (period?.to as Day | null) ?? worked.at(-1) ?? today
  const from = (period?.from as Day | null) ?? worked[0] ?? to
  const earliest = addDays(to, -mostDays + 1)
  return from < earliest ? { from: earliest, to, isCut: true } : { from, to, isCut: false }
}

function monthsOf(rows: readonly DayRow[], { from, to }: Range): string[] {
  const months = new Set(rows.flatMap(({ days }) => days.map(([day]) => day.slice(0, 7))))
  return [...months].filter((one) => one >= from.slice(0, 7) && one <= to.slice(0, 7)).sort()
}

function sumOf(days: DayRow['days'], month: string): number {
  return days.reduce((sum, [day, seconds]) => (day.startsWith(month) ? sum + seconds : sum), 0)
}
