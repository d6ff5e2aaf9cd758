import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let isAway = false
let timer: ReturnType<typeof setTimeout> | undefined
const pingMs = 2_000

/** Calls back whenever the server goes or comes back. */
export function onConnection(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function isServerAway(): boolean {
  return isAway
}

/** Whether the server is away, for components. */
export function useServerAway(): boolean {
  return useSyncExternalStore(onConnection, isServerAway)
}

/** What a request found out. While the server is away it is asked again and again. */
export function noteConnection(isReached: boolean): void {
  if (isAway === !isReached) return
  isAway = !isReached
  for (const listener of listeners) listener()
  clearTimeout(timer)
  if (isAway) timer = setTimeout(ping, pingMs)
}

async function ping(): Promise<void> {
  const isReached = await fetch('/health', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (isReached) noteConnection(true)
  else timer = setTimeout(ping, pingMs)
}

window.addEventListener('online', () => void ping())
