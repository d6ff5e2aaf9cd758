import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import { useFormat } from '../time/format.ts'
import { divergenceText } from './divergences.ts'
import { lockText, type ShownLock } from './locks.ts'
import classes from './week.module.css'
import type { Cell } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = { readonly cell: Cell | undefined; readonly lock: ShownLock | undefined }

/** What is special about the cell one is in, in words. */
export function CellNote({ cell, lock }: Props) {
  const t = useWeekTexts()
  const both = useConflictTexts()
  const format = useFormat()
  const divergences = cell?.divergences ?? []
  const notes = [
    ...(lock ? [lockText(t, format, lock)] : []),
    ...divergences.map((one) => divergenceText(both, one)),
    ...(divergences.length > 0 ? [both.spaceShows] : []),
  ]
  return (
    <p className={classes.why} role="status">
      {notes.join('. ')}
    </p>
  )
}
