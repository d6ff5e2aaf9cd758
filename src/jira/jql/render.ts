import type { JqlClause, JqlField, JqlOperand, JqlQuery } from './ast.ts'
import { jqlKeywords, jqlReservedCharacters, jqlReservedWords } from './words.ts'

/** The query as text that parses to the same tree, positions aside. */
export function renderJql(query: JqlQuery): string {
  const sorts = query.orderBy.map(
    ({ field, direction }) => renderField(field) + (direction ? ` ${direction.toUpperCase()}` : ''),
  )
  const where = query.where ? renderClause(query.where) : ''
  const orderBy = sorts.length > 0 ? `ORDER BY ${sorts.join(', ')}` : ''
  return [where, orderBy].filter((part) => part !== '').join(' ')
}

/** One clause as text, for `structure` beans and messages. */
export function renderClause(clause: JqlClause): string {
  switch (clause.kind) {
    case 'and':
    case 'or':
      return clause.clauses.map(renderInner).join(` ${clause.kind.toUpperCase()} `)
    case 'not':
      return `NOT ${renderInner(clause.clause)}`
    case 'terminal':
      return `${renderField(clause.field)} ${clause.operator.toUpperCase()} ${renderOperand(clause.operand)}`
    case 'history': {
      const parts = [renderField(clause.field), clause.operator.toUpperCase()]
      if (clause.operand) parts.push(renderOperand(clause.operand))
      for (const { operator, operand } of clause.predicates)
        parts.push(operator.toUpperCase(), renderOperand(operand))
      return parts.join(' ')
    }
  }
}

/** The field as it can be typed: Jira's `encodedName`. */
export function renderField({ name, customId, properties }: JqlField): string {
  // A bare number takes no property, so with one it is quoted.
  const base =
    customId === undefined ? renderJqlText(name, properties.length === 0) : `cf[${customId}]`
  return (
    base +
    properties
      .map(({ key, path }) => `[${renderJqlText(key)}]${path.map(renderPath).join('')}`)
      .join('')
  )
}

/** An operand as it can be typed: Jira's `encodedOperand`. */
export function renderOperand(operand: JqlOperand): string {
  switch (operand.kind) {
    case 'empty':
      return 'EMPTY'
    case 'value':
      return operand.isNumber ? operand.text : renderJqlText(operand.text)
    case 'list':
      return `(${operand.items.map(renderOperand).join(', ')})`
    case 'function':
      return `${renderJqlText(operand.name, true)}(${operand.args.map((arg) => renderJqlText(arg, true)).join(', ')})`
  }
}

/** A text as JQL: bare where that reads back the same, else quoted. Digits stay bare only on wish. */
export function renderJqlText(text: string, mayBeNumber = false): string {
  if (/^-?\d+$/.test(text)) return mayBeNumber && text.length < 19 ? text : `"${text}"`
  const lower = text.toLowerCase()
  const isPlain = bare.test(text) && !jqlKeywords.has(lower) && !jqlReservedWords.has(lower)
  return isPlain && lower !== 'cf' ? text : `"${text.replace(toEscape, escapeOf)}"`
}

function renderInner(clause: JqlClause): string {
  const text = renderClause(clause)
  return clause.kind === 'and' || clause.kind === 'or' ? `(${text})` : text
}

// Words that follow each other stay apart; the first, `.path`, hangs on the bracket as people write.
function renderPath(part: string, index: number): string {
  const text = renderJqlText(part, true)
  return index === 0 && text.startsWith('.') ? text : ` ${text}`
}

const reserved = jqlReservedCharacters.replace(/[\]\\^-]/g, '\\$&')
const control = '\\u0000-\\u001f\\u007f-\\u009f\\ufdd0-\\ufdef\\ufffe\\uffff'
const bare = new RegExp(`^[^ \\\\${reserved}${control}]+$`)
const toEscape = new RegExp(`[\\\\"${control}]`, 'g')

function escapeOf(character: string): string {
  if (character === '\\' || character === '"') return `\\${character}`
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
