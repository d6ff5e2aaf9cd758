import type { AttributeProblem } from '../../domain/attribute.ts'
import { DomainError } from '../../domain/errors.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import type { Refusal, WriteOutcome } from '../../domain/worklog-book.ts'
import type { Call } from './call.ts'
import { badRequest, notFound, type TempoError } from './errors.ts'

/** The written rows, or a refusal with the messages of all rows that were refused. */
export function unwrapped(call: Call, outcomes: readonly WriteOutcome[]): readonly WorklogView[] {
  const refusals = outcomes.flatMap((one) => (one.ok ? [] : [one.refusal]))
  const real = refusals.filter(({ details }) => details.reason !== 'not-alone')
  const [first] = real.length > 0 ? real : refusals
  if (!first) return outcomes.flatMap((one) => (one.ok ? [one.worklog] : []))
  if (first.code !== 'invalid') throw worded(call, first)
  const messages = real.flatMap((refusal) => messagesOf(call, refusal))
  throw badRequest(...new Set(messages))
}

function worded(call: Call, refusal: Refusal): TempoError | DomainError {
  if (refusal.code === 'not-found') return notFound('Worklog cannot be found')
  if (refusal.code === 'invalid') return badRequest(...messagesOf(call, refusal))
  return new DomainError(refusal.code, refusal.message, refusal.details)
}

const fieldNames: Readonly<Record<string, string>> = {
  author: 'authorAccountId',
  day: 'startDate',
  comment: 'description',
}

function messagesOf(call: Call, { message, details }: Refusal): string[] {
  const attributes = details.attributes as readonly AttributeProblem[] | undefined
  if (attributes) return attributes.map((one) => attributeMessage(call, one))
  return (
    details.problems?.map(
      ({ field, message: what }) => `'${fieldNames[field] ?? field}' ${what}`,
    ) ?? [message]
  )
}

/** Wordings seen in both versions [C 1 each], [S3]. */
function attributeMessage({ face }: Call, { key, name, reason }: AttributeProblem): string {
  if (reason === 'unknown') return unknownAttribute(key)
  if (reason === 'value') return 'Invalid work attribute value'
  return face.version === 3
    ? `Work attribute '${name}' (${key}) is required`
    : `Work attribute ${name} (${key}) is required`
}

/** [S3] */
export function unknownAttribute(key: string): string {
  return `A work attribute with key '${key}' does not exist`
}
