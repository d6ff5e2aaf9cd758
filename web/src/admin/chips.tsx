import { IconX } from '@tabler/icons-react'
import classes from './admin.module.css'

type Chip = { readonly id: string; readonly label: string; readonly removeLabel: string }

type Props = {
  readonly items: readonly Chip[]
  readonly onRemove?: ((id: string) => void) | undefined
}

/** A few names beside each other, each with a button that takes it away. */
export function Chips({ items, onRemove }: Props) {
  if (items.length === 0) return null
  return (
    <ul className={classes.chips}>
      {items.map(({ id, label, removeLabel }) => (
        <li key={id} className={classes.chip}>
          {label}
          {onRemove ? (
            <button type="button" aria-label={removeLabel} onClick={() => onRemove(id)}>
              <IconX size={14} stroke={2} aria-hidden />
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
