import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EventBody, EventCommandBody } from '../../../src/api/contract.ts'
import { parseWorked } from '../../../src/domain/duration.ts'
import { reasonOf } from '../api/problem.ts'
import { useSharedTexts } from '../texts/shared.ts'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { type Color, colors } from './colors.ts'
import { PeriodFields } from './period-fields.tsx'
import classes from './planner.module.css'
import type { EventTypeBody, TeamBody, TimelinePerson } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { VacationLine } from './vacation-line.tsx'

/** What a new plan begins with. */
export type Draft = { readonly owner: string; readonly from: Day; readonly to: Day }

type Props = {
  readonly event: EventBody | null
  readonly draft: Draft | null
  readonly people: readonly TimelinePerson[]
  readonly teams: readonly TeamBody[]
  readonly types: readonly EventTypeBody[]
  readonly onDirty: () => void
  readonly onSave: (command: EventCommandBody, said?: string) => Promise<void>
  readonly onRemove?: () => void
}

const daily: readonly string[] = ['booking', 'day-off', 'overtime']

/** The fields of a plan; which ones depends on its type. */
export function EventForm(props: Props) {
  const { event, draft, people, teams, types, onDirty, onSave, onRemove } = props
  const t = usePlannerTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const firstType = types.find(({ kind }) => kind === 'booking')?.id ?? types[0]?.id ?? ''
  const [typeId, setTypeId] = useState(event ? (event.type?.id ?? 'issue') : firstType)
  const [color, setColor] = useState<Color | 'None' | null>(event?.color ?? null)
  const [problem, setProblem] = useState<{ field: string; text: string }>()
  const kind =
    typeId === 'issue' ? 'issue' : (types.find(({ id }) => id === typeId)?.kind ?? event?.kind)
  const isSpread = kind === 'issue' || kind === 'placeholder'
  const isDaily = daily.includes(kind ?? '')
  const canWrite = event === null || event.mayChange
  const seconds = event ? (isSpread ? event.remainingSeconds : event.secondsPerDay) : null
  const hours = seconds === null ? '' : format.hours(seconds)
  const owner = event
    ? event.person
      ? `p${event.person.accountId}`
      : `t${event.team?.id}`
    : draft?.owner
  const [who, setWho] = useState(owner ?? '')
  const asking = event ? undefined : people.find(({ accountId }) => who === `p${accountId}`)

  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault()
    const form = new FormData(submitted.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    setProblem(undefined)
    let worked: number | null = null
    try {
      if (text('hours') !== '') worked = parseWorked(text('hours')).seconds
    } catch (error) {
      return setProblem({ field: 'hours', text: reasonOf(error) })
    }
    const values = {
      ...(who.startsWith('p') ? { person: who.slice(1) } : { team: who.slice(1) }),
      from: text('from'),
      to: text('to'),
      title: text('title'),
      ...(color === (event?.color ?? null) ? {} : { color }),
      ...(isDaily && (event || worked !== null) ? { secondsPerDay: worked } : {}),
      ...(form.has('project') && (event || text('project'))
        ? { project: text('project') || null }
        : {}),
    }
    const type = typeId === 'issue' ? {} : { type: typeId }
    if (!event) {
      const command: EventCommandBody = {
        kind: 'create',
        event: {
          ...values,
          ...(typeId === 'issue' ? { kind: 'issue' as const } : type),
          ...(text('issue') ? { issue: text('issue') } : {}),
          ...(isSpread ? { estimateSeconds: worked } : {}),
        },
      }
      const name = text('title') || text('issue') || t.kinds(kind ?? '')
      return onSave(command, t.created(name))
    }
    const change = {
      ...values,
      ...(typeId === event.type?.id ? {} : type),
      ...(isSpread ? { remainingSeconds: worked } : {}),
    }
    return onSave({ kind: 'change', id: event.id, version: event.version, change })
  }

  return (
    <form className={classes.form} onSubmit={submit} onInput={onDirty}>
      <fieldset disabled={!canWrite} className={classes.fields}>
        {event?.kind === 'issue' ? null : (
          <NativeSelect
            name="type"
            label={t.type}
            value={typeId}
            onChange={({ currentTarget }) => setTypeId(currentTarget.value)}
            data={[
              ...types.map((type) => ({ value: type.id, label: type.name })),
              ...(event ? [] : [{ value: 'issue', label: t.kinds('issue') }]),
            ]}
          />
        )}
        {kind === 'issue' && !event ? (
          <TextInput
            name="issue"
            label={t.issueKey}
            description={t.issueHint}
            required
            data-autofocus
          />
        ) : null}
        <TextInput
          name="title"
          label={t.comment}
          defaultValue={event?.title ?? ''}
          maxLength={500}
          autoFocus={event === null}
        />
        {kind === 'booking' || kind === 'placeholder' ? (
          <TextInput
            name="project"
            label={t.project}
            placeholder={t.projectHint}
            defaultValue={event?.project?.key ?? ''}
          />
        ) : null}
        <NativeSelect
          name="owner"
          label={t.person}
          value={who}
          onChange={({ currentTarget }) => setWho(currentTarget.value)}
          data={[
            ...people.map((one) => ({ value: `p${one.accountId}`, label: one.displayName })),
            ...teams.map(({ id, name }) => ({
              value: `t${id}`,
              label: `${t.unassigned}: ${name}`,
            })),
          ]}
        />
        <PeriodFields from={event?.from ?? draft?.from} to={event?.to ?? draft?.to} />
        {kind === 'vacation' && asking && draft ? (
          <p className={classes.note}>
            <VacationLine personId={asking.id} day={draft.from} />
          </p>
        ) : null}
        {isDaily || isSpread ? (
          <TextInput
            name="hours"
            label={isDaily ? t.hoursPerDay : event ? t.hoursLeft : t.hoursTotal}
            defaultValue={hours}
            placeholder={isDaily ? t.wholeDay : ''}
            error={problem?.field === 'hours' ? problem.text : undefined}
          />
        ) : null}
        <div className={classes.swatches} role="radiogroup" aria-label={t.color}>
          {[null, ...colors].map((one) => (
            <label key={one ?? 'usual'} title={one ? t.colors(one) : t.usualColor}>
              <input
                type="radio"
                name="color"
                aria-label={one ? t.colors(one) : t.usualColor}
                checked={(color === 'None' ? null : color) === one}
                onChange={() => setColor(one)}
              />
              <span data-color={one ?? 'usual'} />
            </label>
          ))}
        </div>
      </fieldset>
      {canWrite ? (
        <div className={classes.buttons}>
          <Button type="submit">{event ? shared.save : t.plan}</Button>
          {onRemove ? (
            <Button variant="subtle" color="red" onClick={onRemove}>
              {shared.remove}
            </Button>
          ) : null}
        </div>
      ) : (
        <p className={classes.note}>{t.notYours}</p>
      )}
    </form>
  )
}
