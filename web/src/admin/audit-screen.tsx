import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AuditBody, AuditEntryBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { diffOf } from './audit-diff.ts'
import type { AuditSearch } from './audit-search.ts'
import { useAuditTexts } from './audit-texts.ts'
import { PersonField } from './person-field.tsx'
import { Scroller } from './scroller.tsx'

const route = getRouteApi('/inside/admin/audit')

/** Kinds of objects that changes are noted of most. */
const kinds = ['worklog', 'event', 'person', 'group', 'token', 'login', 'connection', 'site']

/** The audit log, newest first: who changed what, before and after. */
export function AuditScreen() {
  const t = useAuditTexts()
  const admin = useAdminTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { name, ...wish } = search
  const found = useInfiniteQuery({
    queryKey: ['audit', wish],
    queryFn: ({ pageParam }) =>
      call<AuditBody>('GET', `/audit${queryOf({ ...wish, cursor: pageParam, limit: 50 })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const narrow = (change: Readonly<Record<string, string | undefined>>) => {
    const all = Object.entries({ ...search, ...change })
    const next = Object.fromEntries(all.filter(([, value]) => value)) as AuditSearch
    void navigate({ search: next, replace: true })
  }
  const field = (key: 'object' | 'action' | 'from' | 'to', type = 'search') => (
    <TextInput
      type={type}
      label={t[key]}
      defaultValue={search[key] ?? ''}
      onChange={(event) => narrow({ [key]: event.currentTarget.value.trim() })}
    />
  )
  const person = search.person ? { id: search.person, displayName: name ?? search.person } : null
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <>
      <div className={classes.bar}>
        <PersonField
          label={t.who}
          value={person}
          onChange={(one) => narrow({ person: one?.id, name: one?.displayName })}
          isOptional
        />
        <NativeSelect
          label={t.type}
          value={search.type ?? ''}
          onChange={(event) => narrow({ type: event.currentTarget.value })}
          data={[
            { value: '', label: t.anyType },
            ...[...new Set([...kinds, ...(search.type ? [search.type] : [])])],
          ]}
        />
        {field('object')}
        {field('action')}
        {field('from', 'date')}
        {field('to', 'date')}
      </div>
      <Chain />
      {found.isPending ? <Skeleton lines={10} /> : null}
      {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data && entries.length === 0 ? (
        <StateMessage title={t.nothing}>{t.nothingHint}</StateMessage>
      ) : null}
      {entries.length > 0 ? <Entries entries={entries} /> : null}
      {found.hasNextPage ? (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {admin.loadMore}
        </Button>
      ) : null}
    </>
  )
}

function Entries({ entries }: { entries: readonly AuditEntryBody[] }) {
  const t = useAuditTexts()
  const all = useAdminTexts()
  const format = useFormat()
  return (
    <Scroller label={all.audit}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.figure}>
              {t.no}
            </th>
            <th scope="col">{t.at}</th>
            <th scope="col">{t.who}</th>
            <th scope="col">{t.what}</th>
            <th scope="col">{t.change}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq}>
              <td className={classes.figure}>{format.number(entry.seq)}</td>
              <td className={classes.nowrap}>{format.moment(entry.at)}</td>
              <td>
                {entry.actor?.displayName ?? t.system}
                <div className={classes.soft}>{t.via(entry.via)}</div>
              </td>
              <td className={classes.nowrap}>
                {entry.action}
                <div className={classes.soft}>{entry.objectId}</div>
              </td>
              <td>
                <ul className={classes.diff}>
                  {diffOf(entry.before, entry.after).map((one) => (
                    <li key={one.field}>
                      <span className={classes.soft}>{one.field}</span>{' '}
                      {one.before === null ? null : <del>{one.before}</del>}{' '}
                      {one.after === null ? null : <ins>{one.after}</ins>}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

type Verified = {
  readonly audit: { readonly entries: number; readonly broken: { readonly seq: number } | null }
}

/** Walks the whole chain when asked. */
function Chain() {
  const t = useAuditTexts()
  const format = useFormat()
  const verify = useMutation({
    mutationFn: () => call<Verified>('GET', '/verify'),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const audit = verify.data?.audit
  return (
    <div className={classes.bar}>
      <span className={classes.lead}>{t.chain}</span>
      <span role="status">
        {audit ? (
          <span className={classes.state} data-kind={audit.broken === null ? 'good' : 'bad'}>
            {audit.broken === null
              ? t.verified(format.number(audit.entries))
              : t.broken(format.number(audit.broken.seq))}
          </span>
        ) : null}
      </span>
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t.verify}
      </Button>
    </div>
  )
}
