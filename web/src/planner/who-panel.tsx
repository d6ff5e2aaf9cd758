import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { parseWorked } from '../../../src/domain/duration.ts'
import { reasonOf } from '../api/problem.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { addDays, type Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { Panel } from './panel.tsx'
import classes from './planner.module.css'
import {
  type FreePeopleBody,
  type FreeWish,
  freePeopleQuery,
  positionsQuery,
  skillsQuery,
  type TeamBody,
} from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import type { GhostBar } from './timeline.tsx'

type FreePerson = FreePeopleBody['people'][number]

type Props = {
  readonly teams: readonly TeamBody[]
  readonly today: Day
  readonly onGhost: (ghost: GhostBar | null) => void
  readonly onAccept: (person: FreePerson, wish: FreeWish, to: Day) => void
  readonly onClose: () => void
}

/** "Who can do it?": hours, days and what is needed, and then people, the most suitable first. */
export function WhoPanel({ teams, today, onGhost, onAccept, onClose }: Props) {
  const t = usePlannerTexts()
  const [wish, setWish] = useState<FreeWish | null>(null)
  const [problem, setProblem] = useState<string>()
  const { data: skills = [] } = useQuery(skillsQuery)
  const { data: positions = [] } = useQuery(positionsQuery)
  const found = useQuery({ ...freePeopleQuery(wish), enabled: wish !== null })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    try {
      const { seconds } = parseWorked(text('hours'))
      setProblem(undefined)
      setWish({
        title: text('title'),
        seconds,
        from: text('from'),
        to: text('to'),
        team: text('team'),
        skill: text('skill'),
        position: text('position'),
      })
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  return (
    <Panel title={t.who} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput name="title" label={t.comment} />
        <TextInput name="hours" label={t.hoursNeeded} defaultValue="20" error={problem} autoFocus />
        <div className={classes.pair}>
          <TextInput name="from" type="date" label={t.from} defaultValue={today} />
          <TextInput name="to" type="date" label={t.to} defaultValue={addDays(today, 27)} />
        </div>
        <NativeSelect
          name="skill"
          label={t.skill}
          data={[
            { value: '', label: t.anySkill },
            ...skills.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          name="position"
          label={t.position}
          data={[
            { value: '', label: t.anyPosition },
            ...positions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          name="team"
          label={t.team}
          data={[
            { value: '', label: t.allTeams },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <div className={classes.buttons}>
          <Button type="submit">{t.search}</Button>
        </div>
      </form>
      {wish && found.isPending ? <Skeleton lines={5} height={40} /> : null}
      {found.error ? <ErrorState error={found.error} /> : null}
      {wish && found.data ? (
        <Found body={found.data} wish={wish} onGhost={onGhost} onAccept={onAccept} />
      ) : null}
    </Panel>
  )
}

type FoundProps = Pick<Props, 'onGhost' | 'onAccept'> & {
  readonly body: FreePeopleBody
  readonly wish: FreeWish
}

function Found({ body, wish, onGhost, onAccept }: FoundProps) {
  const t = usePlannerTexts()
  const format = useFormat()
  if (body.people.length === 0)
    return (
      <p className={classes.note}>
        <strong>{t.nobodyFree}</strong> {t.nobodyFreeHint}
      </p>
    )
  return (
    <>
      <p className={classes.note}>{t.considered(format.number(body.considered))}</p>
      <ol className={classes.found}>
        {body.people.map((one) => {
          const to = one.doneOn ?? wish.to
          const show = () => onGhost({ personId: one.id, from: wish.from, to })
          return (
            <li key={one.id} onPointerEnter={show}>
              <div>
                <span className={classes.foundName}>{one.displayName}</span>
                <span className={classes.foundFact} data-enough={one.isEnough || undefined}>
                  {one.doneOn
                    ? t.enough(format.shortDay(one.doneOn))
                    : t.notEnough(format.hours(wish.seconds - one.freeSeconds))}
                </span>
                <span className={classes.foundFact} title={t.perWeek}>
                  {weeksOf(one.dailySeconds)
                    .map((seconds) => format.hours(seconds))
                    .join(' · ')}
                </span>
              </div>
              <Button
                size="xs"
                variant={one.isEnough ? 'filled' : 'default'}
                aria-label={t.acceptFor(one.displayName)}
                onFocus={show}
                onClick={() => onAccept(one, wish, to)}
              >
                {t.accept}
              </Button>
            </li>
          )
        })}
      </ol>
    </>
  )
}

/** Free time of each seven days. */
function weeksOf(daily: readonly number[]): readonly number[] {
  const weeks: number[] = []
  daily.forEach((seconds, at) => {
    const week = Math.floor(at / 7)
    weeks[week] = (weeks[week] ?? 0) + seconds
  })
  return weeks
}
