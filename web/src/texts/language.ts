import { useSyncExternalStore } from 'react'

export const languages = ['en', 'de'] as const

export type Language = (typeof languages)[number]

const storageKey = 'hourbook.language'
const listeners = new Set<() => void>()
let current: Language = firstLanguage()
document.documentElement.lang = current

function firstLanguage(): Language {
  const wished = [localStorage.getItem(storageKey), ...navigator.languages]
  return languages.find((one) => wished.find((wish) => isKnown(wish))?.startsWith(one)) ?? 'en'
}

function isKnown(wish: string | null): boolean {
  return languages.some((one) => wish?.startsWith(one))
}

/** The language texts are shown in. */
export function getLanguage(): Language {
  return current
}

export function setLanguage(language: Language): void {
  if (language === current) return
  current = language
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  for (const listener of listeners) listener()
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
