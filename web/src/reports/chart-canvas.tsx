import { useComputedColorScheme } from '@mantine/core'
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts'
import {
  AriaComponent,
  CalendarComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { type ChartColours, readColours } from './chart-colours.ts'
import classes from './charts.module.css'

echarts.use([
  AriaComponent,
  BarChart,
  CalendarComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  SVGRenderer,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
])

export type ChartOption = Parameters<ReturnType<typeof echarts.init>['setOption']>[0]

/** What somebody pointed at: the place of its series, and of the figure within. */
export type ChartPoint = { readonly series: number; readonly at: number }

export type ChartHandle = { readonly svg: () => string }

type Props = {
  /** The chart in the colours of the page. */
  readonly option: (colours: ChartColours) => ChartOption
  readonly height: number
  readonly label: string
  readonly onPick?: (point: ChartPoint) => void
  readonly handle?: RefObject<ChartHandle | null>
}

/** A drawing for the eye; the same figures stand beside it as a table. */
export function ChartCanvas({ option, height, label, onPick, handle }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof echarts.init>>(undefined)
  const picked = useRef(onPick)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    picked.current = onPick
  })
  useEffect(() => {
    const node = place.current
    if (!node) return
    const made = echarts.init(node, null, { renderer: 'svg' })
    chart.current = made
    made.on('click', ({ seriesIndex, dataIndex }) => {
      if (seriesIndex !== undefined) picked.current?.({ series: seriesIndex, at: dataIndex })
    })
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(node)
    return () => {
      watch.disconnect()
      made.dispose()
      chart.current = undefined
    }
  }, [])
  // The colours of the page are read anew when the scheme changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is what the colours depend on
  useEffect(() => {
    chart.current?.setOption(option(readColours()), { notMerge: true })
  }, [option, scheme, height])
  useImperativeHandle(
    handle,
    () => ({
      svg() {
        const node = place.current
        if (!node) return ''
        const { clientWidth: width } = node
        const aside = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
        const colours = readColours()
        aside.setOption({ ...option(colours), animation: false, backgroundColor: colours.ground })
        const text = aside.renderToSVGString()
        aside.dispose()
        return text
      },
    }),
    [option, height],
  )
  return (
    <div
      ref={place}
      className={classes.canvas}
      style={{ height }}
      role="img"
      aria-label={label}
      data-pickable={onPick !== undefined || undefined}
    />
  )
}
