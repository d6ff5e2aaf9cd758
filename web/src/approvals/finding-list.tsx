import type { TimesheetBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { useApprovalsTexts } from './approvals-texts.ts'

/** What is odd about a timesheet, day by day; what blocks says so. */
export function FindingList({ findings }: Pick<TimesheetBody, 'findings'>) {
  const t = useApprovalsTexts()
  const format = useFormat()
  if (findings.length === 0) return <p className={classes.clean}>{t.noFindings}</p>
  return (
    <ul className={classes.findings} aria-label={t.findingsTitle}>
      {findings.map(({ code, severity, day, requiredSeconds, spentSeconds, worklogs }) => {
        const when = format.shortDay(day)
        const spent = format.hours(spentSeconds)
        return (
          <li key={`${code} ${day}`} data-severity={severity}>
            {code === 'missing-time'
              ? t.missingTime(when, spent, format.hours(requiredSeconds))
              : code === 'missing-comment'
                ? t.missingComment(when, worklogs)
                : t.longDay(when, spent)}
            {severity === 'block' ? <strong>{t.blocks}</strong> : null}
          </li>
        )
      })}
    </ul>
  )
}
