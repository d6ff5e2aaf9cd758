import { TextInput } from '@mantine/core'
import type { Day } from '../time/days.ts'
import classes from './planner.module.css'
import { usePlannerTexts } from './planner-texts.ts'

type Props = { readonly from: Day | undefined; readonly to: Day | undefined }

/** The first and the last day of what is planned. */
export function PeriodFields({ from, to }: Props) {
  const t = usePlannerTexts()
  return (
    <div className={classes.pair}>
      <TextInput
        name="from"
        type="date"
        label={t.from}
        defaultValue={from}
        required
        withAsterisk={false}
      />
      <TextInput
        name="to"
        type="date"
        label={t.to}
        defaultValue={to}
        required
        withAsterisk={false}
      />
    </div>
  )
}
