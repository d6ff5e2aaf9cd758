import { useCallback, useMemo, useRef } from 'react'
import { useFormat } from '../time/format.ts'
import { ChartCanvas, type ChartHandle, type ChartOption } from './chart-canvas.tsx'
import type { ChartColours } from './chart-colours.ts'
import { ChartFrame } from './chart-frame.tsx'
import { chartOf } from './chart-model.ts'
import { figureText } from './figure.ts'
import type { ReportNames } from './report-names.ts'
import type { Place, ReportBody } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly report: ReportBody
  readonly across: string | null
  readonly names: ReportNames
  readonly isStale?: boolean
  readonly height?: number
  /** Without it a bar only says what it is. */
  readonly onDrill?: (place: Place, title: string) => void
}

const wideHeight = 420
const barHeight = 28

/** The report as bars: stacked over its columns, or ranked where it has none. */
export function ReportChart({
  report,
  across,
  names,
  isStale = false,
  height: barsHeight = wideHeight,
  onDrill,
}: Props) {
  const t = useReportsTexts()
  const format = useFormat()
  const handle = useRef<ChartHandle>(null)
  const dimension =
    report.columns[0]?.role === 'dimension' ? report.columns[0].dimension : undefined
  const [first] = report.columns.filter(({ role }) => role === 'value')
  const measure = names.measure(first?.measure ?? '')
  const model = useMemo(
    () =>
      chartOf(report, {
        row: (key, label) => names.value(dimension ?? '', key, label),
        column: (key, title) => names.value(across ?? '', key, title.split(' · ')[0] ?? ''),
        rest: dimension === undefined ? t.total : t.others,
      }),
    [report, names, dimension, across, t],
  )
  const isRanked = model.series.length === 1 && model.series[0]!.label === ''
  const type = first?.type ?? 'seconds'
  // Drawn in hours, so that the scale has round ones.
  const unit = type === 'seconds' ? 3_600 : 1
  const text = useCallback((value: number) => figureText(format, { type }, value), [format, type])
  const by = [dimension, isRanked ? null : across]
    .filter((one) => one != null)
    .map((one) => names.dimension(one))
    .join(' · ')
  const title = by === '' ? measure : t.chartOf(measure, by)
  const option = useCallback(
    (colours: ChartColours): ChartOption => {
      const labels = model.categories.map(({ label }) => label)
      const axisText = { color: colours.soft, fontFamily: colours.font, fontSize: 12 }
      const scale = {
        type: 'value' as const,
        minInterval: 1,
        axisLabel: {
          ...axisText,
          formatter: (value: number) =>
            type === 'seconds' ? `${format.number(value)} h` : format.number(value),
        },
        splitLine: { lineStyle: { color: colours.line } },
      }
      const names = {
        type: 'category' as const,
        data: labels,
        inverse: isRanked,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: { ...axisText, width: isRanked ? 180 : 90, overflow: 'truncate' as const },
      }
      return {
        animation: false,
        grid: { left: 8, right: 24, top: isRanked ? 8 : 56, bottom: 8, containLabel: true },
        ...(isRanked
          ? {}
          : {
              legend: {
                type: 'scroll' as const,
                top: 8,
                left: 0,
                itemWidth: 12,
                itemHeight: 12,
                icon: 'rect',
                textStyle: axisText,
                pageTextStyle: axisText,
                pageIconColor: colours.soft,
              },
            }),
        tooltip: {
          trigger: 'item' as const,
          // Drawn within the picture: markup with styles of its own is not allowed on this page.
          renderMode: 'richText' as const,
          backgroundColor: colours.ground,
          borderColor: colours.line,
          textStyle: { color: colours.ink, fontFamily: colours.font, fontSize: 12 },
          formatter: (point: unknown) => {
            const { seriesIndex, dataIndex } = point as { seriesIndex: number; dataIndex: number }
            const series = model.series[seriesIndex]!
            const category = model.categories[dataIndex]!.label
            const what = text(series.segments[dataIndex]!.value)
            return isRanked ? `${category}\n${what}` : `${category}\n${series.label}: ${what}`
          },
        },
        ...(isRanked ? { xAxis: scale, yAxis: names } : { xAxis: names, yAxis: scale }),
        series: model.series.map(({ key, label, segments }, at) => ({
          type: 'bar' as const,
          name: label,
          stack: 'all',
          barMaxWidth: isRanked ? 18 : 44,
          data: segments.map(({ value }) => value / unit),
          itemStyle: {
            color: isRanked
              ? colours.accent
              : key === undefined && model.series.length > 1
                ? colours.rest
                : colours.series[at % colours.series.length],
          },
          ...(isRanked
            ? {
                label: {
                  show: true,
                  position: 'right' as const,
                  color: colours.ink,
                  fontFamily: colours.font,
                  formatter: ({ dataIndex }: { dataIndex: number }) =>
                    text(segments[dataIndex]!.value),
                },
              }
            : {}),
        })),
      }
    },
    [model, isRanked, format, text, type, unit],
  )
  const pick = ({ series, at }: { series: number; at: number }) => {
    const picked = model.series[series]
    const category = model.categories[at]
    const key = isRanked ? category?.key : picked?.key
    if (!picked || !category || !onDrill) return
    const columnKey = picked.segments[at]?.columnKey ?? null
    if (dimension === undefined) onDrill({ rowKeys: [], columnKey }, category.label)
    else if (key !== undefined)
      onDrill(
        { rowKeys: [key], columnKey },
        isRanked ? category.label : `${picked.label} · ${category.label}`,
      )
  }
  const height = isRanked ? Math.max(160, model.categories.length * barHeight + 48) : barsHeight
  return (
    <ChartFrame
      title={title}
      handle={handle}
      isStale={isStale}
      figures={{
        head: ['', ...(isRanked ? [measure] : model.series.map(({ label }) => label))],
        rows: model.categories.map(({ label }, at) => [
          label,
          ...model.series.map(({ segments }) => text(segments[at]!.value)),
        ]),
      }}
    >
      <ChartCanvas option={option} height={height} label={title} onPick={pick} handle={handle} />
    </ChartFrame>
  )
}
