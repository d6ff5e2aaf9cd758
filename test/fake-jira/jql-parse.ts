import { refusal } from './errors.ts'

/** What stands right of an operator. */
export type Operand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'empty' }

/** One comparison; lists are operands side by side. */
export type Term = {
  readonly kind: 'term'
  readonly field: string
  readonly op: string
  readonly operands: readonly Operand[]
  readonly isList: boolean
}

/** The condition of a query. */
export type Condition = Term | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }

/** A parsed query; without a condition it is unbounded. */
export type Query = {
  readonly condition: Condition | undefined
  readonly sorts: readonly { readonly field: string; readonly isDescending: boolean | undefined }[]
}

type Token = {
  readonly kind: 'word' | 'text' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const operators = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'"
const pattern =
  /\s+|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|!~|[=<>~(),!])|([^\s"'=<>~(),!&|[\]{}*^$#@%;?]+)/gy

/** Reads the part of JQL the fake knows; everything else is refused with 400, as Jira refuses. */
export function parseJql(text: string): Query {
  const tokens = tokensOf(text)
  let at = 0
  const peek = () => tokens[at]!
  const isWord = (name: string) => peek().kind === 'word' && peek().text.toUpperCase() === name
  const isSign = (sign: string) => peek().kind === 'sign' && peek().text === sign
  const take = () => tokens[at++]!
  const skip = (test: boolean) => {
    if (test) at += 1
    return test
  }

  function or(): Condition {
    const parts = [and()]
    while (skip(isWord('OR'))) parts.push(and())
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts }
  }

  function and(): Condition {
    const parts = [clause()]
    while (skip(isWord('AND'))) parts.push(clause())
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts }
  }

  function clause(): Condition {
    if (isWord('NOT') || isSign('!'))
      throw broken('the fake Jira does not know NOT before a clause.')
    if (skip(isSign('('))) {
      const inner = or()
      if (!skip(isSign(')'))) throw unexpected("Expecting ')'")
      return inner
    }
    const name = take()
    if (name.kind === 'end') throw broken('Expecting a field name at the end of the query.')
    if (name.kind === 'sign') {
      const { text: sign } = name
      throw broken(
        `Expecting a field name but got '${sign}'. You must surround '${sign}' in quotation marks ` +
          `to use it as a field name.${placeOf(name)}`,
      )
    }
    const op = operator()
    const { operands, isList } = right()
    return { kind: 'term', field: name.text, op, operands, isList }
  }

  function operator(): string {
    if (skip(isWord('NOT'))) {
      if (!skip(isWord('IN'))) throw unexpected("Expecting 'IN'")
      return 'NOT IN'
    }
    if (skip(isWord('IN'))) return 'IN'
    if (skip(isWord('IS'))) return skip(isWord('NOT')) ? 'IS NOT' : 'IS'
    const token = peek()
    if (token.kind === 'sign' && !'(),!'.includes(token.text)) return take().text
    if (token.kind === 'end') {
      throw broken(
        `Expecting operator before the end of the query. The valid operators are ${operators}.`,
      )
    }
    throw broken(
      `Expecting operator but got '${token.text}'. The valid operators are ${operators}.${placeOf(token)}`,
    )
  }

  function right(): { operands: Operand[]; isList: boolean } {
    if (!skip(isSign('('))) return { operands: [operand()], isList: false }
    const operands = [operand()]
    while (skip(isSign(','))) operands.push(operand())
    if (!skip(isSign(')'))) throw unexpected("Expecting ')'")
    return { operands, isList: true }
  }

  function operand(): Operand {
    const token = take()
    if (token.kind === 'end') {
      throw broken('Expecting either a value, list or function before the end of the query.')
    }
    if (token.kind === 'sign') {
      const { text: sign } = token
      throw broken(
        `Expecting either a value, list or function but got '${sign}'. You must surround ` +
          `'${sign}' in quotation marks to use it as a value.${placeOf(token)}`,
      )
    }
    if (token.kind === 'word' && /^(EMPTY|NULL)$/i.test(token.text)) return { kind: 'empty' }
    if (token.kind === 'text' || !skip(isSign('('))) return { kind: 'value', text: token.text }
    const args: string[] = []
    while (!skip(isSign(')'))) {
      if (args.length > 0 && !skip(isSign(','))) throw unexpected("Expecting ')' or ','")
      const argument = take()
      if (argument.kind === 'end') {
        throw broken('Expecting a function argument at the end of the query.')
      }
      args.push(argument.text)
    }
    return { kind: 'call', name: token.text.toLowerCase(), args }
  }

  function sorts(): Query['sorts'] {
    if (!skip(isWord('ORDER'))) return []
    if (!skip(isWord('BY'))) throw unexpected("Expecting 'by'")
    const list: { field: string; isDescending: boolean | undefined }[] = []
    do {
      const name = take()
      if (name.kind === 'end') throw broken('Expecting a field name at the end of the query.')
      const isDescending = skip(isWord('DESC')) ? true : skip(isWord('ASC')) ? false : undefined
      list.push({ field: name.text, isDescending })
    } while (skip(isSign(',')))
    return list
  }

  function unexpected(what: string) {
    const token = peek()
    return token.kind === 'end'
      ? broken(`${what} before the end of the query.`)
      : broken(`${what} but got '${token.text}'.${placeOf(token)}`)
  }

  const isEmpty = peek().kind === 'end' || isWord('ORDER')
  const condition = isEmpty ? undefined : or()
  const query = { condition, sorts: sorts() }
  if (peek().kind !== 'end') {
    throw unexpected(query.sorts.length > 0 ? "Expecting ','" : "Expecting either 'OR' or 'AND'")
  }
  return query
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(text)
    if (!match) throw badCharacter(text, at)
    const [, double, single, sign, word] = match
    const quoted = double ?? single
    if (quoted !== undefined)
      tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/g, '$1'), at })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function badCharacter(text: string, at: number) {
  const char = text[at]!
  if (char === '"' || char === "'") {
    return broken(`The quoted string '${text.slice(at + 1)}' has not been completed.`)
  }
  const code = char.charCodeAt(0).toString(16).padStart(4, '0')
  return broken(
    `The character '${char}' is a reserved JQL character. You must enclose it in a string or ` +
      `use the escape '\\u${code}' instead.${placeOf({ at })}`,
  )
}

function placeOf({ at }: { readonly at: number }): string {
  return ` (line 1, character ${at + 1})`
}

function broken(message: string) {
  return refusal(400, `Error in the JQL Query: ${message}`)
}
