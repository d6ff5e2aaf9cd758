import { expect, it } from 'vitest'
import { languageOf } from './language.ts'

it.each([
  [null, 'Summary', 'Mar', '1,234.5'],
  ['en_GB', 'Summary', 'Mar', '1,234.5'],
  ['ja_JP', 'Summary', 'Mar', '1,234.5'],
  ['constructor', 'Summary', 'Mar', '1,234.5'],
  ['de', 'Zusammenfassung', 'Mär', '1.234,5'],
  ['es_ES', 'Resumen', 'mar', '1.234,5'],
  ['fr-FR', 'Résumé', 'mars', '1234,5'],
  ['PT_br', 'Resumo', 'mar', '1.234,5'],
  ['ru', 'Тема', 'март', '1234,5'],
])('%s says %s, %s and %s', (locale, summary, march, numbers) => {
  const language = languageOf(locale)
  expect([language.words.summary, language.months[2], language.numbers]).toEqual([
    summary,
    march,
    numbers,
  ])
})

it('has every word in every language', () => {
  const english = Object.keys(languageOf(null).words)
  for (const tag of ['de', 'es', 'fr', 'pt', 'ru'])
    expect(Object.keys(languageOf(tag).words)).toEqual(english)
})
