/** The closed list of refusals the domain knows; every edge maps every code to its own shape. */
export const domainErrorCodes = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'locked',
  'upstream',
  'unavailable',
] as const

export type DomainErrorCode = (typeof domainErrorCodes)[number]

/** One thing wrong with one field of the input: `field` is a dotted path in the caller's words. */
export type FieldProblem = { readonly field: string; readonly message: string }

export type ErrorDetails = {
  readonly problems?: readonly FieldProblem[]
  readonly [key: string]: unknown
}

/** A refusal: `code` for machines, `message` for people, `details` for both. Never a status number. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: DomainErrorCode
  readonly details: ErrorDetails

  constructor(code: DomainErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** A refusal of one field of the input. */
export function invalidField(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field}: ${message}`, { problems: [{ field, message }] })
}
