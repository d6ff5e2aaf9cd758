import { Button, Drawer, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { CopyLine } from './copy-line.tsx'
import {
  addPerson,
  changePerson,
  groupsQuery,
  makePasswordLink,
  peopleQuery,
  teamsQuery,
} from './people-query.ts'
import { usePeopleTexts } from './people-texts.ts'
import { Scroller } from './scroller.tsx'

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

/** Everybody, with role and whether they take part; groups and teams below. */
export function PeopleScreen() {
  const t = usePeopleTexts()
  const all = useAdminTexts()
  const admin = useAdminTexts()
  const { text } = route.useSearch()
  const navigate = route.useNavigate()
  const people = useInfiniteQuery(peopleQuery(text))
  const [adds, setAdds] = useState(false)
  const rows = people.data?.pages.flatMap((page) => page.people) ?? []
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          className={classes.narrow}
          type="search"
          label={t.search}
          defaultValue={text ?? ''}
          onChange={(event) => {
            const wanted = event.currentTarget.value.trim()
            void navigate({ search: wanted === '' ? {} : { text: wanted }, replace: true })
          }}
        />
        <Button onClick={() => setAdds(true)}>{t.add}</Button>
      </div>
      {people.isPending ? <Skeleton lines={8} /> : null}
      {people.error ? (
        <ErrorState error={people.error} onRetry={() => void people.refetch()} />
      ) : null}
      {people.data && rows.length === 0 ? (
        <StateMessage title={t.noPeople}>{t.noPeopleHint}</StateMessage>
      ) : null}
      {rows.length > 0 ? (
        <Scroller label={all.people}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{t.email}</th>
                <th scope="col">{t.role}</th>
                <th scope="col">{t.active}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : null}
      {people.hasNextPage ? (
        <Button
          variant="default"
          loading={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          {admin.loadMore}
        </Button>
      ) : null}
      <Teams />
      <Groups />
      {adds ? <NewPerson onClose={() => setAdds(false)} /> : null}
    </>
  )
}

function PersonRow({ person }: { person: PersonBody }) {
  const t = usePeopleTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const me = useMe()
  const client = useQueryClient()
  const name = person.displayName
  const fail = (error: Error) => notify({ kind: 'bad', text: reasonOf(error) })
  const change = useMutation({
    mutationFn: (body: object) => changePerson(person, body),
    onSuccess: () => notify({ text: t.changed(name) }),
    onError: fail,
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  })
  const link = useMutation({ mutationFn: () => makePasswordLink(person.id), onError: fail })
  const isMe = person.id === me.person.id
  return (
    <tr>
      <td>
        {name}
        {person.username == null ? null : <div className={classes.soft}>{person.username}</div>}
      </td>
      <td>{person.email}</td>
      <td>
        <NativeSelect
          aria-label={t.roleOf(name)}
          size="xs"
          value={person.role}
          disabled={isMe || change.isPending}
          onChange={(event) => change.mutate({ role: event.currentTarget.value })}
          data={roles.map((role) => ({ value: role, label: t[role] }))}
        />
      </td>
      <td>
        <Switch
          aria-label={t.activeOf(name)}
          checked={person.isActive ?? false}
          disabled={isMe || change.isPending}
          onChange={(event) => change.mutate({ isActive: event.currentTarget.checked })}
        />
      </td>
      <td className={classes.act}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t.linkOf(name)}
          loading={link.isPending}
          onClick={() => link.mutate()}
        >
          {t.link}
        </Button>
        {link.data ? (
          <Drawer
            opened
            onClose={() => link.reset()}
            position="right"
            size="md"
            overlayProps={{ backgroundOpacity: 0.15 }}
            closeButtonProps={{ 'aria-label': shared.close }}
            title={t.linkTitle(name)}
          >
            <div className={classes.form}>
              <p className={classes.lead}>{t.linkHint(format.moment(link.data.expiresAt))}</p>
              <CopyLine text={window.location.origin + link.data.path} label={t.copyLink} />
            </div>
          </Drawer>
        ) : null}
      </td>
    </tr>
  )
}

function NewPerson({ onClose }: { onClose: () => void }) {
  const t = usePeopleTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: addPerson,
    onSuccess: ({ displayName }) => {
      notify({ text: t.added(displayName) })
      void client.invalidateQueries({ queryKey: ['people'] })
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const of = (name: string) => String(values.get(name) ?? '').trim() || undefined
    add.mutate({
      displayName: of('displayName'),
      username: of('username'),
      email: of('email'),
      role: of('role'),
    })
  }
  const problem = add.error instanceof ProblemError ? add.error : undefined
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': shared.close }}
      title={t.add}
    >
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          name="displayName"
          label={t.name}
          error={problem?.field('displayName')}
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput name="username" label={t.username} error={problem?.field('username')} />
        <TextInput name="email" type="email" label={t.email} error={problem?.field('email')} />
        <NativeSelect
          name="role"
          label={t.role}
          defaultValue="employee"
          data={roles.map((role) => ({ value: role, label: t[role] }))}
        />
        {add.error ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(add.error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" loading={add.isPending}>
            {t.add}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </Drawer>
  )
}

function Teams() {
  const t = usePeopleTexts()
  const { data } = useQuery(teamsQuery)
  return (
    <section className={classes.section} aria-labelledby="admin-teams">
      <h2 id="admin-teams">{t.teams}</h2>
      {data?.teams.length === 0 ? <p className={classes.lead}>{t.noTeams}</p> : null}
      <ul className={classes.list}>
        {data?.teams.map((team) => (
          <li key={team.id}>
            {team.name} <span className={classes.soft}>{team.summary}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Groups() {
  const t = usePeopleTexts()
  const format = useFormat()
  const { data } = useQuery(groupsQuery)
  return (
    <section className={classes.section} aria-labelledby="admin-groups">
      <h2 id="admin-groups">{t.groups}</h2>
      {data?.groups.length === 0 ? (
        <p className={classes.lead}>{t.noGroups}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col" className={classes.figure}>
                {t.members}
              </th>
            </tr>
          </thead>
          <tbody>
            {data?.groups.map((group) => (
              <tr key={group.id}>
                <td>{group.name}</td>
                <td className={classes.figure}>{format.number(group.memberCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
