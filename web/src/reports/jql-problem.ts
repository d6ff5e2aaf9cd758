/** The part of a query that is wrong, as places in its text. */
export type Span = { readonly from: number; readonly to: number }

const place = /line (\d+),? (?:character|at position) (\d+)/i
const named = /'([^']{1,200})'/

/**
 * Where the query is wrong, as the message says: at the line and character it names, at the word it
 * quotes, else everywhere.
 */
export function problemSpan(text: string, message: string): Span {
  const at = place.exec(message)
  if (at) {
    const lines = text.split('\n').slice(0, Number(at[1]) - 1)
    const start = lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(at[2]) - 1
    // At the very end nothing is left to mark: the last word is.
    if (start >= text.trimEnd().length) {
      const word = /\S+\s*$/.exec(text)
      return { from: word?.index ?? 0, to: text.length }
    }
    const word = /^(?:[\w.-]+|\S)/.exec(text.slice(start))?.[0] ?? ' '
    return { from: start, to: start + word.length }
  }
  const quoted = named.exec(message)?.[1]
  const found = quoted ? text.toLowerCase().indexOf(quoted.toLowerCase()) : -1
  return found < 0 ? { from: 0, to: text.length } : { from: found, to: found + quoted!.length }
}
