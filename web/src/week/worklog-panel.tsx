import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { attributesQuery } from '../api/attributes-query.ts'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { useFormat } from '../time/format.ts'
import { DivergenceCase } from './divergence-case.tsx'
import { lockOf, lockText } from './locks.ts'
import type { ShownWorklog } from './operations.ts'
import { forgetRefused, useRefused } from './outbox.ts'
import { StoredWorklog } from './stored-worklog.tsx'
import { isAt } from './unfinished.ts'
import type { WeekWrites } from './use-week.ts'
import classes from './week.module.css'
import type { IssueRef } from './week-model.ts'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'
import { WorklogForm } from './worklog-form.tsx'

type Props = {
  readonly opened: Opened
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  /** Issues of rows that hold nothing yet. */
  readonly added: readonly IssueRef[]
  readonly writes: WeekWrites
  readonly onClose: () => void
}

/** Every worklog of one issue on one day, each to be changed. */
export function WorklogPanel({ opened, week, worklogs, added, writes, onClose }: Props) {
  const t = useWeekTexts()
  const format = useFormat()
  const { data } = useQuery({ ...attributesQuery, staleTime: 5 * 60_000 })
  const refused = useRefused()
  const attributes = data?.attributes ?? []
  const { issueId, day } = opened
  const here = worklogs
    .filter((one) => one.issue.id === issueId && one.day === day)
    .sort((a, b) => a.startTime.localeCompare(b.startTime))
  const issue = [
    ...worklogs.map((one) => one.issue),
    ...week.divergences.map((one) => one.issue),
    ...week.favourites,
    ...week.suggestions,
    ...added,
  ].find(({ id }) => id === issueId) ?? { id: issueId, key: '', summary: '' }
  const content = useRef<HTMLDivElement>(null)
  // What forms were filled with is not true any more, and the button that had the focus is gone.
  const [settledCount, setSettledCount] = useState(0)
  const onSettled = () => {
    setSettledCount((count) => count + 1)
    content.current?.closest<HTMLElement>('[role=dialog]')?.focus()
  }
  const unfinished = refused.find(({ operation }) => isAt(operation, week.person.id, opened))
  const lock = week.days.find((one) => one.day === day)?.lock
  return (
    <SideDrawer title={t.panelTitle(issue.key, format.longDay(day))} onClose={onClose}>
      <div ref={content}>
        {lock ? <p className={classes.locked}>{lockText(t, format, lock)}</p> : null}
        {week.divergences
          .filter((one) => one.issue.id === issueId && one.day === day)
          .map((one) => (
            <DivergenceCase
              key={`${one.kind} ${one.id}`}
              of={one}
              week={week}
              onSettled={onSettled}
              onLeave={onClose}
            />
          ))}
        {here.map((worklog) => (
          <StoredWorklog
            key={`${worklog.id} ${settledCount}`}
            worklog={worklog}
            attributes={attributes}
            refused={refused.findLast(({ operation: { id } }) => id === worklog.id)}
            canWrite={week.canLog && lockOf(week, worklog) === undefined}
            lock={lock ? undefined : lockOf(week, worklog)}
            onSave={(seen, values) => {
              forgetRefused(({ id }) => id === worklog.id)
              writes.change(seen, values)
            }}
            onRemove={() => writes.remove([worklog])}
          />
        ))}
        {week.canLog && !lock ? (
          <WorklogForm
            key={`new ${here.length} ${unfinished?.operation.key ?? ''}`}
            attributes={attributes}
            refused={unfinished}
            canWrite
            onSave={(values) => {
              forgetRefused((one) => one.key === unfinished?.operation.key)
              writes.log(issue, day, { timeSpentSeconds: 0, ...values })
            }}
          />
        ) : null}
      </div>
    </SideDrawer>
  )
}
