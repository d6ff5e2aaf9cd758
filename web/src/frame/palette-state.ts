import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let isOpen = false

function set(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}

export function openPalette(): void {
  set(true)
}

export function closePalette(): void {
  set(false)
}

export function usePaletteOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOpen,
  )
}
