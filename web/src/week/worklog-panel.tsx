import { Button, Drawer, Textarea, TextInput } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AttributesAnswer, WeekBody, WorklogBody } from '../../../src/api/contract.ts'
import { parseWorked } from '../../../src/domain/duration.ts'
import { useNamed } from '../admin/teams-query.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { useSharedTexts } from '../texts/shared.ts'
import { clockOf, minuteOf } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { DivergenceCase } from './divergence-case.tsx'
import { lockOf, lockText, type ShownLock } from './locks.ts'
import type { ShownWorklog, Values } from './operations.ts'
import type { WeekWrites } from './use-week.ts'
import classes from './week.module.css'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly opened: Opened
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  readonly writes: WeekWrites
  readonly onClose: () => void
}

/** Rows born in Hourbook count from here on; below are those of a Jira. */
const ownIds = 1_000_000_000
const dayMinutes = 1_440

/** Every worklog of one issue on one day, each to be changed. */
export function WorklogPanel({ opened, week, worklogs, writes, onClose }: Props) {
  const t = useWeekTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const here = worklogs
    .filter(({ issue, day }) => issue.id === opened.issueId && day === opened.day)
    .sort((a, b) => a.startTime.localeCompare(b.startTime))
  const issue =
    here[0]?.issue ??
    [
      ...worklogs.map((one) => one.issue),
      ...week.divergences.map((one) => one.issue),
      ...week.favourites,
      ...week.suggestions,
    ].find(({ id }) => id === opened.issueId)
  const lock = week.days.find(({ day }) => day === opened.day)?.lock ?? null
  const canWrite = week.canLog && lock === null
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': shared.close }}
      title={t.panelTitle(issue?.key ?? '', format.longDay(opened.day))}
    >
      {lock ? <p className={classes.locked}>{lockText(t, format, lock)}</p> : null}
      {week.divergences
        .filter((one) => one.issue.id === opened.issueId && one.day === opened.day)
        .map((one) => (
          <DivergenceCase key={`${one.kind} ${one.id}`} of={one} week={week} onLeave={onClose} />
        ))}
      {here.map((worklog) => (
        <WorklogForm
          key={worklog.id}
          worklog={worklog}
          canWrite={week.canLog && lockOf(week, worklog) === undefined}
          lock={lock ? undefined : lockOf(week, worklog)}
          onSave={(values) => writes.change(worklog, values)}
          onRemove={() => writes.remove([worklog])}
        />
      ))}
      {canWrite && (issue || here.length === 0) ? (
        <WorklogForm
          key={`new ${here.length}`}
          canWrite
          onSave={(values) => {
            const target = issue ?? { id: opened.issueId, key: '', summary: '' }
            writes.log(target, opened.day, { timeSpentSeconds: 0, ...values })
          }}
        />
      ) : null}
    </Drawer>
  )
}

type FormProps = {
  readonly worklog?: ShownWorklog
  readonly canWrite: boolean
  /** What holds this one worklog alone. */
  readonly lock?: ShownLock | undefined
  readonly onSave: (values: Partial<Values>) => void
  readonly onRemove?: () => void
}

function WorklogForm({ worklog, canWrite, lock, onSave, onRemove }: FormProps) {
  const t = useWeekTexts()
  const format = useFormat()
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    try {
      const worked = parseWorked(String(form.get('time')))
      const billable = String(form.get('billable')).trim()
      onSave({
        timeSpentSeconds:
          worked.seconds + (worked.kind === 'add' ? (worklog?.timeSpentSeconds ?? 0) : 0),
        startTime: worked.start ?? (String(form.get('start')) || undefined),
        comment: String(form.get('comment')),
        billableSeconds: billable === '' ? null : parseWorked(billable).seconds,
      })
      setProblem(undefined)
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  const { stored } = worklog ?? {}
  return (
    <form className={classes.form} onSubmit={submit}>
      {lock ? <p className={classes.locked}>{lockText(t, format, lock)}</p> : null}
      <div className={classes.fields}>
        <TextInput
          name="time"
          label={t.time}
          defaultValue={worklog ? format.hours(worklog.timeSpentSeconds) : ''}
          error={problem}
          readOnly={!canWrite}
          required
          withAsterisk={false}
          data-autofocus={worklog === undefined || undefined}
        />
        <TextInput
          name="start"
          type="time"
          label={t.start}
          defaultValue={worklog?.startTime.slice(0, 5) ?? ''}
          readOnly={!canWrite}
        />
        <TextInput
          name="billable"
          label={t.billable}
          defaultValue={
            worklog?.billableSeconds == null ? '' : format.hours(worklog.billableSeconds)
          }
          readOnly={!canWrite}
        />
      </div>
      <Textarea
        name="comment"
        label={t.comment}
        defaultValue={worklog?.comment ?? ''}
        maxLength={32_767}
        rows={2}
        readOnly={!canWrite}
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
          {stored ? <Facts of={stored} /> : null}
        </span>
      </div>
    </form>
  )
}

/** When it ended, what else it carries, who changed it last, and where it lives. */
function Facts({ of }: { of: WorklogBody }) {
  const t = useWeekTexts()
  const format = useFormat()
  const changer = of.updateAuthorId ?? of.author.id
  const name = useNamed([changer]).get(changer)?.displayName ?? ''
  const names = useAttributeNames(Object.keys(of.attributes).length > 0)
  const end = (minuteOf(of.startTime) + Math.round(of.timeSpentSeconds / 60)) % dayMinutes
  const facts = [
    t.until(format.clock(clockOf(end))),
    ...Object.entries(of.attributes).map(([key, value]) =>
      t.attribute(names.get(key) ?? key, value),
    ),
    t.changedAt(format.moment(of.updatedAt), name),
    Number(of.jiraId) >= ownIds ? t.livesHere : t.livesInJira,
  ]
  return facts.join(' · ')
}

/** What attributes are called, asked for only where a worklog has some. */
function useAttributeNames(isWanted: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['attributes'],
    queryFn: () => call<Static<typeof AttributesAnswer>>('GET', '/attributes'),
    staleTime: 5 * 60_000,
    enabled: isWanted,
  })
  return new Map(data?.attributes.map(({ key, name }) => [key, name]))
}
