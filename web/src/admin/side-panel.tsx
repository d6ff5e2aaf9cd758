import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFocusReturn } from '../parts/focus-return.ts'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './admin.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly size?: 'md' | 'lg' | 'xl'
}

/** What belongs to one row, beside the table. */
export function SidePanel({ title, onClose, children, size = 'md' }: Props) {
  useFocusReturn()
  const shared = useSharedTexts()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={size}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': shared.close }}
      title={title}
    >
      <div className={classes.form}>{children}</div>
    </Drawer>
  )
}
