import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSharedTexts } from '../texts/shared.ts'
import { useFocusReturn } from './focus-return.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly size?: 'md' | 'lg' | 'xl'
  /** Whether a click beside it leaves it; what is shown only once is better left on purpose. */
  readonly closesOutside?: boolean
}

/** What opens at the right over a screen; the focus goes back to where it was. */
export function SideDrawer({ title, onClose, children, size = 'md', closesOutside = true }: Props) {
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
      closeOnClickOutside={closesOutside}
    >
      {children}
    </Drawer>
  )
}
