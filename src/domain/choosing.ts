import { type DatedChoice, firstDay, tidyChoices } from './dated-choice.ts'
import type { Day } from './day.ts'
import { type DirectoryWriting, noteChange } from './directory-checks.ts'
import { invalidField } from './errors.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

/** A wish for somebody's choices: from the very beginning where `from` is null. */
export type ChoiceWish<Id> = { readonly from: Day | null; readonly choice: Id | null }

/** Where the choices of one kind are kept. */
type ChoiceStore<Id> = {
  choices(
    siteId: SiteId,
    personIds: readonly PersonId[],
  ): Promise<readonly (DatedChoice<Id> & { readonly personId: PersonId })[]>
  choose(siteId: SiteId, personId: PersonId, choices: readonly DatedChoice<Id>[]): Promise<void>
}

export const mostChoices = 100
export const mostPeopleAtOnce = 1_000

/** Replaces a person's whole history of choices. */
export async function replaceChoices<Id>(
  writing: DirectoryWriting,
  store: ChoiceStore<Id>,
  action: string,
  personId: PersonId,
  wishes: readonly ChoiceWish<Id>[],
): Promise<readonly DatedChoice<Id>[]> {
  const { siteId } = writing.actor
  if (wishes.length > mostChoices) throw invalidField('choices', `at most ${mostChoices}`)
  const dated = wishes.map(({ from, choice }) => ({ from: from ?? firstDay, choice }))
  if (new Set(dated.map(({ from }) => from)).size < dated.length)
    throw invalidField('choices', 'two begin on the same day')
  const before = (await store.choices(siteId, [personId])).map(plain)
  const after = tidyChoices(dated)
  await store.choose(siteId, personId, after)
  noteChange(writing, action, personId, before, after)
  return after
}

/**
 * Lets people follow something from a day on; what they chose for later days falls away. Where
 * nobody says from when: from today on, or from the very beginning for those who never chose.
 */
export async function chooseFor<Id>(
  writing: DirectoryWriting,
  store: ChoiceStore<Id>,
  action: string,
  personIds: readonly PersonId[],
  { choice, from, today }: { choice: Id | null; from: Day | null | undefined; today: Day },
): Promise<void> {
  const { siteId } = writing.actor
  const all = await store.choices(siteId, personIds)
  for (const personId of new Set(personIds)) {
    const before = all.filter((one) => one.personId === personId).map(plain)
    const since = from === undefined ? (before.length > 0 ? today : firstDay) : (from ?? firstDay)
    const kept = before.filter((one) => one.from < since)
    const after = tidyChoices([...kept, { from: since, choice }])
    await store.choose(siteId, personId, after)
    noteChange(writing, action, personId, before, after)
  }
}

function plain<Id>({ from, choice }: DatedChoice<Id>): DatedChoice<Id> {
  return { from, choice }
}
