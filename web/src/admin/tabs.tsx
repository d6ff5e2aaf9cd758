import { SegmentedControl } from '@mantine/core'
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
  return (
    <div className={classes.tabs}>
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
