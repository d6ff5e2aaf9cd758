import { useSyncExternalStore } from 'react'

export type HoursFormat = 'clock' | 'decimal'

const storageKey = 'hourbook.hours'
const listeners = new Set<() => void>()
let current: HoursFormat = localStorage.getItem(storageKey) === 'decimal' ? 'decimal' : 'clock'

/** Whether durations are written `7:30` or `7.50`. */
export function useHoursFormat(): HoursFormat {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

export function setHoursFormat(format: HoursFormat): void {
  current = format
  localStorage.setItem(storageKey, format)
  for (const listener of listeners) listener()
}
