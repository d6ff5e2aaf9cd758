import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useRef, useState } from 'react'
import { AwayError, reasonOf } from '../api/problem.ts'
import type { IssueBody } from '../api/types.ts'
import { Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { addDays, type Day, isDay } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './backlog.module.css'
import { backlogQuery } from './backlog-query.ts'
import { Panel } from './panel.tsx'
import planner from './planner.module.css'
import { usePlannerTexts } from './planner-texts.ts'
import type { Row } from './rows.ts'
import { daysBetween, type Scale, type Span } from './scale.ts'
import { neededSeconds } from './schedule.ts'
import type { Spot } from './timeline.tsx'
import { useBacklogDrag } from './use-backlog-drag.ts'

type Props = {
  readonly rows: readonly Row[]
  readonly span: Span
  readonly scale: Scale
  readonly spot: Spot | null
  readonly today: Day
  readonly onSchedule: (issue: IssueBody, row: Row, column: number) => void
  readonly onClose: () => void
}

/** Issues on nobody's row: dragged onto one, or sent there by a small form. */
export function BacklogPanel(props: Props) {
  const { rows, span, scale, onSchedule, onClose } = props
  const t = usePlannerTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const shadow = useRef<HTMLDivElement>(null)
  const { data, error, isPending } = useQuery(backlogQuery(useDeferredValue(typed)))
  const issues = data?.issues ?? []
  const onPointerDown = useBacklogDrag(shadow, { rows, scale, span, onDrop: onSchedule })
  const step = (from: HTMLElement, by: number) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-issue]') ?? [])]
    buttons[buttons.indexOf(from) + by]?.focus()
  }
  return (
    <Panel title={t.backlog} onClose={onClose}>
      <TextInput
        type="search"
        label={t.backlogSearch}
        description={t.backlogHint}
        value={typed}
        error={error && !(error instanceof AwayError) ? reasonOf(error) : undefined}
        autoFocus
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          list.current?.querySelector<HTMLElement>('[data-issue]')?.focus()
        }}
      />
      {isPending ? <Skeleton lines={6} height={40} /> : null}
      {data && issues.length === 0 ? <p className={planner.note}>{t.backlogEmpty}</p> : null}
      <ul className={classes.issues} ref={list}>
        {issues.map((issue) => (
          <li key={issue.id}>
            <button
              type="button"
              className={classes.issue}
              data-issue={issue.key}
              aria-expanded={opened === issue.id}
              onPointerDown={(event) => onPointerDown(event, issue)}
              onClick={() => setOpened(opened === issue.id ? null : issue.id)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
                event.preventDefault()
                step(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)
              }}
            >
              <b>{issue.key}</b>
              <span>{issue.summary}</span>
              <i>
                {neededSeconds(issue) === 0 ? t.noEstimate : format.hours(neededSeconds(issue))}
              </i>
            </button>
            {opened === issue.id ? (
              <SendForm
                {...props}
                issue={issue}
                onSchedule={(row, column) => {
                  setOpened(null)
                  onSchedule(issue, row, column)
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {data?.isCut ? <p className={planner.note}>{shared.tooMuch(format.number(100))}</p> : null}
      <div ref={shadow} className={classes.shadow} hidden />
    </Panel>
  )
}

type SendProps = Pick<Props, 'rows' | 'span' | 'spot' | 'today'> & {
  readonly issue: IssueBody
  readonly onSchedule: (row: Row, column: number) => void
}

/** Whose row, and from which day; begins with the place chosen on the timeline. */
function SendForm({ rows, span, spot, today, issue, onSchedule }: SendProps) {
  const t = usePlannerTexts()
  const places = rows.filter(({ resource }) => resource === null)
  const isHere = places.some(({ key }) => key === spot?.row)
  const first = places.find(({ person }) => person)?.key
  const usual = today < span.from || today > span.to ? span.from : today
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const row = places.find(({ key }) => key === form.get('row'))
    const day = form.get('day')
    if (row && isDay(day)) onSchedule(row, daysBetween(span.from, day))
  }
  return (
    <form className={classes.send} onSubmit={submit} aria-label={t.scheduleIssue(issue.key)}>
      <NativeSelect
        name="row"
        size="xs"
        label={t.person}
        defaultValue={isHere ? spot?.row : first}
        autoFocus
        data={places.map(({ key, person, team }) => ({
          value: key,
          label: person ? person.displayName : `${t.unassigned}: ${team.name}`,
        }))}
      />
      <TextInput
        name="day"
        type="date"
        size="xs"
        label={t.from}
        min={span.from}
        max={span.to}
        defaultValue={spot ? addDays(span.from, spot.column) : usual}
        required
        withAsterisk={false}
      />
      <Button type="submit" size="xs">
        {t.plan}
      </Button>
    </form>
  )
}
