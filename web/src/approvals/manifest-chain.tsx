import { useQuery } from '@tanstack/react-query'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { manifestsQuery } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'

const hashLength = 16

/** Every closing and reopening, newest first, with its hash. */
export function ManifestChain() {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data, error, isPending, refetch } = useQuery(manifestsQuery)
  if (isPending) return <Skeleton lines={3} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.manifests.length === 0) return <p className={classes.soft}>{t.noChain}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={t.chain}>
      <table className={classes.periods}>
        <thead>
          <tr>
            <th scope="col">{t.period}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.when}</th>
            <th scope="col">{t.worklogs}</th>
            <th scope="col">{t.total}</th>
            <th scope="col">{t.hash}</th>
            <th scope="col">{t.comment}</th>
          </tr>
        </thead>
        <tbody>
          {data.manifests.toReversed().map((one) => (
            <tr key={one.seq}>
              <th scope="row">{format.range(one.from, one.to)}</th>
              <td>{one.kind === 'close' ? t.chainClose : t.chainReopen}</td>
              <td>{format.moment(one.at)}</td>
              <td className={classes.figure}>{format.number(one.worklogCount)}</td>
              <td className={classes.figure}>{format.hours(one.timeSpentSeconds)}</td>
              <td>
                <code title={one.hash}>{one.hash.slice(0, hashLength)}</code>
              </td>
              <td>{one.comment}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
