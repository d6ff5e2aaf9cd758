import { Menu } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import classes from './reports.module.css'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly name: string
  readonly label: string
  readonly hintId: string
  readonly isDraggable?: boolean
  /** What its menu offers. */
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
  readonly onMove?: ((step: -1 | 1) => void) | undefined
  readonly onRemove: () => void
}

/** What the drag of a chip carries. */
export const chipType = 'text/x-hourbook-dimension'

/** Something on a shelf: dragged, moved by Alt and arrows, removed by Delete, the rest in its menu. */
export function Chip({ name, label, hintId, isDraggable, actions, onMove, onRemove }: Props) {
  const t = useReportsTexts()
  const [isOpen, setOpen] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      onRemove()
    }
    if (!event.altKey || !onMove) return
    if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') onMove(-1)
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') onMove(1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragged by the pointer; its button takes the keys
    <span
      className={classes.chip}
      draggable={isDraggable}
      onDragStart={(event: DragEvent) => event.dataTransfer.setData(chipType, name)}
    >
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start" shadow="none">
        <Menu.Target>
          <button
            type="button"
            className={classes.chipName}
            data-chip={name}
            aria-describedby={hintId}
            onKeyDown={onKeyDown}
          >
            {label}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item key={action.label} onClick={action.run}>
              {action.label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={onRemove}>{t.removeChip(label)}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <button
        type="button"
        className={classes.chipRemove}
        aria-label={t.removeChip(label)}
        tabIndex={-1}
        aria-keyshortcuts="Delete"
        onClick={onRemove}
      >
        <IconX size={13} />
      </button>
    </span>
  )
}
