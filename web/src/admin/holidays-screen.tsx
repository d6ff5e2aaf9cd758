import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { HolidaySchemeBody } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './admin.module.css'
import { FollowersPanel } from './followers-panel.tsx'
import { HolidayImport } from './holiday-import.tsx'
import {
  type Holiday,
  holidaySource,
  holidaysQuery,
  schemeSource,
  schemesQuery,
} from './holidays-query.ts'
import { useHolidaysTexts } from './holidays-texts.ts'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { useTableWrites } from './table/use-table-writes.ts'

const route = getRouteApi('/inside/admin/holidays')

/** Holiday schemes, and below them the days of the one that is open. */
export function HolidaysScreen() {
  const t = useHolidaysTexts()
  const format = useFormat()
  const { id } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(schemesQuery)
  const writes = useTableWrites(schemeSource)
  const [adds, setAdds] = useState(false)
  const [followed, setFollowed] = useState<HolidaySchemeBody>()
  if (isPending) return <Skeleton lines={10} height={24} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const schemes = data.holidaySchemes
  const open = schemes.find((one) => one.id === id) ?? schemes.find(({ isDefault }) => isDefault)
  const show = (scheme: string) => void navigate({ search: { id: scheme }, replace: true })
  const columns: Column<HolidaySchemeBody>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    {
      id: 'description',
      label: t.description,
      kind: 'text',
      of: (row) => row.description,
      body: (value) => ({ description: value ?? '' }),
    },
    {
      id: 'isDefault',
      label: t.isDefault,
      kind: 'flag',
      of: (row) => row.isDefault,
      isOpen: (row) => !row.isDefault,
    },
  ]
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      <div className={classes.bar}>
        <Button onClick={() => setAdds(true)}>{t.addScheme}</Button>
      </div>
      <EditTable
        label={t.schemes}
        rows={schemes}
        columns={columns}
        writes={writes}
        chosen={open?.id}
        mayRemove={(row) => !row.isDefault}
        acts={(row) => (
          <>
            <RowAct
              label={`${t.followers(row.memberCount, format.number(row.memberCount))}: ${t.followersOf(row.name)}`}
              onAct={() => setFollowed(row)}
            >
              {t.followers(row.memberCount, format.number(row.memberCount))}
            </RowAct>
            <RowAct label={t.showOf(row.name)} onAct={() => show(row.id)}>
              {t.show}
            </RowAct>
          </>
        )}
      />
      {open ? <Days key={open.id} of={open} /> : null}
      {adds ? (
        <RowForm
          title={t.addScheme}
          columns={columns}
          writes={writes}
          onClose={(made) => {
            setAdds(false)
            if (made) show(made.id)
          }}
        />
      ) : null}
      {followed ? (
        <FollowersPanel
          path="holiday-schemes"
          of={followed}
          onClose={() => setFollowed(undefined)}
        />
      ) : null}
    </>
  )
}

const kinds = ['floating', 'fixed'] as const

function Days({ of }: { of: HolidaySchemeBody }) {
  const t = useHolidaysTexts()
  const [year, setYear] = useState(Number(useToday().slice(0, 4)))
  const { data, error, isPending, refetch } = useQuery(holidaysQuery(of.id, year))
  const writes = useTableWrites(holidaySource(of.id))
  const [panel, setPanel] = useState<'add' | 'import'>()
  const columns: Column<Holiday>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    {
      id: 'day',
      label: t.day,
      kind: 'day',
      // A fixed one falls on this year's day whatever the year it was entered for.
      of: (row) => (row.kind === 'fixed' ? `${year}${row.day.slice(4)}` : row.day),
      isRequired: true,
    },
    {
      id: 'kind',
      label: t.kind,
      kind: 'choice',
      of: (row) => row.kind,
      options: kinds.map((one) => ({ value: one, label: t[one] })),
      isRequired: true,
      usual: 'floating',
    },
    {
      id: 'seconds',
      label: t.seconds,
      kind: 'hours',
      of: (row) => row.seconds,
      isRequired: true,
      least: 60,
      usual: 28_800,
    },
  ]
  const importButton = <Button onClick={() => setPanel('import')}>{t.importTitle}</Button>
  return (
    <section aria-labelledby="holidays-of">
      <h2 id="holidays-of" className={classes.smallTitle}>
        {t.daysOf(of.name)}
      </h2>
      <div className={classes.bar}>
        <div className={classes.stepper}>
          <Button variant="default" aria-label={t.earlier} onClick={() => setYear(year - 1)}>
            <span aria-hidden>‹</span>
          </Button>
          <strong role="status" aria-label={t.year}>
            {year}
          </strong>
          <Button variant="default" aria-label={t.later} onClick={() => setYear(year + 1)}>
            <span aria-hidden>›</span>
          </Button>
        </div>
        {importButton}
        <Button variant="default" onClick={() => setPanel('add')}>
          {t.addDay}
        </Button>
      </div>
      {isPending ? <Skeleton lines={8} height={24} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.holidays.length === 0 ? (
        <StateMessage title={t.none} actions={importButton}>
          {t.noneHint}
        </StateMessage>
      ) : null}
      {data && data.holidays.length > 0 ? (
        <EditTable
          label={t.daysOf(of.name)}
          rows={data.holidays}
          columns={columns}
          writes={writes}
        />
      ) : null}
      {panel === 'add' ? (
        <RowForm
          title={t.addDay}
          columns={columns}
          writes={writes}
          onClose={() => setPanel(undefined)}
        />
      ) : null}
      {panel === 'import' ? (
        <HolidayImport scheme={of} year={year} onClose={() => setPanel(undefined)} />
      ) : null}
    </section>
  )
}
