import { useSyncExternalStore } from 'react'
import { getPreferences, onPreferences } from '../preferences/preferences.ts'

export const languages = ['en', 'de'] as const

export type Language = (typeof languages)[number]

const listeners = new Set<() => void>()
let current: Language = wantedLanguage()
document.documentElement.lang = current
onPreferences(() => {
  const wanted = wantedLanguage()
  if (wanted === current) return
  current = wanted
  document.documentElement.lang = wanted
  for (const listener of listeners) listener()
})

/** The person's choice, else the first that the browser wishes and we speak. */
function wantedLanguage(): Language {
  const wished = [getPreferences().language, ...navigator.languages]
  return languages.find((one) => wished.find((wish) => isKnown(wish))?.startsWith(one)) ?? 'en'
}

function isKnown(wish: string | null): boolean {
  return languages.some((one) => wish?.startsWith(one))
}

/** The language texts are shown in. */
export function getLanguage(): Language {
  return current
}

/** The same, for components: they render again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, getLanguage)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What `Intl` shall write dates and numbers in: the browser's own wish where the language fits. */
export function localeOf(language: Language): string {
  return navigator.languages.find((one) => one.startsWith(language)) ?? language
}
