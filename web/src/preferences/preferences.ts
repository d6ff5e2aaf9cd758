import { useSyncExternalStore } from 'react'
import type { PreferencesBody } from '../../../src/api/contract.ts'

export type Preferences = PreferencesBody
export type PreferencesChange = Partial<Preferences>

/** What this browser remembers: the preferences, and what of them the server does not know yet. */
type Kept = {
  readonly preferences: Preferences
  /** Chosen while the server was away, by whom. */
  readonly unsent: { readonly personId: string; readonly change: PreferencesChange } | null
}

const storageKey = 'hourbook.preferences'
const listeners = new Set<() => void>()
const usual: Preferences = {
  theme: 'auto',
  language: null,
  firstWeekday: null,
  clock: null,
  hours: 'clock',
  hiddenColumns: {},
}
let kept = read()
let owner: string | null = null
let send: (change: PreferencesChange) => void = () => {}

/** How the person wants it, as far as this browser knows. */
export function getPreferences(): Preferences {
  return kept.preferences
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same, for components: they render again when something changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, getPreferences)
}

/** Shows a choice at once, and lets the server keep it for whoever is signed in. */
export function changePreferences(change: PreferencesChange): void {
  const before = kept.preferences
  const changed = Object.entries(change).filter(
    ([name, value]) => before[name as keyof Preferences] !== value,
  )
  if (changed.length === 0) return
  const real: PreferencesChange = Object.fromEntries(changed)
  const unsent = owner === null ? null : { personId: owner, change: merged(unsentOf(owner), real) }
  keep({ preferences: merged(before, real), unsent })
  if (unsent) send(unsent.change)
}

/** What the server holds of somebody who is signed in now; choices it has not heard of come on top. */
export function takePreferences(personId: string, stored: Preferences): void {
  owner = personId
  const unsent = unsentOf(personId)
  const has = Object.keys(unsent).length > 0
  keep({
    preferences: merged(stored, unsent),
    unsent: has ? { personId, change: unsent } : null,
  })
  if (has) send(unsent)
}

/** The server has answered to this change. */
export function settlePreferences(change: PreferencesChange): void {
  const left = Object.entries(kept.unsent?.change ?? {}).filter(
    ([name, value]) => change[name as keyof Preferences] !== value,
  )
  const { preferences, unsent } = kept
  const isDone = left.length === 0 || unsent === null
  keep({ preferences, unsent: isDone ? null : { ...unsent, change: Object.fromEntries(left) } })
}

/** Who takes changes to the server. */
export function sendPreferencesWith(sender: (change: PreferencesChange) => void): void {
  send = sender
}

/** What this person has chosen and the server does not know. */
export function unsentPreferences(): PreferencesChange {
  return owner === null ? {} : unsentOf(owner)
}

function unsentOf(personId: string): PreferencesChange {
  return kept.unsent?.personId === personId ? kept.unsent.change : {}
}

function merged<T extends PreferencesChange>(before: T, change: PreferencesChange): T {
  const hiddenColumns = { ...before.hiddenColumns, ...change.hiddenColumns }
  return { ...before, ...change, ...(change.hiddenColumns ? { hiddenColumns } : {}) }
}

function keep(next: Kept): void {
  const text = JSON.stringify(next)
  if (text === JSON.stringify(kept)) return
  kept = next
  localStorage.setItem(storageKey, text)
  for (const listener of listeners) listener()
}

function read(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Kept>
    const preferences = { ...usual, ...found.preferences }
    return { preferences, unsent: found.unsent ?? null }
  } catch {
    return { preferences: usual, unsent: null }
  }
}

// Another tab of this browser has changed something.
window.addEventListener('storage', ({ key }) => {
  if (key !== storageKey) return
  kept = read()
  for (const listener of listeners) listener()
})
