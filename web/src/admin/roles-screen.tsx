import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { sourceAt } from './accounts-query.ts'
import classes from './admin.module.css'
import { ListBody } from './list-body.tsx'
import { listQuery } from './pages.ts'
import { PermissionRoles } from './permission-roles.tsx'
import { Resources } from './resources.tsx'
import { roleTabs } from './roles-search.ts'
import { useRolesTexts } from './roles-texts.ts'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowForm } from './table/row-form.tsx'
import { useTableWrites } from './table/use-table-writes.ts'
import { Tabs } from './tabs.tsx'

const route = getRouteApi('/inside/admin/roles')

/** Rights beyond the role, and the lists that teams and profiles draw on. */
export function RolesScreen() {
  const t = useRolesTexts()
  const { tab = 'rights' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <Tabs
        label={t.tables}
        tabs={roleTabs}
        current={tab}
        nameOf={(one) => t[one]}
        onChange={(next) => void navigate({ search: next === 'rights' ? {} : { tab: next } })}
      />
      {tab === 'rights' ? (
        <PermissionRoles />
      ) : tab === 'resources' ? (
        <Resources />
      ) : (
        <Words key={tab} tab={tab} />
      )}
    </>
  )
}

type WordTab = Exclude<(typeof roleTabs)[number], 'rights' | 'resources'>

type Word = {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly isDefault?: boolean | null
  readonly color?: string
  readonly description?: string | null
}

const places = {
  'team-roles': { path: '/team-roles', key: 'teamRoles' },
  skills: { path: '/skills', key: 'skills' },
  levels: { path: '/skill-levels', key: 'skillLevels' },
  positions: { path: '/positions', key: 'positions' },
} as const

const sources = Object.fromEntries(
  Object.entries(places).map(([tab, { path }]) => [
    tab,
    sourceAt<Word>(
      path,
      ({ name }) => name,
      ({ name, color, isDefault, description }) => ({
        name,
        ...(color === undefined ? {} : { color, isDefault: isDefault ?? null }),
        ...(description === undefined ? {} : { description }),
      }),
    ),
  ]),
)

function Words({ tab }: { tab: WordTab }) {
  const t = useRolesTexts()
  const { path, key } = places[tab]
  const list = useInfiniteQuery(listQuery<Word>(key, path, {}, 1_000))
  const writes = useTableWrites(sources[tab]!)
  const [adds, setAdds] = useState(false)
  const title = {
    'team-roles': t.addTeamRole,
    skills: t.addSkill,
    levels: t.addLevel,
    positions: t.addPosition,
  }[tab]
  const columns: Column<Word>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    ...further(tab, t),
  ]
  const add = <Button onClick={() => setAdds(true)}>{title}</Button>
  return (
    <>
      <p className={classes.intro}>{t[`${tab}-lead`]}</p>
      <div className={classes.bar}>{add}</div>
      <ListBody list={list} empty={{ title: t.none, hint: t[`${tab}-lead`] }}>
        {(rows) => <EditTable label={t[tab]} rows={rows} columns={columns} writes={writes} />}
      </ListBody>
      {adds ? (
        <RowForm title={title} columns={columns} writes={writes} onClose={() => setAdds(false)} />
      ) : null}
    </>
  )
}

function further(tab: WordTab, t: ReturnType<typeof useRolesTexts>): Column<Word>[] {
  if (tab === 'positions')
    return [
      {
        id: 'description',
        label: t.description,
        kind: 'text',
        of: (row) => row.description ?? null,
      },
    ]
  const isUsual: Column<Word> = {
    id: 'isDefault',
    label: t.isUsual,
    kind: 'flag',
    of: (row) => row.isDefault ?? false,
  }
  if (tab === 'team-roles') return [{ ...isUsual, isFixed: true, isLater: true }]
  if (tab === 'skills') return []
  return [
    {
      id: 'color',
      label: t.color,
      kind: 'text',
      of: (row) => row.color ?? null,
      show: (row) => <Swatch color={row.color ?? ''}>{row.color}</Swatch>,
      isRequired: true,
      hint: t.colorHint,
      usual: 'FCA800',
    },
    isUsual,
  ]
}

function Swatch({ color, children }: { color: string; children: ReactNode }) {
  return (
    <span className={classes.swatch}>
      <span aria-hidden style={{ background: `#${color}` }} />
      {children}
    </span>
  )
}
