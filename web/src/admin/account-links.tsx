import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import {
  type Account,
  type AccountLink,
  linkProject,
  linksQuery,
  makeUsual,
  unlinkProject,
} from './accounts-query.ts'
import { useAccountsTexts } from './accounts-texts.ts'
import classes from './admin.module.css'
import { ProjectField } from './project-field.tsx'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { RowAct } from './table/row-act.tsx'
import { tellWithUndo } from './table/undo.ts'
import type { TableWrites } from './table/use-table-writes.ts'
import { TypedField } from './typed-field.tsx'

type Props = {
  readonly account: Account
  readonly contact: Column<Account> | undefined
  readonly writes: TableWrites<Account>
  readonly onClose: () => void
}

/** Beside the table: whom to ask, and which projects bill to an account. */
export function AccountLinks({ account, contact, writes, onClose }: Props) {
  const t = useAccountsTexts()
  const client = useQueryClient()
  const query = linksQuery(account.key)
  const { data, error, isPending, refetch } = useQuery(query)
  const readAgain = () => client.invalidateQueries({ queryKey: ['account-links'] })
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
    onSettled: readAgain,
  })
  const link = (project: string) =>
    act.mutate(async () => {
      const made = await linkProject(account.key, project)
      tellWithUndo(t.linked(project), () => unlinkProject(made.id).then(readAgain))
    })
  const unlink = ({ id, project, isDefault }: AccountLink) =>
    act.mutate(async () => {
      await unlinkProject(id)
      tellWithUndo(t.unlinked(project.key), async () => {
        const made = await linkProject(account.key, project.key)
        if (isDefault) await makeUsual(made.id)
        await readAgain()
      })
    })
  return (
    <SidePanel title={t.detailsOf(account.key)} onClose={onClose}>
      <p className={classes.lead}>{t.projectsLead(account.name)}</p>
      {account.isGlobal ? <p className={classes.lead}>{t.everyProject}</p> : null}
      {contact ? (
        <TypedField
          kind="text"
          label={t.contact}
          value={writes.valueOf(account, contact)}
          isDisabled={account.contact !== null}
          onChange={(value) => void writes.change(account, contact, value)}
        />
      ) : null}
      <ProjectField label={t.link} onChoose={({ key }) => link(key)} />
      {isPending ? <Skeleton lines={4} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.links.length === 0 ? <p className={classes.lead}>{t.noLinks}</p> : null}
      {data && data.links.length > 0 ? (
        <table className={classes.table} aria-label={t.projectsOf(account.key)}>
          <tbody>
            {data.links.map((one) => (
              <tr key={one.id}>
                <td>
                  {one.project.key}
                  <div className={classes.soft}>{one.project.name}</div>
                </td>
                <td className={classes.act}>
                  {one.isDefault ? (
                    <span className={classes.state} data-kind="good">
                      {t.usual}
                    </span>
                  ) : (
                    <RowAct
                      label={t.makeUsualOf(one.project.key)}
                      onAct={() => act.mutate(() => makeUsual(one.id))}
                    >
                      {t.makeUsual}
                    </RowAct>
                  )}{' '}
                  <RowAct label={t.unlinkOf(one.project.key)} onAct={() => unlink(one)}>
                    {t.unlink}
                  </RowAct>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </SidePanel>
  )
}
