import { Button } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ScheduleBody, SchedulesAnswer } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { FollowersPanel } from './followers-panel.tsx'
import { useSchedulesTexts } from './schedules-texts.ts'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { type Source, useTableWrites } from './table/use-table-writes.ts'

const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: () => call<Static<typeof SchedulesAnswer>>('GET', '/schedules'),
})

const source: Source<ScheduleBody> = {
  queryKey: ['schedules'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', '/schedules', { body: { ...noWeek, ...merged(body) } }),
  change: (row, body, ifVersion) => call('PATCH', `/schedules/${row.id}`, { body, ifVersion }),
  remove: (row) => call('DELETE', `/schedules/${row.id}`),
}

const noWeek = { weekSeconds: [0, 0, 0, 0, 0, 0, 0] }
const aMonday = '2024-01-01'
const weekdays = [0, 1, 2, 3, 4, 5, 6] as const

/** The days of a new schedule come one field each and are sent as one week. */
function merged(body: object): object {
  const fields = Object.entries(body)
  const others = fields.filter(([name]) => !/^day\d$/.test(name))
  const week = weekdays.map((day) => Number((body as Record<string, unknown>)[`day${day}`] ?? 0))
  return { ...Object.fromEntries(others), weekSeconds: week }
}

/** How long people shall work on each day of the week. */
export function SchedulesScreen() {
  const t = useSchedulesTexts()
  const format = useFormat()
  const { data, error, isPending, refetch } = useQuery(schedulesQuery)
  const writes = useTableWrites(source)
  const [adds, setAdds] = useState(false)
  const [open, setOpen] = useState<ScheduleBody>()
  if (isPending) return <Skeleton lines={8} height={24} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const columns: Column<ScheduleBody>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    ...weekdays.map(
      (day): Column<ScheduleBody> => ({
        id: `day${day}`,
        label: format.dayName(addDays(aMonday, day)),
        kind: 'hours',
        of: (row) => row.weekSeconds[day] ?? 0,
        usual: day < 5 ? 28_800 : 0,
        body: (value, row) =>
          row
            ? { weekSeconds: row.weekSeconds.map((one, at) => (at === day ? Number(value) : one)) }
            : { [`day${day}`]: Number(value) },
      }),
    ),
    {
      id: 'week',
      label: t.week,
      kind: 'shown',
      isFigure: true,
      of: (row) => row.weekSeconds.reduce((sum, one) => sum + one, 0),
      show: (row) => (
        <strong>{format.hours(row.weekSeconds.reduce((sum, one) => sum + one, 0))}</strong>
      ),
    },
    {
      id: 'isDefault',
      label: t.isDefault,
      kind: 'flag',
      of: (row) => row.isDefault,
      // Another one takes its place; by itself it cannot go.
      isOpen: (row) => !row.isDefault,
      hint: t.usualHint,
    },
  ]
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      <div className={classes.bar}>
        <Button onClick={() => setAdds(true)}>{t.add}</Button>
      </div>
      <EditTable
        label={t.table}
        rows={data.schedules}
        columns={columns}
        writes={writes}
        mayRemove={(row) => !row.isDefault}
        acts={(row) => (
          <RowAct
            label={`${t.followers(row.memberCount, format.number(row.memberCount))}: ${t.followersOf(row.name)}`}
            onAct={() => setOpen(row)}
          >
            {t.followers(row.memberCount, format.number(row.memberCount))}
          </RowAct>
        )}
      />
      {adds ? (
        <RowForm title={t.add} columns={columns} writes={writes} onClose={() => setAdds(false)} />
      ) : null}
      {open ? (
        <FollowersPanel path="schedules" of={open} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  )
}
