import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { listQuery } from './pages.ts'
import { type Chosen, PersonField } from './person-field.tsx'
import { useSchedulesTexts } from './schedules-texts.ts'
import { SidePanel } from './side-panel.tsx'

type Props = {
  readonly path: 'schedules' | 'holiday-schemes'
  readonly of: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

/** Who follows a schedule or a holiday scheme today, and letting others follow it from a day on. */
export function FollowersPanel({ path, of, onClose }: Props) {
  const t = useSchedulesTexts()
  const admin = useAdminTexts()
  const client = useQueryClient()
  const members = useInfiniteQuery(listQuery<PersonBody>('people', `/${path}/${of.id}/members`))
  const [person, setPerson] = useState<Chosen | null>(null)
  const [isMissing, setMissing] = useState(false)
  const follow = useMutation({
    mutationFn: (from: string | undefined) =>
      call('POST', `/${path}/${of.id}/members`, {
        body: { people: [person!.id], ...(from ? { from } : {}) },
      }),
    onSuccess() {
      notify({ text: t.followed(person?.displayName ?? '') })
      setPerson(null)
      void client.invalidateQueries({ queryKey: [path] })
      void members.refetch()
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setMissing(person === null)
    if (person) follow.mutate(String(new FormData(event.currentTarget).get('from') ?? ''))
  }
  const people = members.data?.pages.flatMap(({ rows }) => rows)
  return (
    <SidePanel title={t.followersOf(of.name)} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <PersonField
          label={t.person}
          value={person}
          onChange={setPerson}
          error={isMissing && person === null ? t.personMissing : undefined}
          isOptional
        />
        <TextInput name="from" type="date" label={t.from} description={t.fromHint} />
        <div className={classes.actions}>
          <Button type="submit" loading={follow.isPending}>
            {t.follow}
          </Button>
        </div>
      </form>
      {people?.length === 0 ? <p className={classes.lead}>{t.nobody}</p> : null}
      <ul className={classes.list}>
        {people?.map(({ id, displayName }) => (
          <li key={id}>{displayName}</li>
        ))}
      </ul>
      {members.hasNextPage ? (
        <Button
          variant="default"
          loading={members.isFetchingNextPage}
          onClick={() => void members.fetchNextPage()}
        >
          {admin.loadMore}
        </Button>
      ) : null}
    </SidePanel>
  )
}
