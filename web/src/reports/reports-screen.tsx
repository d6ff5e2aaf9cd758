import { Button, Menu, SegmentedControl, Switch } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { ProblemError } from '../api/problem.ts'
import { useCommands } from '../frame/commands.ts'
import { Completeness } from '../parts/completeness.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { ExportMenu } from './export-menu.tsx'
import { JqlBar } from './jql-bar.tsx'
import { PeriodChooser, type PeriodWish } from './period-chooser.tsx'
import { type PresetName, presets } from './presets.ts'
import { ReportBuilder } from './report-builder.tsx'
import {
  defaultPeriod,
  definitionOf,
  searchFrom,
  searchOf,
  shelvesOf,
} from './report-definition.ts'
import { useReportNames } from './report-names.ts'
import { readSort, type Sort } from './report-rows.ts'
import { ReportTable } from './report-table.tsx'
import classes from './reports.module.css'
import { type Place, reportQuery } from './reports-query.ts'
import {
  type ReportSearch,
  type ReportView,
  readReportSearch,
  reportViews,
} from './reports-search.ts'
import { useReportsTexts } from './reports-texts.ts'
import { SavedMenu } from './saved-menu.tsx'

const ReportChart = lazy(async () => ({
  default: (await import('./report-chart.tsx')).ReportChart,
}))
const YearView = lazy(async () => ({ default: (await import('./year-view.tsx')).YearView }))
const BalanceView = lazy(async () => ({
  default: (await import('./balance-view.tsx')).BalanceView,
}))
const BurnView = lazy(async () => ({ default: (await import('./burn-view.tsx')).BurnView }))
const DrillPanel = lazy(async () => ({ default: (await import('./drill-panel.tsx')).DrillPanel }))

const route = getRouteApi('/inside/reports')

/** Reports: put together by clicking or typing, shown as one builds. The address is the report. */
export function ReportsScreen() {
  const t = useReportsTexts()
  const names = useReportNames()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const shelves = useMemo(() => shelvesOf(search), [search])
  const definition = useMemo(() => definitionOf(search), [search])
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(reportQuery(definition))

  const [drilled, setDrilled] = useState<{
    readonly place: Place
    readonly title: string
    readonly definition: ReportDefinitionBody
  }>()
  // Budgets are those of accounts, which worklogs name by an attribute.
  const hasAccounts = shelves.rows[0]?.startsWith('attribute:') === true
  const views = reportViews.filter((one) => one !== 'burn' || hasAccounts)
  const view = views.find((one) => one === search.view) ?? 'table'

  const change = (next: { readonly [key in keyof ReportSearch]?: ReportSearch[key] | undefined }) =>
    void navigate({ search: (before) => readReportSearch({ ...before, ...next }) })
  const setPeriod = ({ period, from, to }: PeriodWish) => change({ period, from, to })
  const setSort = (sort: Sort | undefined) =>
    change({ sort: sort && `${sort.falls ? '-' : ''}${sort.key}` })
  const startFrom = (name: PresetName) => void navigate({ search: { ...presets[name] } })
  useCommands(
    (Object.keys(presets) as PresetName[]).map((name) => ({
      id: `report-${name}`,
      label: `${t.title}: ${t[name]}`,
      run: () => startFrom(name),
    })),
  )

  // Only a query can be wrong here: everything else is chosen from what there is.
  const jqlProblem =
    search.jql && error instanceof ProblemError && error.status === 400 ? error.message : undefined
  const { period = defaultPeriod, from, to } = search
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t.title}</h1>
        <PeriodChooser
          wish={from && to ? { from, to } : { period }}
          days={data?.period}
          onChange={setPeriod}
        />
        <div className={classes.acts}>
          <SegmentedControl
            size="xs"
            aria-label={t.view}
            value={view}
            onChange={(next) => change({ view: next as ReportView })}
            data={views.map((value) => ({ value, label: t[value] }))}
          />
          <Menu position="bottom-end" shadow="none">
            <Menu.Target>
              <Button
                variant="default"
                size="compact-md"
                rightSection={<IconChevronDown size={14} />}
              >
                {t.start}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t.presets}</Menu.Label>
              {(Object.keys(presets) as PresetName[]).map((name) => (
                <Menu.Item key={name} onClick={() => startFrom(name)}>
                  {t[name]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <SavedMenu
            definition={definition}
            current={search.report}
            onOpen={(kept) => void navigate({ search: searchFrom(kept.id, kept.definition) })}
            onGone={() => change({ report: undefined })}
          />
          <ExportMenu definition={definition} />
        </div>
      </div>
      <ReportBuilder
        shelves={shelves}
        among={search.among ?? []}
        named={search.named ?? {}}
        names={names}
        onShelves={(next) => change({ ...searchOf(next), sort: undefined })}
        onNamed={(named) => change({ named })}
        onAmong={(among) => change({ among: among.length > 0 ? among : undefined })}
      >
        {view === 'table' ? (
          <Switch
            size="xs"
            className={classes.shade}
            label={t.heat}
            checked={search.heat === true}
            onChange={(event) => change({ heat: event.currentTarget.checked || undefined })}
          />
        ) : null}
      </ReportBuilder>
      <JqlBar
        jql={search.jql ?? ''}
        problem={jqlProblem}
        onChange={(jql) => change({ jql: jql === '' ? undefined : jql })}
      />
      {isPending ? (
        <div className={classes.waiting}>
          <Skeleton lines={12} />
        </div>
      ) : jqlProblem ? null : error && !isPlaceholderData ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? null : view === 'balance' ? (
        <Suspense fallback={<Skeleton lines={12} />}>
          <BalanceView
            period={data.period}
            columns={shelves.columns}
            of={search.of}
            against={search.against ?? 'required'}
            names={names}
            onChange={change}
            onDrill={(place, title, of) => setDrilled({ place, title, definition: of })}
          />
        </Suspense>
      ) : data.completeness.total === 0 ? (
        <StateMessage
          title={t.emptyTitle}
          actions={
            <Button variant="default" onClick={() => setPeriod({ period: 'this-year' })}>
              {t.lastYearAction}
            </Button>
          }
        >
          {t.emptyHint}
        </StateMessage>
      ) : view === 'year' ? (
        <Suspense fallback={<Skeleton lines={12} />}>
          <YearView
            definition={definition}
            names={names}
            onDrill={(place, title, of) => setDrilled({ place, title, definition: of })}
          />
        </Suspense>
      ) : view === 'burn' ? (
        <Suspense fallback={<Skeleton lines={12} />}>
          <BurnView
            definition={definition}
            names={names}
            onDrill={(place, title, of) => setDrilled({ place, title, definition: of })}
          />
        </Suspense>
      ) : view === 'chart' ? (
        <Suspense fallback={<Skeleton lines={12} />}>
          <ReportChart
            report={data}
            across={shelves.columns}
            names={names}
            isStale={isPlaceholderData}
            onDrill={(place, title) => setDrilled({ place, title, definition })}
          />
        </Suspense>
      ) : (
        <ReportTable
          report={data}
          across={shelves.columns}
          hasManyValues={shelves.values.length > 1}
          names={names}
          sort={readSort(search.sort)}
          isShaded={search.heat === true}
          isStale={isPlaceholderData}
          onSort={setSort}
          onDrill={(place, title) => setDrilled({ place, title, definition })}
        />
      )}
      {drilled ? (
        <Suspense>
          <DrillPanel {...drilled} onClose={() => setDrilled(undefined)} />
        </Suspense>
      ) : null}
      {data ? <Completeness of={data.completeness} /> : null}
    </div>
  )
}
