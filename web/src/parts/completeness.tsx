import type { Static } from '@sinclair/typebox'
import type { Completeness as CompletenessSchema } from '../../../src/api/contract.ts'
import { defineTexts } from '../texts/texts.ts'
import { useFormat } from '../time/format.ts'
import classes from './completeness.module.css'

const useTexts = defineTexts(
  {
    label: 'What is shown',
    all: (count: string) => `All ${count} worklogs`,
    hidden: (count: string, people: string) => `${count} more of ${people} are kept from you`,
    people: (count: string, isOne: boolean) => (isOne ? '1 person' : `${count} people`),
    own: 'kept here, no Jira connected',
    synced: (name: string, age: string) => `${name} synced ${age}`,
    never: (name: string) => `${name} never synced`,
    missing: (name: string, held: string, announced: string) =>
      `${name}: ${held} of ${announced} worklogs have arrived`,
  },
  {
    label: 'Was gezeigt wird',
    all: (count) => `Alle ${count} Buchungen`,
    hidden: (count, people) => `${count} weitere von ${people} bleiben Ihnen verborgen`,
    people: (count, isOne) => (isOne ? '1 Person' : `${count} Personen`),
    own: 'hier geführt, kein Jira verbunden',
    synced: (name, age) => `${name} abgeglichen ${age}`,
    never: (name) => `${name} nie abgeglichen`,
    missing: (name, held, announced) => `${name}: ${held} von ${announced} Buchungen sind da`,
  },
)

/**
 * The strip at the foot of a screen with worklogs: how many there are, what is kept from the
 * reader, how fresh each source is. `of` is the `completeness` of the answer shown.
 */
export function Completeness({ of }: { of: Static<typeof CompletenessSchema> }) {
  const t = useTexts()
  const format = useFormat()
  const { total, hidden = 0, hiddenPeople = 0, connections } = of
  const lacking = connections.filter(
    ({ worklogsAnnounced, worklogsHeld }) =>
      worklogsAnnounced !== null && worklogsHeld !== null && worklogsHeld < worklogsAnnounced,
  )
  const isPartial = hidden > 0 || lacking.length > 0
  return (
    <section className={classes.strip} data-partial={isPartial || undefined} aria-label={t.label}>
      {total === undefined ? null : <span>{t.all(format.number(total))}</span>}
      {hidden > 0 ? (
        <strong>
          {t.hidden(
            format.number(hidden),
            t.people(format.number(hiddenPeople), hiddenPeople === 1),
          )}
        </strong>
      ) : null}
      {connections.length === 0 ? <span>{t.own}</span> : null}
      {connections.map(({ name, ageSeconds }) => (
        <span key={name}>
          {ageSeconds === null ? t.never(name) : t.synced(name, format.ago(ageSeconds))}
        </span>
      ))}
      {lacking.map(({ name, worklogsHeld, worklogsAnnounced }) => (
        <strong key={name}>
          {t.missing(name, format.number(worklogsHeld ?? 0), format.number(worklogsAnnounced ?? 0))}
        </strong>
      ))}
    </section>
  )
}
