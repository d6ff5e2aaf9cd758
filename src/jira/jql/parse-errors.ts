import { DomainError } from '../../domain/errors.ts'
import type { JqlPosition } from './ast.ts'

/** What Data Center puts before every text of its lexer and parser. */
const prefix = 'Error in the JQL Query: '
const operators =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'."

/** What was met: a token as written, or undefined at the end of the query. */
export type Met = { readonly shown: string; readonly position: JqlPosition } | undefined

/** A refusal with Jira's own text; `details.errorMessages` is what the answer carries. */
export function jqlError(messages: readonly string[], warnings: readonly string[] = []) {
  return new DomainError('invalid', messages.join(' '), { errorMessages: messages, warnings })
}

/** Cloud leaves out "the" where an operand is missing (contract C9). */
export function toCloudJqlMessage(message: string): string {
  return message.startsWith(`${prefix}Expecting either a value, list or function`)
    ? `Error in JQL Query: ${message.slice(prefix.length)}`
    : message
}

/** Something at a place: the text ends with where. */
export function at(position: JqlPosition, text: string): DomainError {
  return jqlError([`${prefix}${text} (line ${position.line}, character ${position.character})`])
}

function wanted(what: string, met: Met, end: string, more = ''): DomainError {
  if (!met) return jqlError([`${prefix}Expecting ${what} ${end} the end of the query.`])
  return at(met.position, `Expecting ${what} but got '${met.shown}'.${more}`)
}

const surround = (met: Met, use: string) =>
  ` You must surround '${met?.shown}' in quotation marks to use it as ${use}.`

/** Each refusal of the parser, by what it was looking for. */
export const expected = {
  operand: (met: Met) =>
    wanted('either a value, list or function', met, 'before', surround(met, 'a value')),
  operator: (met: Met) =>
    met
      ? at(met.position, `Expecting operator but got '${met.shown}'. ${operators}`)
      : jqlError([`${prefix}Expecting operator before the end of the query. ${operators}`]),
  logical: (met: Met) => wanted("either 'OR' or 'AND'", met, 'before'),
  field: (met: Met) =>
    met?.shown === '['
      ? at(met.position, "Expecting a field name but got '['. Did you mean 'cf['?")
      : wanted('a field name', met, 'at', surround(met, 'a field name')),
  argument: (met: Met) => wanted('a function argument', met, 'at', surround(met, 'an argument')),
  customId: (met: Met) => wanted('a custom field id (a positive number)', met, 'before'),
  direction: (met: Met) => wanted("either 'ASC' or 'DESC'", met, 'before'),
  argumentEnd: (met: Met) => wanted("')' or ','", met, 'before'),
  symbol: (symbol: string, met: Met) => wanted(`'${symbol}'`, met, 'before'),
} as const

/** Refusals that name no expectation. */
export const refused = {
  emptyArgument: (position: JqlPosition) => at(position, 'Function argument must be specified.'),
  emptyField: (position: JqlPosition) => at(position, 'A field name cannot be empty.'),
  emptyFunction: (position: JqlPosition) => at(position, 'A function name cannot be empty.'),
  openQuote: (position: JqlPosition, content: string) =>
    at(position, `The quoted string ${content && `'${content}' `}has not been completed.`),
  escape: (position: JqlPosition, sequence: string) =>
    at(
      position,
      `'${sequence}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX.`,
    ),
  reservedCharacter: (position: JqlPosition, character: string) =>
    at(
      position,
      `The character '${character}' is a reserved JQL character. You must enclose it in a string or use the escape '${escapeOf(character)}' instead.`,
    ),
  // The one text that says its place in the middle, so nothing is added at the end.
  controlCharacter: ({ line, character }: JqlPosition, control: string) =>
    jqlError([
      `${prefix}The character 'U+${hex(control).toUpperCase()}' on line ${line} at position ${character} must be escaped. Use the escape '${escapeOf(control)}' instead.`,
    ]),
  reservedWord: (position: JqlPosition, word: string) =>
    at(
      position,
      `'${word}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`,
    ),
  number: (position: JqlPosition, digits: string) =>
    at(
      position,
      `'${digits}' is not a valid number. Numbers must be between -9,223,372,036,854,775,808 and 9,223,372,036,854,775,807.`,
    ),
} as const

function escapeOf(character: string): string {
  return `\\u${hex(character)}`
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}
