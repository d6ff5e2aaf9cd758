import type { DryRunBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useConnectionsTexts } from './connections-texts.ts'
import { SidePanel } from './side-panel.tsx'

type Props = { readonly name: string; readonly of: DryRunBody; readonly onClose: () => void }

/** What the next cycle would take in, without taking it in. */
export function DryRunPanel({ name, of, onClose }: Props) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const isNothing = of.new + of.changed + of.deleted === 0 && !of.isMore
  return (
    <SidePanel title={t.dryTitle(name)} size="lg" onClose={onClose}>
      <p className={classes.lead}>{t.dryAs(of.user, of.version)}</p>
      <p role="status">
        <strong>
          {isNothing
            ? t.dryNothing
            : t.drySums(
                format.number(of.new),
                format.number(of.changed),
                format.number(of.deleted),
                format.number(of.unchanged),
              )}
        </strong>
      </p>
      {of.isMore ? <p className={classes.lead}>{t.dryMore}</p> : null}
      <p className={classes.lead}>{t.dryHint}</p>
      {of.samples.length > 0 ? (
        <>
          <h3 className={classes.smallTitle}>{t.drySamples}</h3>
          <table className={classes.table} aria-label={t.drySamples}>
            <tbody>
              {of.samples.map((one) => (
                <tr key={one.jiraId}>
                  <td className={classes.nowrap}>{format.moment(one.startedAt)}</td>
                  <td>{one.author}</td>
                  <td className={classes.figure}>{format.hours(one.timeSpentSeconds)}</td>
                  <td>{one.comment}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </SidePanel>
  )
}
