import { IconLock } from '@tabler/icons-react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import { lockOf, lockText } from './locks.ts'
import classes from './marks.module.css'
import type { ShownWorklog } from './operations.ts'
import { useWeekTexts } from './week-texts.ts'

/** What is special about one worklog, as signs that are also read out. */
export function EntryMarks({ week, of }: { week: WeekBody; of: ShownWorklog }) {
  const t = useWeekTexts()
  const format = useFormat()
  const lock = lockOf(week, of)
  return lock ? <Mark text={lockText(t, format, lock)} /> : null
}

function Mark({ text }: { text: string }) {
  return (
    <span className={classes.mark} title={text}>
      <IconLock size={12} aria-hidden />
      <span className="hb-hidden">, {text}</span>
    </span>
  )
}
