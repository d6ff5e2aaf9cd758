import { Button, CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './planner.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What stands at the side of the timeline. */
export function Panel({ title, onClose, children }: Props) {
  const shared = useSharedTexts()
  return (
    <aside className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <h2>{title}</h2>
        <CloseButton aria-label={shared.close} onClick={onClose} />
      </header>
      {children}
    </aside>
  )
}

/** Somebody else was faster: how it stands now, and the way to that. */
export function Stale({ text, onReload }: { text: string; onReload: () => void }) {
  const shared = useSharedTexts()
  return (
    <div className={classes.stale} role="alert">
      <strong>{shared.staleTitle}</strong>
      <p>{text}</p>
      <Button size="xs" variant="default" onClick={onReload}>
        {shared.reload}
      </Button>
    </div>
  )
}
