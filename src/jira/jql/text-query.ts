import type { TextQuery } from '../../domain/issue-query.ts'

type Piece =
  | { readonly kind: 'term'; readonly query: TextQuery }
  | { readonly kind: 'operator'; readonly name: 'AND' | 'OR' }

// A sign, then a quoted phrase with what Lucene may hang on it, or a run without blanks and quotes.
const pieces = /([+-]|NOT\s+|!)?(?:"([^"]*)"(?:~[\d.]*)?(?:\^[\d.]+)?|([^\s"()]+))/gy
const operatorNames: Readonly<Record<string, 'AND' | 'OR'>> = {
  AND: 'AND',
  '&&': 'AND',
  OR: 'OR',
  '||': 'OR',
}
const separators = /[^\p{L}\p{N}\p{M}]+/u
const separatorsButWildcards = /[^\p{L}\p{N}\p{M}*?]+/u

/** The words of a text as `~` sees them (contract C7). */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(separators).filter(Boolean)
}

/** The value of `~` as a question to words; undefined where it cannot be read. */
export function parseTextQuery(value: string): TextQuery | undefined {
  const groups: TextQuery[][] = [[]]
  let last: 'start' | 'term' | 'operator' = 'start'
  for (const piece of readPieces(value) ?? [{ kind: 'operator', name: 'AND' } as const]) {
    if (piece.kind === 'term') {
      groups.at(-1)!.push(piece.query)
      last = 'term'
      continue
    }
    if (last !== 'term') return undefined
    if (piece.name === 'OR') groups.push([])
    last = 'operator'
  }
  if (last !== 'term') return undefined
  return combined(
    'any',
    groups.map((group) => combined('all', group)),
  )
}

function combined(kind: 'all' | 'any', queries: readonly TextQuery[]): TextQuery {
  return queries.length === 1 ? queries[0]! : { kind, queries }
}

function readPieces(value: string): Piece[] | undefined {
  const found: Piece[] = []
  let index = 0
  for (;;) {
    while (index < value.length && /[\s()]/.test(value[index]!)) index += 1
    if (index >= value.length) return found
    pieces.lastIndex = index
    const match = pieces.exec(value)
    // A quotation mark without its partner.
    if (!match) return undefined
    index = pieces.lastIndex
    const [all, sign, phrase, run] = match
    const operator = phrase === undefined ? operatorNames[all] : undefined
    if (operator) {
      found.push({ kind: 'operator', name: operator })
      continue
    }
    const query = phrase === undefined ? runQuery(run!) : phraseQuery(wordsOf(phrase))
    // Punctuation alone asks for nothing.
    if (!query) continue
    const isNegative = sign !== undefined && sign !== '+'
    found.push({ kind: 'term', query: isNegative ? { kind: 'none', query } : query })
  }
}

function phraseQuery(words: readonly string[], isPrefix = false): TextQuery | undefined {
  if (words.length === 0) return undefined
  if (words.length === 1) return { kind: isPrefix ? 'prefix' : 'word', word: words[0]! }
  return { kind: 'phrase', words, isPrefix }
}

/** `foo-bar` is the phrase "foo bar"; wildcards anywhere but at its end take the words apart. */
function runQuery(run: string): TextQuery | undefined {
  const bare = run.replace(/(?:~[\d.]*|\^[\d.]+)$/, '')
  const words = bare.toLowerCase().split(separatorsButWildcards).filter(Boolean)
  if (words.length === 0) return undefined
  const isPlain = words.slice(0, -1).every((word) => !/[*?]/.test(word))
  const end = words.at(-1)!
  if (isPlain && /^[^*?]+\*?$/.test(end))
    return phraseQuery([...words.slice(0, -1), end.replace('*', '')], end.endsWith('*'))
  return combined(
    'all',
    words.map((word) => {
      if (!/[*?]/.test(word)) return { kind: 'word', word }
      return /^[^*?]+\*$/.test(word)
        ? { kind: 'prefix', word: word.slice(0, -1) }
        : { kind: 'pattern', word }
    }),
  )
}
