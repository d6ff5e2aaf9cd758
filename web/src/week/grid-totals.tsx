import type { WeekBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import type { ShownWorklog } from './operations.ts'
import classes from './week.module.css'
import { sum } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = { readonly week: WeekBody; readonly worklogs: readonly ShownWorklog[] }

/** What is logged, owed, and between them, day by day. */
export function GridTotals({ week, worklogs }: Props) {
  const t = useWeekTexts()
  const format = useFormat()
  const logged = week.days.map(({ day }) => sum(worklogs.filter((one) => one.day === day)))
  const required = week.days.map(({ requiredSeconds, absence }) => (absence ? 0 : requiredSeconds))
  const lines = [
    [t.logged, logged, format.hours],
    [t.required, required, format.hours],
    [t.difference, logged.map((seconds, at) => seconds - required[at]!), format.difference],
  ] as const
  return lines.map(([label, seconds, write], line) => (
    <tr key={label} data-line={line}>
      <th scope="row">{label}</th>
      {seconds.map((value, at) => (
        <td key={week.days[at]!.day}>{value === 0 ? '·' : write(value)}</td>
      ))}
      <td className={classes.sum}>{write(seconds.reduce((total, one) => total + one, 0))}</td>
    </tr>
  ))
}
