import { DomainError, type FieldProblem } from './errors.ts'
import { type Action, type Actor, can, type PolicyObject } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import type { Writing } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

/** What every use case of the directory works with inside its transaction. */
export type DirectoryWriting = {
  readonly tx: Writing
  readonly actor: Actor
  readonly now: Instant
}

/** Gathers what is wrong with an input, so that a refusal names every field at once. */
export type Checks = {
  wrong(field: string, message: string): void
  /** One line of text that is not blank; null and undefined pass. */
  line(field: string, value: string | null | undefined, maxLength: number): void
  matches(
    field: string,
    value: string | null | undefined,
    pattern: RegExp | ((text: string) => boolean),
    message: string,
  ): void
  seconds(field: string, value: number | null | undefined): void
  /** Throws `invalid` when anything was wrong. */
  finish(message: string): void
}

const mostSeconds = 36_000_000_000

export function startChecks(): Checks {
  const problems: FieldProblem[] = []
  const wrong = (field: string, message: string) => void problems.push({ field, message })
  return {
    wrong,
    line(field, value, maxLength) {
      if (value === null || value === undefined) return
      const problem = lineProblem(value, maxLength)
      if (problem) wrong(field, problem)
    },
    matches(field, value, pattern, message) {
      if (value === null || value === undefined) return
      const isRight = typeof pattern === 'function' ? pattern(value) : pattern.test(value)
      if (!isRight) wrong(field, message)
    },
    seconds(field, value) {
      if (value === null || value === undefined) return
      if (!Number.isSafeInteger(value) || value < 0 || value > mostSeconds)
        wrong(field, `must be whole seconds from 0 to ${mostSeconds}`)
    },
    finish(message) {
      if (problems.length > 0) throw new DomainError('invalid', message, { problems })
    },
  }
}

function lineProblem(value: string, maxLength: number): string | undefined {
  if (value.trim() === '') return 'must not be blank'
  if (value !== value.trim()) return 'must not begin or end with a blank'
  if (/\p{Cc}/u.test(value)) return 'must not contain control characters'
  return textProblem(value, maxLength)
}

/** Throws `forbidden` unless the policy allows it. */
export function checkMay(actor: Actor, action: Action, object: PolicyObject, what: string): void {
  if (!can(actor, action, object)) throw new DomainError('forbidden', `You may not ${what}`)
}

/** Throws `conflict` when somebody else changed the row since the caller read it. */
export function checkFresh(row: { readonly version: number }, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === row.version) return
  throw new DomainError('conflict', `It has changed meanwhile and is at version ${row.version}`, {
    reason: 'stale-version',
    currentVersion: row.version,
  })
}

/** A refusal because a name is in use, naming the field. */
export function taken(field: string, message: string): DomainError {
  return new DomainError('conflict', `${field}: ${message}`, { problems: [{ field, message }] })
}

/** The one person a name means, by id first; throws `invalid` naming the field. */
export async function findPersonNamed(
  { tx, actor }: DirectoryWriting,
  field: string,
  name: string,
): Promise<Person> {
  const found = (await tx.people.findByNames(actor.siteId, [name])).get(name) ?? []
  const [first, second] = found
  const byId = found.find((person) => person.id === name)
  if (byId) return byId
  const message =
    first === undefined ? `nobody is known under "${name}"` : `"${name}" means more than one person`
  if (first === undefined || second !== undefined)
    throw new DomainError('invalid', `${field}: ${message}`, { problems: [{ field, message }] })
  return first
}

/** `null` clears a reference to a person, undefined leaves it as it was. */
export async function personIdFor(
  writing: DirectoryWriting,
  field: string,
  name: string | null | undefined,
  before: PersonId | null,
): Promise<PersonId | null> {
  if (name === undefined) return before
  return name === null ? null : (await findPersonNamed(writing, field, name)).id
}

/** Writes down a change of the directory in the audit. */
export function noteChange(
  { tx, actor, now }: DirectoryWriting,
  action: string,
  objectId: string,
  before: unknown,
  after: unknown,
): void {
  const objectType = action.split('.', 1)[0] ?? action
  tx.note({
    at: now,
    actorId: actor.personId,
    via: actor.via,
    action,
    objectType,
    objectId,
    before,
    after,
  })
}
