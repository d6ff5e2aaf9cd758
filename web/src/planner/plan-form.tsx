import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { IssueBody, NewAllocation, TimelinePlanBody } from '../../../src/api/contract.ts'
import { parseWorked } from '../../../src/domain/duration.ts'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import type { Draft } from './event-form.tsx'
import { PeriodFields } from './period-fields.tsx'
import classes from './planner.module.css'
import type { TimelinePerson, TimelineResource } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'

type Props = {
  readonly plan: TimelinePlanBody | null
  readonly draft: Draft | null
  readonly people: readonly TimelinePerson[]
  readonly resources: readonly TimelineResource[]
  readonly onDirty: () => void
  readonly onSave: (body: NewAllocation) => Promise<void>
  readonly onRemove?: () => void
}

type Rule = TimelinePlanBody['rule']

const rules: readonly Rule[] = ['never', 'weekly', 'bi-weekly', 'monthly']

/** The fields of time set aside. */
export function PlanForm({ plan, draft, people, resources, onDirty, onSave, onRemove }: Props) {
  const t = usePlannerTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const [rule, setRule] = useState<Rule>(plan?.rule ?? 'never')
  const [problem, setProblem] = useState<{ field: string; text: string }>()
  const canWrite = plan === null || plan.mayChange
  const owner = plan ? (plan.personId ? `p${plan.personId}` : `r${plan.resourceId}`) : draft?.owner
  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault()
    const form = new FormData(submitted.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    setProblem(undefined)
    let seconds: number
    try {
      ;({ seconds } = parseWorked(text('hours')))
    } catch (error) {
      return setProblem({ field: 'hours', text: reasonOf(error) })
    }
    const item = plan
      ? { issueId: plan.issueId, projectId: plan.projectId }
      : await findItem(text('item')).catch(() => null)
    if (!item) return setProblem({ field: 'item', text: t.noSuchItem })
    const who = text('owner')
    return onSave({
      ...item,
      personId: who.startsWith('p') ? who.slice(1) : null,
      resourceId: who.startsWith('r') ? who.slice(1) : null,
      from: text('from'),
      to: text('to'),
      seconds,
      effort: text('effort') === 'total' ? 'total' : 'per-day',
      startTime: plan?.startTime ?? null,
      includesNonWorkingDays: form.has('weekends'),
      rule,
      recursUntil: rule === 'never' ? null : text('until'),
      description: text('description') || null,
    })
  }
  const errorAt = (field: string) => (problem?.field === field ? problem.text : undefined)
  return (
    <form className={classes.form} onSubmit={submit} onInput={onDirty}>
      <fieldset disabled={!canWrite} className={classes.fields}>
        {plan ? null : (
          <TextInput
            name="item"
            label={t.issueOrProject}
            description={t.issueHint}
            error={errorAt('item')}
            required
            withAsterisk={false}
            autoFocus
          />
        )}
        <TextInput
          name="description"
          label={t.comment}
          defaultValue={plan?.description ?? ''}
          maxLength={10_000}
        />
        <NativeSelect
          name="owner"
          label={t.person}
          defaultValue={owner}
          data={[
            ...people.map(({ id, displayName }) => ({ value: `p${id}`, label: displayName })),
            ...resources.map(({ id, name }) => ({
              value: `r${id}`,
              label: `${t.resource}: ${name}`,
            })),
          ]}
        />
        <PeriodFields from={plan?.from ?? draft?.from} to={plan?.to ?? draft?.to} />
        <div className={classes.pair}>
          <TextInput
            name="hours"
            label={t.hours}
            defaultValue={plan ? format.hours(plan.seconds) : ''}
            error={errorAt('hours')}
            required
            withAsterisk={false}
          />
          <NativeSelect
            name="effort"
            label={t.effort}
            defaultValue={plan?.effort ?? 'per-day'}
            data={[
              { value: 'per-day', label: t.effortPerDay },
              { value: 'total', label: t.effortTotal },
            ]}
          />
        </div>
        <div className={classes.pair}>
          <NativeSelect
            name="rule"
            label={t.repeats}
            value={rule}
            onChange={({ currentTarget: { value } }) =>
              setRule(rules.find((one) => one === value) ?? 'never')
            }
            data={rules.map((one) => ({ value: one, label: t.rules(one) }))}
          />
          {rule === 'never' ? null : (
            <TextInput
              name="until"
              type="date"
              label={t.until}
              defaultValue={plan?.recursUntil ?? ''}
              required
              withAsterisk={false}
            />
          )}
        </div>
        <Checkbox
          name="weekends"
          label={t.alsoDaysOff}
          defaultChecked={plan?.includesNonWorkingDays ?? false}
        />
      </fieldset>
      {canWrite ? (
        <div className={classes.buttons}>
          <Button type="submit">{plan ? shared.save : t.plan}</Button>
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

/** The issue of this key, or else the project. */
async function findItem(key: string): Promise<Pick<NewAllocation, 'issueId' | 'projectId'>> {
  const name = encodeURIComponent(key)
  try {
    const { id } = await call<IssueBody>('GET', `/issues/${name}`)
    return { issueId: id, projectId: null }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { id } = await call<{ readonly id: string }>('GET', `/projects/${name}`)
    return { issueId: null, projectId: id }
  }
}
