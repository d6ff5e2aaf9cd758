import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GenericResourceBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { idsColumn } from './ids-column.ts'
import { ListBody } from './list-body.tsx'
import { NameChecks, toggled } from './name-checks.tsx'
import { listQuery } from './pages.ts'
import { useRolesTexts } from './roles-texts.ts'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { type Source, useTableWrites } from './table/use-table-writes.ts'
import { namedQuery } from './teams-query.ts'

const path = '/generic-resources'
const resourcesQuery = listQuery<GenericResourceBody>('genericResources', path, {}, 1_000)

/** Plans of a resource go with it: it is not made again, so removing asks first. */
const source: Source<GenericResourceBody> = {
  queryKey: ['generic-resources'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', path, { body }),
  change: (row, body, ifVersion) =>
    'skillIds' in body
      ? call('PUT', `${path}/${row.id}/skills`, { body })
      : call('PATCH', `${path}/${row.id}`, { body, ifVersion }),
  remove: (row) => call('DELETE', `${path}/${row.id}`),
}

/** Somebody still to be found, planned for like a person, and what they must be able to do. */
export function Resources() {
  const t = useRolesTexts()
  const format = useFormat()
  const list = useInfiniteQuery(resourcesQuery)
  const skills = useQuery(namedQuery('skills')).data ?? []
  const writes = useTableWrites(source)
  const [panel, setPanel] = useState<'add' | { readonly id: string }>()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = typeof panel === 'object' ? rows.find(({ id }) => id === panel.id) : undefined
  const columns: Column<GenericResourceBody>[] = [
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
  ]
  return (
    <>
      <p className={classes.intro}>{t['resources-lead']}</p>
      <div className={classes.bar}>
        <Button onClick={() => setPanel('add')}>{t.addResource}</Button>
      </div>
      <ListBody list={list} empty={{ title: t.none, hint: t['resources-lead'] }}>
        {(shown) => (
          <EditTable
            label={t.resources}
            rows={shown}
            columns={columns}
            writes={writes}
            chosen={open?.id}
            acts={(row) => (
              <RowAct
                label={`${t.skillCount(format.number(row.skillIds.length))}, ${row.name}`}
                onAct={() => setPanel({ id: row.id })}
              >
                {t.skillCount(format.number(row.skillIds.length))}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      {panel === 'add' ? (
        <RowForm
          title={t.addResource}
          columns={columns}
          writes={writes}
          onClose={(made) => setPanel(made ? { id: made.id } : undefined)}
        />
      ) : null}
      {open ? (
        <SidePanel title={t.skillsOf(open.name)} onClose={() => setPanel(undefined)}>
          {skills.length === 0 ? <p className={classes.lead}>{t.noSkills}</p> : null}
          <NameChecks
            items={skills}
            chosen={open.skillIds}
            onToggle={(id) =>
              void writes.change(
                open,
                idsColumn('skillIds', open.skillIds),
                toggled(open.skillIds, id).join(' '),
              )
            }
          />
        </SidePanel>
      ) : null}
    </>
  )
}
