import type { Person } from '../../domain/person.ts'
import type { Position } from '../../domain/position.ts'
import { usernameOf } from './find.ts'
import { Bare, idNumber, type Wire } from './wire-json.ts'

/** `8` in the team forms of timeline, workload and team, `8.0` everywhere else (contract 3). */
export type NumberStyle = '8' | '8.0'

/** Somebody with what every member shows. */
export type Member = {
  readonly person: Person
  readonly involvementSeconds: number
  readonly position: Position | undefined
}

/** The keys every member begins with, in their order. */
export function memberHead({ person, involvementSeconds, position }: Member, style: NumberStyle) {
  return {
    id: person.id,
    involvement: involvementOf(involvementSeconds, style),
    personPosition: position ? personPosition(position) : null,
    userRealName: person.displayName,
    email: person.email ?? '',
    enabled: person.isActive,
    username: usernameOf(person),
  } satisfies Wire
}

/** A position inside a member: its id is a string here. */
function personPosition({ id, name, description }: Position): Wire {
  return { id, positionNameLong: name, positionDescription: description }
}

/** A position by itself: its id is a number there, and the keys come in another order. */
export function positionObject({ id, name, description }: Position): Wire {
  return { id: idNumber(id), positionDescription: description, positionNameLong: name }
}

/** A user in short. */
export function userBrief(person: Person): Wire {
  return { fullName: person.displayName, username: usernameOf(person) }
}

/** Hours without trailing zeros, at most two decimals, rounded half up. */
export function hoursText(seconds: number): string {
  const hundredths = Math.floor((seconds + 18) / 36)
  return String(hundredths / 100)
}

function involvementOf(seconds: number, style: NumberStyle): Bare {
  const text = hoursText(seconds)
  return new Bare(style === '8.0' && !text.includes('.') ? `${text}.0` : text)
}
