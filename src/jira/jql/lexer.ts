import type { JqlPosition } from './ast.ts'
import { refused } from './parse-errors.ts'
import { jqlKeywords, jqlReservedCharacters, jqlReservedWords } from './words.ts'

export type TokenKind = 'word' | 'string' | 'number' | 'keyword' | 'symbol' | 'cf' | 'end'

export type Token = {
  readonly kind: TokenKind
  /** A keyword in lower case, `&&` as `and`; a word or string with its escapes undone. */
  readonly text: string
  /** As messages quote it. */
  readonly shown: string
  readonly position: JqlPosition
}

const escapes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  ' ': ' ',
  t: '\t',
  n: '\n',
  r: '\r',
}

// One look-up per character: what may stand in a bare word, what separates, what is refused.
const isWordChar = 0
const isBlank = 1
const isReserved = 2
const isEscape = 3
const isControl = 4
const classes = new Uint8Array(65_536)
for (let code = 0; code < classes.length; code += 1) {
  const isNonCharacter = (code >= 0xfdd0 && code <= 0xfdef) || code >= 0xfffe
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || isNonCharacter) classes[code] = isControl
}
for (const blank of ' \t\n\r') classes[blank.charCodeAt(0)] = isBlank
for (const reserved of jqlReservedCharacters) classes[reserved.charCodeAt(0)] = isReserved
classes['\\'.charCodeAt(0)] = isEscape

const leastNumber = -(2n ** 63n)
const greatestNumber = 2n ** 63n - 1n
const numberShape = /^-?\d+$/

/** Cuts the text into tokens, the last of kind `end`. Throws Jira's text at the first that is none. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let index = 0
  let line = 1
  let lineStart = 0
  const here = (offset: number): JqlPosition => ({ line, character: offset - lineStart + 1 })
  while (index < text.length) {
    const code = text.charCodeAt(index)
    const position = here(index)
    if (classes[code] === isBlank) {
      index += 1
      if (code === 10) {
        line += 1
        lineStart = index
      }
    } else if (code === 34 || code === 39) {
      const end = endOfString(text, index, here)
      const value = unescaped(text.slice(index + 1, end), index + 1, here)
      tokens.push({ kind: 'string', text: value, shown: value, position })
      for (; index <= end; index += 1) {
        if (text.charCodeAt(index) !== 10) continue
        line += 1
        lineStart = index + 1
      }
    } else if (classes[code] === isControl) {
      throw refused.controlCharacter(position, text[index]!)
    } else if (classes[code] === isReserved) {
      const token = symbolAt(text, index, position)
      tokens.push(token)
      index += token.shown.length
    } else {
      const end = endOfWord(text, index)
      tokens.push(wordToken(text.slice(index, end), index, position, here))
      index = end
    }
  }
  tokens.push({ kind: 'end', text: '', shown: '', position: here(index) })
  return tokens
}

function symbolAt(text: string, index: number, position: JqlPosition): Token {
  const first = text[index]!
  const two = text.slice(index, index + 2)
  const symbol = (shown: string): Token => ({ kind: 'symbol', text: shown, shown, position })
  if (first === '&' || first === '|') {
    const shown = two === first + first ? two : first
    return { kind: 'keyword', text: first === '&' ? 'and' : 'or', shown, position }
  }
  if (two === '!=' || two === '<=' || two === '>=' || two === '!~') return symbol(two)
  if ('=!<>~(),[]'.includes(first)) return symbol(first)
  throw refused.reservedCharacter(position, first)
}

function wordToken(
  raw: string,
  start: number,
  position: JqlPosition,
  here: (offset: number) => JqlPosition,
): Token {
  if (numberShape.test(raw)) {
    if (raw.length > 18 && (BigInt(raw) < leastNumber || BigInt(raw) > greatestNumber))
      throw refused.number(position, raw)
    return { kind: 'number', text: raw, shown: raw, position }
  }
  const lower = raw.toLowerCase()
  if (jqlKeywords.has(lower)) return { kind: 'keyword', text: lower, shown: raw, position }
  if (lower === 'cf') return { kind: 'cf', text: lower, shown: raw, position }
  if (jqlReservedWords.has(lower)) throw refused.reservedWord(position, raw)
  const text = unescaped(raw, start, here)
  return { kind: 'word', text, shown: text, position }
}

function endOfWord(text: string, start: number): number {
  let index = start
  for (; index < text.length; index += 1) {
    const kind = classes[text.charCodeAt(index)]!
    if (kind === isEscape) index += 1
    else if (kind !== isWordChar) break
  }
  return Math.min(index, text.length)
}

function endOfString(text: string, start: number, here: (offset: number) => JqlPosition): number {
  const quote = text.charCodeAt(start)
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === quote) return index
    if (code === 92) index += 1
    // A tab is a blank outside quotes and a control character inside (vendor's parser, run).
    else if (code === 9 || classes[code] === isControl)
      throw refused.controlCharacter(here(index), text[index]!)
  }
  throw refused.openQuote(here(start), text.slice(start + 1))
}

function unescaped(raw: string, start: number, here: (offset: number) => JqlPosition): string {
  let backslash = raw.indexOf('\\')
  if (backslash < 0) return raw
  let value = ''
  let from = 0
  while (backslash >= 0) {
    value += raw.slice(from, backslash)
    const next = raw[backslash + 1] ?? ''
    const unicode =
      next === 'u' ? /^[0-9a-f]{4}/i.exec(raw.slice(backslash + 2, backslash + 6)) : null
    const plain = unicode ? String.fromCharCode(Number.parseInt(unicode[0], 16)) : escapes[next]
    if (plain === undefined) throw refused.escape(here(start + backslash), `\\${next}`)
    value += plain
    from = backslash + (unicode ? 6 : 2)
    backslash = raw.indexOf('\\', from)
  }
  return value + raw.slice(from)
}
