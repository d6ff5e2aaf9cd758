import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { ListBody } from './list-body.tsx'
import { listQuery } from './pages.ts'
import { PersonField } from './person-field.tsx'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { tellWithUndo } from './table/undo.ts'
import { type Source, useTableWrites } from './table/use-table-writes.ts'
import { useTeamsTexts } from './teams-texts.ts'

const route = getRouteApi('/inside/admin/groups')

type Group = {
  readonly id: string
  readonly name: string
  readonly memberCount: number
  readonly isOwn: boolean
}

const groupsQuery = listQuery<Group>('groups', '/groups', {}, 1_000)

const source: Source<Group> = {
  queryKey: ['groups'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', '/groups', { body }),
  change: (row, body) => call('PATCH', `/groups/${row.id}`, { body }),
}

/** Named sets of people, and who is in them. */
export function GroupsScreen() {
  const t = useTeamsTexts()
  const format = useFormat()
  const { id, text } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(groupsQuery)
  const writes = useTableWrites(source)
  const [adds, setAdds] = useState(false)
  const groups = list.data?.pages.flatMap(({ rows }) => rows) ?? []
  const open = groups.find((one) => one.id === id)
  const columns: Column<Group>[] = [
    {
      id: 'name',
      label: t.name,
      kind: 'text',
      of: (row) => row.name,
      isRequired: true,
      // A connected Jira knows its own by the name.
      isOpen: (row) => row.isOwn,
    },
    {
      id: 'memberCount',
      label: t.memberCount,
      kind: 'shown',
      isFigure: true,
      of: (row) => row.memberCount,
      show: (row) => format.number(row.memberCount),
    },
    {
      id: 'isOwn',
      label: t.source,
      kind: 'shown',
      of: (row) => row.isOwn,
      show: (row) => (row.isOwn ? t.ownGroup : t.jiraGroup),
    },
  ]
  const add = <Button onClick={() => setAdds(true)}>{t.newGroup}</Button>
  const wanted = text?.toLowerCase()
  return (
    <>
      <p className={classes.intro}>{t.groupsLead}</p>
      <div className={classes.bar}>
        <TextInput
          className={classes.narrow}
          type="search"
          label={t.name}
          defaultValue={text ?? ''}
          onChange={(event) => {
            const next = event.currentTarget.value.trim()
            void navigate({ search: next === '' ? {} : { text: next }, replace: true })
          }}
        />
        {add}
      </div>
      <ListBody list={list} empty={{ title: t.noGroups, hint: t.noGroupsHint }}>
        {(rows) => (
          <EditTable
            label={t.groups}
            rows={rows.filter(({ name }) => !wanted || name.toLowerCase().includes(wanted))}
            columns={columns}
            writes={writes}
            chosen={open?.id}
            acts={(row) => (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t.openOf(row.name)}
                onClick={() =>
                  void navigate({ search: (all) => ({ ...all, id: row.id }), replace: true })
                }
              >
                {t.open}
              </Button>
            )}
          />
        )}
      </ListBody>
      {adds ? (
        <RowForm
          title={t.newGroup}
          columns={columns}
          writes={writes}
          onClose={() => setAdds(false)}
        />
      ) : null}
      {open ? (
        <Members
          key={open.id}
          group={open}
          onClose={() => void navigate({ search: ({ id: _, ...others }) => others, replace: true })}
        />
      ) : null}
    </>
  )
}

function Members({ group, onClose }: { group: Group; onClose: () => void }) {
  const t = useTeamsTexts()
  const shared = useSharedTexts()
  const admin = useAdminTexts()
  const client = useQueryClient()
  const members = useInfiniteQuery(listQuery<PersonBody>('people', `/groups/${group.id}/members`))
  const readAgain = async () => {
    await client.invalidateQueries({ queryKey: ['groups'] })
    await members.refetch()
  }
  const put = (id: string, isMember: boolean) =>
    call(isMember ? 'PUT' : 'DELETE', `/groups/${group.id}/members/${id}`)
  const set = useMutation({
    mutationFn: async (wish: { id: string; name: string; isMember: boolean }) => {
      await put(wish.id, wish.isMember)
      const told = wish.isMember ? t.putIn(wish.name) : t.takenOut(wish.name)
      tellWithUndo(told, () => put(wish.id, !wish.isMember).then(readAgain))
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: readAgain,
  })
  const people = members.data?.pages.flatMap(({ rows }) => rows)
  return (
    <SidePanel title={t.openOf(group.name)} onClose={onClose}>
      <PersonField
        label={t.addMember}
        value={null}
        onChange={(person) => {
          if (person) set.mutate({ id: person.id, name: person.displayName, isMember: true })
        }}
      />
      {members.isPending ? <Skeleton lines={6} /> : null}
      {people?.length === 0 ? <p className={classes.lead}>{t.noMembers}</p> : null}
      {people && people.length > 0 ? (
        <table className={classes.table} aria-label={t.openOf(group.name)}>
          <tbody>
            {people.map(({ id, displayName }) => (
              <tr key={id}>
                <td>{displayName}</td>
                <td className={classes.act}>
                  <RowAct
                    label={t.removeOf(displayName)}
                    onAct={() => set.mutate({ id, name: displayName, isMember: false })}
                  >
                    {shared.remove}
                  </RowAct>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {members.hasNextPage ? (
        <Button variant="default" onClick={() => void members.fetchNextPage()}>
          {admin.loadMore}
        </Button>
      ) : null}
    </SidePanel>
  )
}
