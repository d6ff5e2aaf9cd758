import { Checkbox } from '@mantine/core'
import classes from './admin.module.css'

type Props = {
  readonly items: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  readonly mayChange?: boolean
}

/** Some of a list of names. */
export function NameChecks({ items, chosen, onChange, mayChange = true }: Props) {
  return (
    <div className={classes.checks}>
      {items.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          disabled={!mayChange}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id),
            )
          }
        />
      ))}
    </div>
  )
}
