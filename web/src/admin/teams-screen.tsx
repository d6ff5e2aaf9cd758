import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TeamBody } from '../../../src/api/contract.ts'
import { useMe } from '../api/session.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import classes from './admin.module.css'
import { ListBody } from './list-body.tsx'
import { Programs } from './programs.tsx'
import { SearchField } from './search-field.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { useTableWrites } from './table/use-table-writes.ts'
import { Tabs } from './tabs.tsx'
import { TeamDetail } from './team-detail.tsx'
import { teamQuery, teamSource, teamsQuery, useNamed } from './teams-query.ts'
import { teamTabs } from './teams-search.ts'
import { useTeamsTexts } from './teams-texts.ts'

const route = getRouteApi('/inside/admin/teams')

/** All teams and programs, or the team that is open with its members. */
export function TeamsScreen() {
  const t = useTeamsTexts()
  const { id, tab = 'teams' } = route.useSearch()
  const navigate = route.useNavigate()
  if (id !== undefined) return <OneTeam key={id} id={id} />
  return (
    <>
      <Tabs
        label={t.tables}
        tabs={teamTabs}
        current={tab}
        nameOf={(one) => (one === 'teams' ? t.table : t.programs)}
        onChange={(next) => void navigate({ search: next === 'teams' ? {} : { tab: next } })}
      />
      {tab === 'teams' ? <Teams /> : <Programs />}
    </>
  )
}

function OneTeam({ id }: { id: string }) {
  const t = useTeamsTexts()
  const { data, error, isPending, refetch } = useQuery(teamQuery(id))
  return (
    <>
      <p className={classes.back}>
        <Link to="/admin/teams" search={{}}>
          <span aria-hidden>{'‹ '}</span>
          {t.back}
        </Link>
      </p>
      {isPending ? <Skeleton lines={10} height={24} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <TeamDetail team={data} /> : null}
    </>
  )
}

function Teams() {
  const t = useTeamsTexts()
  const me = useMe()
  const { text } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(teamsQuery(text))
  const writes = useTableWrites(teamSource)
  const [adds, setAdds] = useState(false)
  const teams = list.data?.pages.flatMap(({ rows }) => rows) ?? []
  const people = useNamed(teams.flatMap(({ leadId }) => leadId ?? []))
  const mayCreate = me.role === 'administrator' || me.role === 'manager'
  const columns: Column<TeamBody>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    { id: 'summary', label: t.summary, kind: 'text', of: (row) => row.summary },
    {
      id: 'lead',
      label: t.responsible,
      kind: 'person',
      of: (row) => (row.leadId === null ? null : (people.get(row.leadId) ?? null)),
    },
    {
      id: 'isPublic',
      label: t.isPublic,
      kind: 'flag',
      of: (row) => row.isPublic,
      usual: true,
    },
    {
      id: 'isAdministrative',
      label: t.isAdministrative,
      kind: 'flag',
      of: (row) => row.isAdministrative,
    },
  ]
  const add = mayCreate ? <Button onClick={() => setAdds(true)}>{t.add}</Button> : null
  const open = (id: string) => void navigate({ search: { id } })
  return (
    <>
      <p className={classes.intro}>{`${t.lead} ${t.publicHint}`}</p>
      <div className={classes.bar}>
        <SearchField
          label={t.search}
          value={text}
          onChange={(wanted) =>
            void navigate({ search: wanted ? { text: wanted } : {}, replace: true })
          }
        />
        {add}
      </div>
      <ListBody list={list} empty={{ title: t.none, hint: t.noneHint }}>
        {(rows) => (
          <EditTable
            label={t.table}
            rows={rows}
            columns={columns}
            writes={writes}
            acts={(row) => (
              <RowAct label={t.openOf(row.name)} onAct={() => open(row.id)}>
                {t.open}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      {adds ? (
        <RowForm
          title={t.add}
          columns={columns}
          writes={writes}
          onClose={(made) => {
            setAdds(false)
            if (made) open(made.id)
          }}
        />
      ) : null}
    </>
  )
}
