import { useEffect, useState } from 'react'

/**
 * For what opens over a screen and is gone when it is closed: what had the focus before has it again
 * then, unless something else took it meanwhile.
 */
export function useFocusReturn(): void {
  // While it is first rendered: a field of its own takes the focus before any effect runs.
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && before instanceof HTMLElement && before.isConnected) before.focus()
      })
    },
    [before],
  )
}
