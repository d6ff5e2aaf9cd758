import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { useMe } from '../api/session.ts'
import { AccessPanel } from './access-panel.tsx'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { ListBody } from './list-body.tsx'
import { peopleQuery, peopleSource, readEverybody } from './people-query.ts'
import { usePeopleTexts } from './people-texts.ts'
import { SearchField } from './search-field.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { labelsOf, TableForms } from './table/table-forms.tsx'
import { useTableTexts } from './table/table-texts.ts'
import { useTableWrites } from './table/use-table-writes.ts'

const route = getRouteApi('/inside/admin/people')

const roles = [
  'administrator',
  'manager',
  'power-team-lead',
  'team-lead',
  'power-employee',
  'employee',
  'limited-employee',
] as const

/** Everybody, with role, whether they take part, and how they get in. */
export function PeopleScreen() {
  const t = usePeopleTexts()
  const admin = useAdminTexts()
  const table = useTableTexts()
  const me = useMe()
  const { text } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(peopleQuery(text))
  const writes = useTableWrites(peopleSource)
  const [panel, setPanel] = useState<'add' | 'import' | PersonBody>()
  const isOther = (row: PersonBody) => row.id !== me.person.id
  const columns: Column<PersonBody>[] = [
    {
      id: 'displayName',
      label: t.name,
      kind: 'text',
      of: (row) => row.displayName,
      isRequired: true,
    },
    { id: 'username', label: t.username, kind: 'text', of: (row) => row.username ?? null },
    { id: 'email', label: t.email, kind: 'text', of: (row) => row.email ?? null },
    { id: 'staffId', label: t.staffId, kind: 'text', of: (row) => row.staffId ?? null },
    {
      id: 'role',
      label: t.role,
      kind: 'choice',
      of: (row) => row.role ?? null,
      options: roles.map((role) => ({ value: role, label: t[role] })),
      isRequired: true,
      usual: 'employee',
      // Nobody locks themselves out.
      isOpen: isOther,
    },
    {
      id: 'isActive',
      label: t.active,
      kind: 'flag',
      of: (row) => row.isActive ?? false,
      usual: true,
      isOpen: isOther,
    },
  ]
  const add = <Button onClick={() => setPanel('add')}>{t.add}</Button>
  return (
    <>
      <div className={classes.bar}>
        <SearchField
          label={t.search}
          value={text}
          onChange={(wanted) =>
            void navigate({ search: wanted ? { text: wanted } : {}, replace: true })
          }
        />
        {add}
        <Button variant="default" onClick={() => setPanel('import')}>
          {table.importCsv}
        </Button>
      </div>
      <ListBody list={list} empty={{ title: t.noPeople, hint: t.noPeopleHint }}>
        {(rows) => (
          <EditTable
            label={admin.people}
            rows={rows}
            columns={columns}
            writes={writes}
            acts={(row) => (
              <RowAct label={t.accessOf(row.displayName)} onAct={() => setPanel(row)}>
                {t.access}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      <TableForms
        panel={panel}
        addTitle={t.add}
        columns={columns}
        writes={writes}
        file={file}
        onClose={() => setPanel(undefined)}
      />
      {typeof panel === 'object' ? (
        <AccessPanel person={panel} onClose={() => setPanel(undefined)} />
      ) : null}
    </>
  )
}

/** A line of a file means whoever has its user name, else its e-mail, else its staff number. */
function isMeant(row: PersonBody, texts: Readonly<Record<string, string>>): boolean {
  const { username, email, staffId } = texts
  if (username) return row.username === username
  if (email) return row.email?.toLowerCase() === email.toLowerCase()
  return Boolean(staffId) && row.staffId === staffId
}

const file = {
  name: 'people.csv',
  readAll: readEverybody,
  isIt: isMeant,
  labels: labelsOf(
    usePeopleTexts.all,
    (texts) => ({
      displayName: texts.name,
      username: texts.username,
      email: texts.email,
      staffId: texts.staffId,
      role: texts.role,
      isActive: texts.active,
    }),
    { displayName: ['Full name', 'Display name'], email: ['Mail', 'Email address'] },
  ),
}
