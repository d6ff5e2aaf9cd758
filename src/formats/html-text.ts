import { guardFormula } from './formula-guard.ts'

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it. */
export function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => characters[character]!)
}

/** Text for a cell that a spreadsheet reads: on one line, and no formula. */
export function cellText(text: string): string {
  const line = text.replace(/\r\n|\n|\r/g, ' ')
  return guardFormula(line) === line ? toHtml(line) : `'${toHtml(line)}`
}
