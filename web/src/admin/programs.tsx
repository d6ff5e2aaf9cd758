import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProgramBody, TeamBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import { sourceAt } from './accounts-query.ts'
import classes from './admin.module.css'
import { idsColumn } from './ids-column.ts'
import { ListBody } from './list-body.tsx'
import { NameChecks, toggled } from './name-checks.tsx'
import { listQuery } from './pages.ts'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { useTableWrites } from './table/use-table-writes.ts'
import { useNamed } from './teams-query.ts'
import { useTeamsTexts } from './teams-texts.ts'

const programsQuery = listQuery<ProgramBody>('programs', '/programs', {}, 1_000)

const source = sourceAt<ProgramBody>(
  '/programs',
  ({ name }) => name,
  ({ name, managerId, teamIds }) => ({ name, manager: managerId, teamIds }),
)

/** Teams that pursue one goal, and who answers for it. */
export function Programs() {
  const t = useTeamsTexts()
  const format = useFormat()
  const list = useInfiniteQuery(programsQuery)
  const teams = useInfiniteQuery(listQuery<TeamBody>('teams', '/teams', {}, 1_000))
  const writes = useTableWrites(source)
  const [panel, setPanel] = useState<'add' | { readonly id: string }>()
  const programs = list.data?.pages.flatMap(({ rows }) => rows) ?? []
  const people = useNamed(programs.flatMap(({ managerId }) => managerId ?? []))
  const open = typeof panel === 'object' ? programs.find(({ id }) => id === panel.id) : undefined
  const columns: Column<ProgramBody>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    {
      id: 'manager',
      label: t.manager,
      kind: 'person',
      of: (row) => (row.managerId === null ? null : (people.get(row.managerId) ?? null)),
    },
  ]
  return (
    <>
      <p className={classes.intro}>{t.programsLead}</p>
      <div className={classes.bar}>
        <Button onClick={() => setPanel('add')}>{t.addProgram}</Button>
      </div>
      <ListBody list={list} empty={{ title: t.noPrograms, hint: t.programsLead }}>
        {(rows) => (
          <EditTable
            label={t.programs}
            rows={rows}
            columns={columns}
            writes={writes}
            chosen={open?.id}
            acts={(row) => (
              <RowAct
                label={`${t.teamCount(format.number(row.teamIds.length))}, ${row.name}`}
                onAct={() => setPanel({ id: row.id })}
              >
                {t.teamCount(format.number(row.teamIds.length))}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      {panel === 'add' ? (
        <RowForm
          title={t.addProgram}
          columns={columns}
          writes={writes}
          onClose={(made) => setPanel(made ? { id: made.id } : undefined)}
        />
      ) : null}
      {open ? (
        <SidePanel title={t.teamsOf(open.name)} onClose={() => setPanel(undefined)}>
          <p className={classes.lead}>{t.oneProgram}</p>
          <NameChecks
            items={teams.data?.pages.flatMap(({ rows }) => rows) ?? []}
            chosen={open.teamIds}
            onToggle={(id) =>
              void writes.change(
                open,
                idsColumn('teamIds', open.teamIds),
                toggled(open.teamIds, id).join(' '),
              )
            }
          />
        </SidePanel>
      ) : null}
    </>
  )
}
