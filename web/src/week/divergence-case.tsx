import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { reviewersQuery } from '../approvals/approvals-query.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import { conflictsQuery } from '../conflicts/conflicts-query.ts'
import { type VersionRow, VersionsTable } from '../conflicts/versions-table.tsx'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { ConflictChoices } from './conflict-choices.tsx'
import { type Divergence, fieldNames } from './divergences.ts'
import { DriftChoices } from './drift-choices.tsx'
import { DivergenceSign } from './entry-marks.tsx'
import classes from './marks.module.css'

type Props = {
  readonly of: Divergence
  readonly week: WeekBody
  /** The week shows what was decided. */
  readonly onSettled: () => void
  readonly onLeave: () => void
}

/** Our version and Jira's side by side, and the choices, or who has them. */
export function DivergenceCase({ of, week, onSettled, onLeave }: Props) {
  const t = useConflictTexts()
  const format = useFormat()
  const client = useQueryClient()
  const id = useId()
  const settled = async () => {
    notify({ text: t.settled })
    void client.invalidateQueries({ queryKey: conflictsQuery.queryKey })
    await client.invalidateQueries({ queryKey: ['week'] })
    onSettled()
  }
  const isConflict = of.kind === 'conflict'
  return (
    <section className={classes.case} aria-labelledby={id}>
      <h3 id={id}>
        <DivergenceSign kind={of.kind} size={16} />
        {isConflict ? t.conflict : t.drift}
      </h3>
      <p>
        {isConflict ? t.conflictStands : t.driftStands}{' '}
        {of.differs.length > 0 ? t.different(fieldNames(t, of.differs)) : null}
      </p>
      <VersionsTable rows={rowsOf(of)} hasOurs={of.ours !== null} hasTheirs={of.theirs !== null} />
      {!of.canSettle ? (
        <WhoSettles of={of} week={week} />
      ) : isConflict ? (
        <ConflictChoices of={of} week={week} onSettled={settled} />
      ) : (
        <DriftChoices of={of} week={week} onSettled={settled} onLeave={onLeave} />
      )}
    </section>
  )

  /** What a week shows of a worklog anyhow; the rest only where it differs. */
  function rowsOf({ ours, theirs, differs }: Divergence): VersionRow[] {
    const row = (
      field: Divergence['differs'][number],
      textOf: (version: NonNullable<Divergence['ours']>) => string | undefined,
    ) => ({
      field,
      name: t[field],
      ours: ours ? textOf(ours) : undefined,
      theirs: theirs ? textOf(theirs) : undefined,
      isDifferent: differs.includes(field),
    })
    const rows = [
      row('issue', ({ issueKey }) => issueKey),
      row('author', ({ authorName }) => authorName),
      row('startedAt', ({ startedAt }) => format.moment(startedAt)),
      row('timeSpentSeconds', ({ timeSpentSeconds }) => format.hours(timeSpentSeconds)),
      row('comment', ({ comment }) => comment),
      row('visibility', ({ visibility }) => visibility?.value),
    ]
    const always = ['startedAt', 'timeSpentSeconds', 'comment']
    return rows.filter(({ field, isDifferent }) => isDifferent || always.includes(field))
  }
}

function WhoSettles({ of, week }: { of: Divergence; week: WeekBody }) {
  const t = useConflictTexts()
  const isDrift = of.kind === 'drift'
  const { data } = useQuery({ ...reviewersQuery(week.person.id), enabled: isDrift })
  if (!isDrift) return <p>{t.whoDecides(week.person.displayName)}</p>
  if (!data) return null
  const names = data.reviewers.map(({ displayName }) => displayName).join(', ')
  return <p>{names === '' ? t.adminDecides : t.whoApproves(names)}</p>
}
