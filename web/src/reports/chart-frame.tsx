import { Button } from '@mantine/core'
import { type ReactNode, type RefObject, useId } from 'react'
import type { ChartHandle } from './chart-canvas.tsx'
import classes from './charts.module.css'
import { useReportsTexts } from './reports-texts.ts'
import { savePng, saveSvg } from './save-picture.ts'

type Props = {
  readonly title: string
  readonly handle: RefObject<ChartHandle | null>
  readonly isStale?: boolean
  readonly tools?: ReactNode
  readonly children: ReactNode
  readonly figures: {
    readonly head: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
}

/** A chart with its name, what can be done with it, and its figures as a table. */
export function ChartFrame({ title, handle, isStale, tools, children, figures }: Props) {
  const t = useReportsTexts()
  const id = useId()
  const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return (
    <section className={classes.frame} aria-labelledby={id} data-stale={isStale || undefined}>
      <div className={classes.head}>
        <h2 id={id} className={classes.name}>
          {title}
        </h2>
        {tools}
        <div className={classes.tools}>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => saveSvg(handle.current?.svg() ?? '', name)}
          >
            {t.saveSvg}
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => void savePng(handle.current?.svg() ?? '', name)}
          >
            {t.savePng}
          </Button>
        </div>
      </div>
      {children}
      <details className={classes.figures}>
        <summary>{t.chartData}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className={classes.figuresBox} tabIndex={0} aria-label={t.chartData}>
          <table>
            <thead>
              <tr>
                {figures.head.map((text, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                  <th key={at} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figures.rows.map((cells, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
                <tr key={row}>
                  {cells.map((text, at) =>
                    at === 0 ? (
                      // biome-ignore lint/suspicious/noArrayIndexKey: nor have cells
                      <th key={at} scope="row">
                        {text}
                      </th>
                    ) : (
                      // biome-ignore lint/suspicious/noArrayIndexKey: nor have cells
                      <td key={at}>{text}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  )
}
