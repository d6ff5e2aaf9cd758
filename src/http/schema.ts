import { DomainError, type FieldProblem } from '../domain/errors.ts'
import { textProblem } from '../domain/text.ts'

/** Formats a schema may name beside the usual ones. */
export const schemaFormats = {
  /** Text the database has a place for: no NUL, no half of a surrogate pair. */
  'storable-text': (text: string) => storableProblem(text) === undefined,
}

/** What a validator says of one place of an input. */
export type SchemaComplaint = {
  readonly keyword?: string
  readonly instancePath: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}

const mostProblems = 100

/** Complaints about one part of a request (body, querystring …) as the domain would name them. */
export function requestError(complaints: readonly SchemaComplaint[], part: string): DomainError {
  const problems = complaints.slice(0, mostProblems).map((one) => problemOf(one, part))
  const shown = problems.slice(0, 3).map((one) => `${one.field} ${one.message}`)
  return new DomainError('invalid', `The ${part} is not valid: ${shown.join('; ')}`, { problems })
}

function problemOf({ instancePath, params, message }: SchemaComplaint, part: string): FieldProblem {
  const extra = params.additionalProperty ?? params.missingProperty
  const path = [
    ...instancePath.split('/').slice(1).map(plainPart),
    ...(typeof extra === 'string' ? [extra] : []),
  ]
  const field = path.join('.').slice(0, 300) || part
  if (params.additionalProperty !== undefined) return { field, message: 'is not known here' }
  if (params.missingProperty !== undefined) return { field, message: 'is missing' }
  if (params.format === 'storable-text')
    return { field, message: 'must not contain the NUL character or half of a surrogate pair' }
  if (Array.isArray(params.allowedValues))
    return { field, message: `must be one of ${params.allowedValues.join(', ')}` }
  return { field, message: message ?? 'is not valid' }
}

/** A part of a JSON pointer, unescaped. */
function plainPart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function storableProblem(text: string): string | undefined {
  return textProblem(text, Number.POSITIVE_INFINITY)
}
