import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  /** Names the row as well, for whoever hears the button alone. */
  readonly label: string
  readonly onAct: () => void
  readonly children: ReactNode
}

/** A button at the end of a row. */
export function RowAct({ label, onAct, children }: Props) {
  return (
    <Button size="compact-sm" variant="subtle" aria-label={label} onClick={onAct}>
      {children}
    </Button>
  )
}
