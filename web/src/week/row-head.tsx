import { IconClock, IconStar, IconStarFilled } from '@tabler/icons-react'
import classes from './week.module.css'
import type { IssueRef, Row } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly row: Row
  readonly onFavour: () => void
  readonly onTimer: (issue: IssueRef) => void
}

/** The issue of a row, with its star and its clock. */
export function RowHead({ row: { issue, isFavourite }, onFavour, onTimer }: Props) {
  const t = useWeekTexts()
  return (
    <th scope="row" className={classes.issue}>
      <button
        type="button"
        tabIndex={-1}
        aria-keyshortcuts="F"
        className={classes.star}
        data-on={isFavourite || undefined}
        aria-label={isFavourite ? t.unfavour(issue.key) : t.favour(issue.key)}
        onClick={onFavour}
      >
        {isFavourite ? <IconStarFilled size={14} /> : <IconStar size={14} />}
      </button>
      <span className={classes.key}>{issue.key}</span>
      <span className={classes.summary} title={issue.summary}>
        {issue.summary}
      </span>
      <button
        type="button"
        tabIndex={-1}
        aria-keyshortcuts="S"
        className={classes.play}
        aria-label={t.startTimer(issue.key)}
        onClick={() => onTimer(issue)}
      >
        <IconClock size={14} />
      </button>
    </th>
  )
}
