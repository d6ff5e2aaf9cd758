import { CloseButton, FocusTrap } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './planner.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** As the style sheet has it: below this width a panel lies over everything else. */
const narrow = '(max-width: 900px)'

/** What stands at the side of the timeline, or over it where there is no side. */
export function Panel({ title, onClose, children }: Props) {
  const shared = useSharedTexts()
  const isOver = useMediaQuery(narrow, false, { getInitialValueInEffect: false })
  return (
    <FocusTrap active={isOver}>
      <aside
        className={classes.panel}
        aria-label={title}
        {...(isOver ? { role: 'dialog', 'aria-modal': true } : {})}
      >
        <header className={classes.panelHead}>
          <h2>{title}</h2>
          <CloseButton aria-label={shared.close} onClick={onClose} />
        </header>
        {children}
      </aside>
    </FocusTrap>
  )
}
