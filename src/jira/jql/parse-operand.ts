import type { JqlFunction, JqlList, JqlOperand } from './ast.ts'
import type { Token } from './lexer.ts'
import { jqlLimits } from './limits.ts'
import { expected, jqlError, refused } from './parse-errors.ts'
import type { TokenCursor } from './token-cursor.ts'

/** A value, function, list or EMPTY. Which of them suits the operator is the resolver's question. */
export function parseOperand(cursor: TokenCursor, depth = 0): JqlOperand {
  const token = cursor.peek()
  const { position } = token
  if (cursor.isSymbol('(')) return parseList(cursor, depth + 1)
  if (cursor.takeKeyword('empty') || cursor.takeKeyword('null')) return { kind: 'empty', position }
  if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'number')
    throw expected.operand(cursor.met())
  cursor.next()
  if (cursor.takeSymbol('(')) return parseFunction(cursor, token)
  return { kind: 'value', text: token.text, isNumber: token.kind === 'number', position }
}

function parseList(cursor: TokenCursor, depth: number): JqlList {
  const { position } = cursor.next()
  if (depth > jqlLimits.depth)
    throw jqlError([`The JQL query must not be nested deeper than ${jqlLimits.depth} levels.`])
  const items: JqlOperand[] = []
  do items.push(parseOperand(cursor, depth))
  while (cursor.takeSymbol(','))
  if (!cursor.takeSymbol(')')) throw expected.symbol(')', cursor.met())
  if (items.length > jqlLimits.listItems)
    throw jqlError([`A list must not have more than ${jqlLimits.listItems} items.`])
  return { kind: 'list', items, position }
}

function parseFunction(cursor: TokenCursor, { text, position }: Token): JqlFunction {
  if (text === '') throw refused.emptyFunction(position)
  const args: string[] = []
  if (cursor.takeSymbol(')')) return { kind: 'function', name: text, args, position }
  do args.push(parseArgument(cursor))
  while (cursor.takeSymbol(','))
  if (!cursor.takeSymbol(')')) throw expected.argumentEnd(cursor.met())
  return { kind: 'function', name: text, args, position }
}

function parseArgument(cursor: TokenCursor): string {
  const { kind, text, position } = cursor.peek()
  if (kind === 'symbol' && (text === ',' || text === ')')) throw refused.emptyArgument(position)
  if (kind !== 'word' && kind !== 'string' && kind !== 'number')
    throw expected.argument(cursor.met())
  cursor.next()
  return text
}
