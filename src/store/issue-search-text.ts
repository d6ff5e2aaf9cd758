import { type RawBuilder, sql } from 'kysely'
import type { TextQuery } from '../domain/issue-query.ts'

// Written as in migration 0005, letter by letter, or the indexes are of no use.
const punctuation = `'!"#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~', '                                '`
const longestWord = 500

/** Whether the text of a column, never null, answers the query; a blank text answers none. */
export function matchesText(column: RawBuilder<string>, query: TextQuery): RawBuilder<boolean> {
  const matching = matches(column, query)
  // Said only where it decides: a condition that is implied misleads the planner.
  return fitsBlank(query) ? sql<boolean>`(${column} <> '' and ${matching})` : matching
}

function fitsBlank(query: TextQuery): boolean {
  if (query.kind === 'all' || query.kind === 'any') return query.queries.some(fitsBlank)
  return query.kind === 'none' || query.kind === 'pattern'
}

function matches(column: RawBuilder<string>, query: TextQuery): RawBuilder<boolean> {
  const whole = toTsquery(query)
  if (whole !== undefined) return sql<boolean>`${vectorOf(column)} @@ ${whole}::tsquery`
  switch (query.kind) {
    case 'all':
    case 'any': {
      const parts = query.queries.map((one) => matches(column, one))
      return sql<boolean>`(${sql.join(parts, query.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'none':
      return sql<boolean>`not ${matches(column, query.query)}`
    case 'pattern':
      return sql<boolean>`lower(translate(${column}, ${sql.raw(punctuation)})) ~ ${patternOf(query.word)}`
    default:
      // A word longer than any the index holds.
      return sql<boolean>`false`
  }
}

function vectorOf(column: RawBuilder<string>): RawBuilder<unknown> {
  return sql`to_tsvector('simple', translate(${column}, ${sql.raw(punctuation)}))`
}

/** The query as PostgreSQL writes it; undefined where a part has wildcards or is too long for it. */
function toTsquery(query: TextQuery): string | undefined {
  switch (query.kind) {
    case 'word':
      return lexeme(query.word, false)
    case 'prefix':
      return lexeme(query.word, true)
    case 'pattern':
      return undefined
    case 'phrase':
      return joined(
        query.words.map((word, at) =>
          lexeme(word, query.isPrefix && at === query.words.length - 1),
        ),
        ' <-> ',
      )
    case 'all':
    case 'any':
      return joined(query.queries.map(toTsquery), query.kind === 'all' ? ' & ' : ' | ')
    case 'none': {
      const inner = toTsquery(query.query)
      return inner === undefined ? undefined : `!${inner}`
    }
  }
}

function joined(parts: readonly (string | undefined)[], operator: string): string | undefined {
  return parts.includes(undefined) ? undefined : `(${parts.join(operator)})`
}

// Words are letters, digits and marks; quotes keep those that spell an operator apart from it.
function lexeme(word: string, isPrefix: boolean): string | undefined {
  if (word.length > longestWord) return undefined
  return `'${word.replace(/['\\]/g, '')}'${isPrefix ? ':*' : ''}`
}

function patternOf(word: string): string {
  const body = word
    .replace(/[^\p{L}\p{N}\p{M}*?]/gu, '')
    .replaceAll('?', '\\S')
    .replace(/\*+/g, '\\S*')
  return `(^|\\s)${body}(\\s|$)`
}
