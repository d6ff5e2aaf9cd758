import { getLanguage, type Language, useLanguage } from './language.ts'

// A text, or a function of what it speaks of. Functions keep the parameters typed.
type Text = string | ((...parameters: never[]) => string)

type Catalogue = Readonly<Record<string, Text>>

/** The same texts in another language: none missing, none more. */
type Translated<T extends Catalogue> = {
  readonly [Key in keyof T]: T[Key] extends string ? string : T[Key]
}

export type Texts<T extends Catalogue> = {
  /** For components. */
  (): T
  /** For everything else. */
  readonly now: () => T
  readonly all: Readonly<Record<Language, T>>
}

/**
 * The texts of one screen in every language. Components call the result: `const t = useTexts()`,
 * then `t.save`. Nothing a person reads stands anywhere else; a test looks.
 */
export function defineTexts<T extends Catalogue>(en: T, de: Translated<NoInfer<T>>): Texts<T> {
  const all = { en, de: de as unknown as T }
  const use = () => all[useLanguage()]
  return Object.assign(use, { now: () => all[getLanguage()], all })
}
