import { useRef, useState } from 'react'

type Versioned = { readonly id: string; readonly version: number }

/** What a panel shows: what is being typed stays, what only lies there follows the timeline. */
export function useHeld<T extends Versioned>(item: T | null) {
  const isDirty = useRef(false)
  const [held, setHeld] = useState(item)
  const isOther = held?.id !== item?.id || held?.version !== item?.version
  if (isOther && !(isDirty.current && held?.id === item?.id)) {
    isDirty.current = false
    setHeld(item)
  }
  const settle = () => {
    isDirty.current = false
    setHeld(item)
  }
  return {
    shown: isDirty.current ? held : item,
    /** As somebody else left it, while something else is typed here. */
    stale: isDirty.current && held !== null && isOther ? item : null,
    touch() {
      isDirty.current = true
    },
    settle,
  }
}
