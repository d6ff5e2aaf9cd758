import { Button } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PermissionRole as PermissionRoleSchema, TeamBody } from '../../../src/api/contract.ts'
import { useMe } from '../api/session.ts'
import { useFormat } from '../time/format.ts'
import { sourceAt } from './accounts-query.ts'
import classes from './admin.module.css'
import { Chips } from './chips.tsx'
import { idsColumn } from './ids-column.ts'
import { ListBody } from './list-body.tsx'
import { NameChecks, toggled } from './name-checks.tsx'
import { listQuery } from './pages.ts'
import { PersonField } from './person-field.tsx'
import { useRolesTexts } from './roles-texts.ts'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { type TableWrites, useTableWrites } from './table/use-table-writes.ts'
import { useNamed } from './teams-query.ts'

type Role = Static<typeof PermissionRoleSchema>

const rights = ['view-time', 'manage-time', 'approve-time', 'plan-time'] as const

const listOfRoles = listQuery<Role>('permissionRoles', '/permission-roles', {}, 200)

const withRights = sourceAt<Role>(
  '/permission-roles',
  ({ name }) => name,
  ({ name, isGlobal, rights: held, personIds, teamIds }) => ({
    name,
    isGlobal,
    rights: held,
    people: personIds,
    teamIds,
  }),
)

/** The fields of a new role come one flag each and are sent as one list. */
const source = {
  ...withRights,
  create(body: object) {
    const given = body as Record<string, unknown>
    const chosen = rights.filter((right) => given[right] === true)
    const others = Object.entries(given).filter(
      ([name]) => !(rights as readonly string[]).includes(name),
    )
    return withRights.create!({ rights: chosen, ...Object.fromEntries(others) })
  },
}

/** Rights of some people over other people's time. */
export function PermissionRoles() {
  const t = useRolesTexts()
  const me = useMe()
  const format = useFormat()
  const list = useInfiniteQuery(listOfRoles)
  const writes = useTableWrites(source)
  const [panel, setPanel] = useState<'add' | { of: 'people' | 'teams'; id: string }>()
  const mayChange = me.role === 'administrator'
  const columns: Column<Role>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    ...rights.map(
      (right): Column<Role> => ({
        id: right,
        label: t[right],
        kind: 'flag',
        of: (row) => row.rights.includes(right),
        usual: right === 'view-time',
        body: (value, row) =>
          row
            ? { rights: rights.filter((one) => (one === right ? value : row.rights.includes(one))) }
            : { [right]: value },
      }),
    ),
    { id: 'isGlobal', label: t.isGlobal, kind: 'flag', of: (row) => row.isGlobal, usual: false },
  ]
  const add = mayChange ? <Button onClick={() => setPanel('add')}>{t.addRole}</Button> : null
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = typeof panel === 'object' ? rows.find(({ id }) => id === panel.id) : undefined
  return (
    <>
      <p className={classes.intro}>
        {t.rightsLead}
        {mayChange ? null : ` ${t.onlyRead}`}
      </p>
      <div className={classes.bar}>{add}</div>
      <ListBody list={list} empty={{ title: t.noRoles, hint: t.noRolesHint }}>
        {(shown) => (
          <EditTable
            label={t.rights}
            rows={shown}
            columns={columns}
            writes={writes}
            mayChange={mayChange}
            acts={(row) => (
              <>
                <RowAct
                  label={`${t.people(format.number(row.personIds.length))}: ${t.holdersOf(row.name)}`}
                  onAct={() => setPanel({ of: 'people', id: row.id })}
                >
                  {t.people(format.number(row.personIds.length))}
                </RowAct>
                {row.isGlobal ? null : (
                  <RowAct
                    label={`${t.teams(format.number(row.teamIds.length))}: ${t.overOf(row.name)}`}
                    onAct={() => setPanel({ of: 'teams', id: row.id })}
                  >
                    {t.teams(format.number(row.teamIds.length))}
                  </RowAct>
                )}
              </>
            )}
          />
        )}
      </ListBody>
      {panel === 'add' ? (
        <RowForm
          title={t.addRole}
          columns={columns}
          writes={writes}
          onClose={(made) => setPanel(made ? { of: 'people', id: made.id } : undefined)}
        />
      ) : null}
      {open && typeof panel === 'object' ? (
        <RolePanel
          role={open}
          of={panel.of}
          writes={writes}
          mayChange={mayChange}
          onClose={() => setPanel(undefined)}
        />
      ) : null}
    </>
  )
}

type PanelProps = {
  readonly role: Role
  readonly of: 'people' | 'teams'
  readonly writes: TableWrites<Role>
  readonly mayChange: boolean
  readonly onClose: () => void
}

function RolePanel({ role, of, writes, mayChange, onClose }: PanelProps) {
  const t = useRolesTexts()
  const people = useNamed(of === 'people' ? role.personIds : [])
  const teams = useInfiniteQuery(listQuery<TeamBody>('teams', '/teams', {}, 1_000))
  const set = (id: 'people' | 'teamIds', before: readonly string[], next: readonly string[]) =>
    void writes.change(role, idsColumn(id, before), next.join(' '))
  return (
    <SidePanel
      title={of === 'people' ? t.holdersOf(role.name) : t.overOf(role.name)}
      onClose={onClose}
    >
      {of === 'people' ? (
        <>
          {mayChange ? (
            <PersonField
              label={t.addHolder}
              value={null}
              onChange={(person) => {
                if (person && !role.personIds.includes(person.id))
                  set('people', role.personIds, [...role.personIds, person.id])
              }}
            />
          ) : null}
          <Chips
            items={role.personIds.map((id) => {
              const label = people.get(id)?.displayName ?? ''
              return { id, label, removeLabel: t.removeHolderOf(label) }
            })}
            onRemove={
              mayChange
                ? (id) =>
                    set(
                      'people',
                      role.personIds,
                      role.personIds.filter((one) => one !== id),
                    )
                : undefined
            }
          />
        </>
      ) : (
        <NameChecks
          items={teams.data?.pages.flatMap(({ rows }) => rows) ?? []}
          chosen={role.teamIds}
          onToggle={(id) => set('teamIds', role.teamIds, toggled(role.teamIds, id))}
          mayChange={mayChange}
        />
      )}
    </SidePanel>
  )
}
