import { SegmentedControl } from '@mantine/core'
import { useEffect, useRef } from 'react'
import classes from './admin.module.css'

type Props<T extends string> = {
  readonly label: string
  readonly tabs: readonly T[]
  readonly current: T
  readonly nameOf: (tab: T) => string
  readonly onChange: (tab: T) => void
}

/** Several tables of one section; which one is shown stands in the address. */
export function Tabs<T extends string>({ label, tabs, current, nameOf, onChange }: Props<T>) {
  const place = useRef<HTMLDivElement>(null)
  // On a phone the one that is shown may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another place
  useEffect(() => {
    const chosen = place.current?.querySelector('label[data-active]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <div ref={place} className={classes.tabs}>
      <SegmentedControl
        aria-label={label}
        size="xs"
        value={current}
        onChange={(value) => onChange(value as T)}
        data={tabs.map((tab) => ({ value: tab, label: nameOf(tab) }))}
      />
    </div>
  )
}
