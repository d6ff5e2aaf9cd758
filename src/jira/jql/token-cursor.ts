import type { Token } from './lexer.ts'
import type { Met } from './parse-errors.ts'

/** Walks a query's tokens; `take…` moves on only where the token is the one asked for. */
export type TokenCursor = {
  peek(): Token
  next(): Token
  isEnd(): boolean
  isKeyword(word: string): boolean
  isSymbol(symbol: string): boolean
  takeKeyword(word: string): boolean
  takeSymbol(symbol: string): boolean
  /** The present token as errors show it; undefined at the end. */
  met(): Met
}

export function makeCursor(tokens: readonly Token[]): TokenCursor {
  let index = 0
  const is = (kind: Token['kind'], text: string) => {
    const token = tokens[index]!
    return token.kind === kind && token.text === text
  }
  const take = (kind: Token['kind'], text: string) => {
    if (!is(kind, text)) return false
    index += 1
    return true
  }
  return {
    peek: () => tokens[index]!,
    next() {
      index += 1
      return tokens[index - 1]!
    },
    isEnd: () => tokens[index]!.kind === 'end',
    isKeyword: (word) => is('keyword', word),
    isSymbol: (symbol) => is('symbol', symbol),
    takeKeyword: (word) => take('keyword', word),
    takeSymbol: (symbol) => take('symbol', symbol),
    met: () => (tokens[index]!.kind === 'end' ? undefined : tokens[index]!),
  }
}
