import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WorklogBody } from '../../../src/api/contract.ts'
import { parseWorked } from '../../../src/domain/duration.ts'
import { useNamed } from '../admin/teams-query.ts'
import type { Attribute } from '../api/attributes-query.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { clockOf, minuteOf } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { AttributeFields } from './attribute-fields.tsx'
import { useAttributeTexts } from './attribute-texts.ts'
import {
  attributeProblems,
  attributesOf,
  refusedAttributes,
  sameAttributes,
} from './attribute-values.ts'
import { lockText, type ShownLock } from './locks.ts'
import type { ShownWorklog, Values } from './operations.ts'
import type { Refused } from './outbox.ts'
import classes from './week.module.css'
import { useWeekTexts } from './week-texts.ts'

/** Rows born in Hourbook count from here on; below are those of a Jira. */
const ownIds = 1_000_000_000
const dayMinutes = 1_440
const noProblems: ReadonlyMap<string, string> = new Map()

type Props = {
  /** Nothing: a new one. */
  readonly worklog?: ShownWorklog
  readonly attributes: readonly Attribute[]
  /** What was last sent from here, and refused. */
  readonly refused: Refused | undefined
  readonly canWrite: boolean
  /** What holds this one worklog alone. */
  readonly lock?: ShownLock | undefined
  readonly onSave: (values: Partial<Values>) => void
  readonly onRemove?: () => void
}

/** One worklog with all that can be said of it; what is wrong stands where it is wrong. */
export function WorklogForm(props: Props) {
  const { worklog, attributes, refused, canWrite, lock, onSave, onRemove } = props
  const t = useWeekTexts()
  const said = useAttributeTexts()
  const format = useFormat()
  const [problem, setProblem] = useState<string>()
  const [wrong, setWrong] = useState(noProblems)
  const typed = refused && refused.operation.kind !== 'remove' ? refused.operation.values : {}
  const shown: Partial<Values> = worklog ?? typed
  const before = worklog?.attributes ?? {}
  const problems = new Map([
    ...refusedAttributes(said, attributes, typed.attributes ?? {}, refused?.error),
    ...wrong,
  ])
  const isSilent =
    refused?.error instanceof ProblemError && refused.error.field('comment') !== undefined
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const values = attributesOf(form, attributes, before)
    // What is not touched is not sent: an entry of before may lack what is demanded by now.
    const isTouched = !worklog || !sameAttributes(values, before)
    const found = isTouched ? attributeProblems(said, attributes, values) : noProblems
    setWrong(found)
    try {
      const worked = parseWorked(String(form.get('time')))
      const billable = String(form.get('billable')).trim()
      const billableSeconds = billable === '' ? null : parseWorked(billable).seconds
      setProblem(undefined)
      if (found.size > 0) return
      onSave({
        timeSpentSeconds:
          worked.seconds + (worked.kind === 'add' ? (worklog?.timeSpentSeconds ?? 0) : 0),
        startTime: worked.start ?? (String(form.get('start')) || undefined),
        comment: String(form.get('comment')),
        billableSeconds,
        ...(isTouched ? { attributes: values } : {}),
      })
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  const { stored } = worklog ?? {}
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {lock ? <p className={classes.locked}>{lockText(t, format, lock)}</p> : null}
      <div className={classes.fields}>
        <TextInput
          name="time"
          label={t.time}
          defaultValue={shown.timeSpentSeconds ? format.hours(shown.timeSpentSeconds) : ''}
          error={problem}
          readOnly={!canWrite}
          required
          withAsterisk={false}
          data-autofocus={(worklog === undefined && problems.size === 0) || undefined}
        />
        <TextInput
          name="start"
          type="time"
          label={t.start}
          defaultValue={shown.startTime?.slice(0, 5) ?? ''}
          readOnly={!canWrite}
        />
        <TextInput
          name="billable"
          label={t.billable}
          defaultValue={shown.billableSeconds == null ? '' : format.hours(shown.billableSeconds)}
          readOnly={!canWrite}
        />
      </div>
      <Textarea
        name="comment"
        label={t.comment}
        defaultValue={shown.comment ?? ''}
        maxLength={32_767}
        rows={2}
        error={isSilent ? said.missing : undefined}
        autoFocus={isSilent}
        readOnly={!canWrite}
      />
      <AttributeFields
        attributes={attributes}
        values={shown.attributes ?? {}}
        problems={problems}
        canWrite={canWrite}
      />
      <div className={classes.formFoot}>
        {canWrite ? (
          <Button type="submit" size="compact-sm" variant={worklog ? 'default' : 'filled'}>
            {worklog ? t.save : t.addEntry}
          </Button>
        ) : null}
        {canWrite && onRemove ? (
          <Button size="compact-sm" variant="subtle" onClick={onRemove}>
            {t.remove}
          </Button>
        ) : null}
        <span className={classes.facts}>
          {worklog?.isPending ? t.pending : null}
          {stored ? <Facts of={stored} attributes={attributes} /> : null}
        </span>
      </div>
    </form>
  )
}

type FactsProps = { readonly of: WorklogBody; readonly attributes: readonly Attribute[] }

/** When it ended, what older attributes left on it, who changed it last, and where it lives. */
function Facts({ of, attributes }: FactsProps) {
  const t = useWeekTexts()
  const format = useFormat()
  const changer = of.updateAuthorId ?? of.author.id
  const name = useNamed([changer]).get(changer)?.displayName ?? ''
  const end = (minuteOf(of.startTime) + Math.round(of.timeSpentSeconds / 60)) % dayMinutes
  const known = new Set(attributes.map(({ key }) => key))
  const facts = [
    t.until(format.clock(clockOf(end))),
    ...Object.entries(of.attributes)
      .filter(([key]) => !known.has(key))
      .map(([key, value]) => t.attribute(key, value)),
    t.changedAt(format.moment(of.updatedAt), name),
    Number(of.jiraId) >= ownIds ? t.livesHere : t.livesInJira,
  ]
  return facts.join(' · ')
}
