import { IconEqualNot } from '@tabler/icons-react'
import { useConflictTexts } from './conflict-texts.ts'
import classes from './conflicts.module.css'

export type VersionRow = {
  readonly name: string
  /** Undefined where that side says nothing of it. */
  readonly ours: string | undefined
  readonly theirs: string | undefined
  readonly isDifferent: boolean
}

type Props = {
  readonly rows: readonly VersionRow[]
  readonly hasOurs: boolean
  readonly hasTheirs: boolean
}

/** Ours and Jira's side by side; what differs carries a sign, and Jira's value a mark. */
export function VersionsTable({ rows, hasOurs, hasTheirs }: Props) {
  const t = useConflictTexts()
  return (
    <table className={classes.versions}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t.ours}</th>
          <th scope="col">{t.theirs}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, ours, theirs, isDifferent }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              {isDifferent ? (
                <>
                  <IconEqualNot size={14} className={classes.sign} aria-hidden />
                  <span className="hb-hidden">, {t.differs}</span>
                </>
              ) : null}
            </th>
            <td>{hasOurs ? ours : t.notHere}</td>
            <td>
              {!hasTheirs ? (
                t.deleted
              ) : isDifferent ? (
                <mark className={classes.other}>{theirs}</mark>
              ) : (
                theirs
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
