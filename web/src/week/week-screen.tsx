import { Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, linkOptions } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { useCommands } from '../frame/commands.ts'
import { Completeness } from '../parts/completeness.tsx'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFirstWeekday } from '../preferences/first-weekday.ts'
import { addDays, type Day, weekStart } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { useTimer } from '../timer/timer-query.ts'
import { useAddedRows } from './added-rows.ts'
import { copyOf } from './copy-week.ts'
import { forgetRefused } from './outbox.ts'
import { isAt, useUnfinished } from './unfinished.ts'
import { useWeek } from './use-week.ts'
import classes from './week.module.css'
import { WeekGrid } from './week-grid.tsx'
import { weekQuery } from './week-query.ts'
import { type WeekView, weekViews } from './week-search.ts'
import { useWeekTexts } from './week-texts.ts'

const Calendar = lazy(async () => ({ default: (await import('./week-calendar.tsx')).WeekCalendar }))
const List = lazy(async () => ({ default: (await import('./week-list.tsx')).WeekList }))
const Panel = lazy(async () => ({ default: (await import('./worklog-panel.tsx')).WorklogPanel }))

const route = getRouteApi('/inside/week')

/** Which worklogs the side panel shows. */
export type Opened = { readonly issueId: string; readonly day: Day }

/** One person's week: as a grid, a calendar or a list. */
export function WeekScreen() {
  const t = useWeekTexts()
  const format = useFormat()
  const today = useToday()
  const me = useMe()
  const client = useQueryClient()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const personId = search.person ?? me.person.id
  const view: WeekView = search.view ?? 'grid'
  const from = weekStart(search.day ?? today, useFirstWeekday())
  const to = addDays(from, 6)
  const week = useWeek(personId, from)
  const { startTimer } = useTimer()
  const [opened, setOpened] = useState<Opened>()
  const [added, addRow] = useAddedRows(personId, from, search.add)
  const { data, writes, worklogs } = week
  useUnfinished(personId, from, opened, setOpened)

  const handIn = linkOptions({ to: '/approvals', search: { tab: 'own', day: from } })
  const go = (day: Day | undefined) =>
    void navigate({
      search: ({ day: _day, add: _add, ...rest }) => ({ ...rest, ...(day ? { day } : {}) }),
    })
  const show = (next: string) =>
    void navigate({
      search: ({ view: _view, ...rest }) => ({
        ...rest,
        ...(next === 'grid' ? {} : { view: next as WeekView }),
      }),
    })
  const copyLastWeek = async () => {
    try {
      const before = await client.fetchQuery(weekQuery(personId, addDays(from, -7)))
      const entries = copyOf(before.worklogs, worklogs, data?.days ?? [])
      writes.logAll(entries)
      notify({ text: entries.length === 0 ? t.nothingToCopy : t.copied(entries.length) })
    } catch (error) {
      notify({ kind: 'bad', text: reasonOf(error) })
    }
  }
  useCommands([
    { id: 'week-today', label: t.today, run: () => go(undefined) },
    { id: 'week-previous', label: t.previous, shortcut: 'PgUp', run: () => go(addDays(from, -7)) },
    { id: 'week-next', label: t.next, shortcut: 'PgDn', run: () => go(addDays(from, 7)) },
    { id: 'week-copy', label: t.copyLastWeek, run: () => void copyLastWeek() },
    { id: 'week-hand-in', label: t.handIn, run: () => void navigate(handIn) },
    ...weekViews.map((one) => ({ id: `week-${one}`, label: t[one], run: () => show(one) })),
  ])

  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>
          <span className="hb-hidden">
            {personId === me.person.id ? t.title : t.titleOf(data?.person.displayName ?? '')}
          </span>
          {format.range(from, to)}
        </h1>
        <div className={classes.moves}>
          <button type="button" aria-label={t.previous} onClick={() => go(addDays(from, -7))}>
            <IconChevronLeft size={18} />
          </button>
          <button type="button" aria-label={t.next} onClick={() => go(addDays(from, 7))}>
            <IconChevronRight size={18} />
          </button>
          <Button variant="default" size="compact-sm" onClick={() => go(undefined)}>
            {t.today}
          </Button>
        </div>
        <SegmentedControl
          className={classes.views!}
          aria-label={t.views}
          size="xs"
          value={view}
          onChange={show}
          data={weekViews.map((one) => ({ value: one, label: t[one] }))}
        />
        {data?.canLog ? (
          <Button variant="default" size="compact-sm" onClick={() => void copyLastWeek()}>
            {t.copyLastWeek}
          </Button>
        ) : null}
        {personId === me.person.id ? (
          <Link {...handIn} className={classes.handIn}>
            {t.handIn}
          </Link>
        ) : null}
      </div>
      {week.isPending ? (
        <Skeleton lines={10} height={28} />
      ) : !data ? (
        <ErrorState error={week.error} onRetry={() => void week.refetch()} />
      ) : (
        <Suspense fallback={<Skeleton lines={10} height={28} />}>
          {view === 'grid' ? (
            <WeekGrid
              key={`${personId} ${from}`}
              week={data}
              worklogs={worklogs}
              writes={writes}
              added={added}
              today={today}
              onAdd={addRow}
              onOpen={setOpened}
              onMove={(weeks) => go(addDays(from, 7 * weeks))}
              onTimer={(issue) => startTimer(issue.key)}
            />
          ) : view === 'calendar' ? (
            <Calendar
              week={data}
              worklogs={worklogs}
              writes={writes}
              today={today}
              onOpen={setOpened}
            />
          ) : (
            <List week={data} worklogs={worklogs} onOpen={setOpened} />
          )}
        </Suspense>
      )}
      {data ? (
        <Suspense>
          {opened ? (
            <Panel
              opened={opened}
              week={data}
              worklogs={worklogs}
              added={added}
              writes={writes}
              onClose={() => {
                forgetRefused((one) => isAt(one, personId, opened))
                setOpened(undefined)
              }}
            />
          ) : null}
        </Suspense>
      ) : null}
      {data ? <Completeness of={data.completeness} /> : null}
    </div>
  )
}
