import { Checkbox } from '@mantine/core'
import classes from './admin.module.css'

type Props = {
  readonly items: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
  readonly onToggle: (id: string) => void
  readonly mayChange?: boolean
}

/** Some of a list of names. */
export function NameChecks({ items, chosen, onToggle, mayChange = true }: Props) {
  return (
    <div className={classes.checks}>
      {items.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          disabled={!mayChange}
          checked={chosen.includes(id)}
          onChange={() => onToggle(id)}
        />
      ))}
    </div>
  )
}

/** The ids with this one as well, or without it. */
export function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}
