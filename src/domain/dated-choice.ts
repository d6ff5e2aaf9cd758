import type { Brand } from './brand.ts'
import type { Day } from './day.ts'
import type { PersonId } from './person.ts'

/** The day rows begin with that hold from the very beginning. */
export const firstDay = '0001-01-01' as Day

/**
 * What a person follows from a day on, until the next choice: a schedule or a holiday scheme.
 * `null` follows whichever is the site's default.
 */
export type DatedChoice<Id> = { readonly from: Day; readonly choice: Id | null }

/** A choice with the person it is for. */
export type PersonChoice<Id> = DatedChoice<Id> & { readonly personId: PersonId }

/** What holds on a day: the last choice that began by then, or the default. */
export function choiceOn<Id>(choices: readonly DatedChoice<Id>[], day: Day): Id | null {
  let found: DatedChoice<Id> | undefined
  for (const one of choices) if (one.from <= day && (!found || one.from > found.from)) found = one
  return found?.choice ?? null
}

/** Choices in order of their days, without those that change nothing. */
export function tidyChoices<Id>(choices: readonly DatedChoice<Id>[]): DatedChoice<Id>[] {
  const sorted = [...choices].sort((a, b) => (a.from < b.from ? -1 : 1))
  return sorted.filter((one, at) => one.choice !== (sorted[at - 1]?.choice ?? null))
}

/** Choices by person, for looking up many days of many people. */
export function byPerson<Id extends Brand<string, string>>(
  choices: readonly PersonChoice<Id>[],
): ReadonlyMap<PersonId, readonly DatedChoice<Id>[]> {
  const found = new Map<PersonId, DatedChoice<Id>[]>()
  for (const one of choices) {
    const list = found.get(one.personId)
    if (list) list.push(one)
    else found.set(one.personId, [one])
  }
  return found
}
