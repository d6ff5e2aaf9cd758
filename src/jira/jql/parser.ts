import type {
  JqlClause,
  JqlField,
  JqlHistory,
  JqlHistoryOperator,
  JqlOperator,
  JqlPosition,
  JqlPredicate,
  JqlProperty,
  JqlQuery,
  JqlSort,
} from './ast.ts'
import { jqlPredicates } from './ast.ts'
import { type Token, tokenize } from './lexer.ts'
import { jqlLimits } from './limits.ts'
import { expected, jqlError, refused } from './parse-errors.ts'
import { parseOperand } from './parse-operand.ts'
import { makeCursor, type TokenCursor } from './token-cursor.ts'

type Parsing = { readonly cursor: TokenCursor; clauses: number; depth: number }

/** Reads a query. Throws `invalid` with Jira's text and place in `details.errorMessages`. */
export function parseJql(text: string): JqlQuery {
  if (text.length > jqlLimits.length)
    throw jqlError([`The JQL query must be at most ${jqlLimits.length} characters long.`])
  const parsing: Parsing = { cursor: makeCursor(tokenize(text)), clauses: 0, depth: 0 }
  const { cursor } = parsing
  const hasWhere = !cursor.isEnd() && !cursor.isKeyword('order')
  const where = hasWhere ? parseOr(parsing) : undefined
  if (!cursor.isEnd() && !cursor.isKeyword('order')) throw expected.logical(cursor.met())
  const orderBy = cursor.isEnd() ? [] : parseOrderBy(cursor)
  return where ? { where, orderBy } : { orderBy }
}

/** `parseJql` that remembers the queries read lately: the tree depends on nothing but the text. */
export function makeJqlParser(): (text: string) => JqlQuery {
  const known = new Map<string, JqlQuery>()
  return (text) => {
    const query = known.get(text) ?? parseJql(text)
    known.delete(text)
    known.set(text, query)
    const oldest = known.size > jqlLimits.cachedQueries ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    return query
  }
}

function parseOr(parsing: Parsing): JqlClause {
  return parseChain(parsing, 'or', () => parseChain(parsing, 'and', () => parseNot(parsing)))
}

function parseChain(parsing: Parsing, kind: 'and' | 'or', next: () => JqlClause): JqlClause {
  const { cursor } = parsing
  const { position } = cursor.peek()
  const first = next()
  if (!cursor.isKeyword(kind)) return first
  const clauses = [first]
  while (cursor.takeKeyword(kind)) clauses.push(next())
  return { kind, clauses, position }
}

function parseNot(parsing: Parsing): JqlClause {
  const { cursor } = parsing
  const { position } = cursor.peek()
  if (cursor.takeKeyword('not') || cursor.takeSymbol('!'))
    return { kind: 'not', clause: deeper(parsing, () => parseNot(parsing)), position }
  if (!cursor.takeSymbol('(')) return parseClause(parsing)
  const clause = deeper(parsing, () => parseOr(parsing))
  if (!cursor.takeSymbol(')')) throw expected.symbol(')', cursor.met())
  return clause
}

function deeper<T>(parsing: Parsing, parse: () => T): T {
  parsing.depth += 1
  if (parsing.depth > jqlLimits.depth)
    throw jqlError([`The JQL query must not be nested deeper than ${jqlLimits.depth} levels.`])
  const result = parse()
  parsing.depth -= 1
  return result
}

function parseClause(parsing: Parsing): JqlClause {
  const { cursor } = parsing
  const { position } = cursor.peek()
  const field = parseField(cursor)
  parsing.clauses += 1
  if (parsing.clauses > jqlLimits.clauses)
    throw jqlError([`The JQL query must not have more than ${jqlLimits.clauses} clauses.`])
  if (cursor.isKeyword('was') || cursor.isKeyword('changed'))
    return parseHistory(cursor, field, position)
  const operator = parseOperator(cursor)
  return { kind: 'terminal', field, operator, operand: parseOperand(cursor), position }
}

function parseOperator(cursor: TokenCursor): JqlOperator {
  const { kind, text } = cursor.peek()
  if (kind === 'symbol' && isOperator(text)) {
    cursor.next()
    return text
  }
  if (cursor.takeKeyword('in')) return 'in'
  if (cursor.takeKeyword('not')) {
    if (!cursor.takeKeyword('in')) throw expected.symbol('IN', cursor.met())
    return 'not in'
  }
  if (cursor.takeKeyword('is')) {
    if (cursor.isSymbol('!')) throw expected.symbol('NOT', cursor.met())
    return cursor.takeKeyword('not') ? 'is not' : 'is'
  }
  throw expected.operator(cursor.met())
}

function isOperator(text: string): text is JqlOperator {
  return !'!(),[]'.includes(text)
}

function parseHistory(cursor: TokenCursor, field: JqlField, position: JqlPosition): JqlHistory {
  let operator: JqlHistoryOperator = 'changed'
  if (!cursor.takeKeyword('changed')) {
    cursor.next()
    const isNot = cursor.takeKeyword('not')
    const isIn = cursor.takeKeyword('in')
    operator = isNot ? (isIn ? 'was not in' : 'was not') : isIn ? 'was in' : 'was'
  }
  const operand = operator === 'changed' ? undefined : parseOperand(cursor)
  // FROM and TO belong to CHANGED alone: WAS already names its value.
  const allowed = operator === 'changed' ? jqlPredicates : jqlPredicates.slice(0, -2)
  const predicates: JqlPredicate[] = []
  for (;;) {
    const found = allowed.find((name) => cursor.takeKeyword(name))
    if (!found) break
    predicates.push({ operator: found, operand: parseOperand(cursor) })
  }
  return { kind: 'history', field, operator, ...(operand && { operand }), predicates, position }
}

function parseField(cursor: TokenCursor): JqlField {
  const token = cursor.peek()
  const { position } = token
  if (token.kind === 'cf') {
    cursor.next()
    const customId = parseCustomId(cursor)
    return { name: `cf[${customId}]`, customId, properties: parseProperties(cursor), position }
  }
  if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'number')
    throw expected.field(cursor.met())
  cursor.next()
  if (token.text === '') throw refused.emptyField(position)
  const properties = token.kind === 'number' ? [] : parseProperties(cursor)
  return { name: token.text, properties, position }
}

function parseCustomId(cursor: TokenCursor): string {
  if (!cursor.takeSymbol('[')) throw expected.symbol('[', cursor.met())
  const id = cursor.peek()
  if (id.kind !== 'number' || id.text.startsWith('-')) throw expected.customId(cursor.met())
  cursor.next()
  if (!cursor.takeSymbol(']')) throw expected.symbol(']', cursor.met())
  return id.text
}

function parseProperties(cursor: TokenCursor): JqlProperty[] {
  const properties: JqlProperty[] = []
  while (cursor.takeSymbol('[')) {
    const key = cursor.peek()
    if (!isTextual(key)) throw expected.argument(cursor.met())
    cursor.next()
    if (!cursor.takeSymbol(']')) throw expected.symbol(']', cursor.met())
    const path: string[] = []
    while (isTextual(cursor.peek())) path.push(cursor.next().text)
    properties.push({ key: key.text, path })
  }
  return properties
}

function isTextual({ kind }: Token): boolean {
  return kind === 'word' || kind === 'string' || kind === 'number'
}

function parseOrderBy(cursor: TokenCursor): JqlSort[] {
  cursor.next()
  if (!cursor.takeKeyword('by')) throw expected.symbol('by', cursor.met())
  const sorts: JqlSort[] = []
  do sorts.push(parseSort(cursor))
  while (cursor.takeSymbol(','))
  if (cursor.isEnd()) return sorts
  throw sorts.at(-1)?.direction
    ? expected.symbol(',', cursor.met())
    : expected.direction(cursor.met())
}

function parseSort(cursor: TokenCursor): JqlSort {
  const { position } = cursor.peek()
  const field = parseField(cursor)
  if (cursor.takeKeyword('asc')) return { field, direction: 'asc', position }
  return cursor.takeKeyword('desc') ? { field, direction: 'desc', position } : { field, position }
}
