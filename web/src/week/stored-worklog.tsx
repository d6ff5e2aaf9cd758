import { type ComponentProps, useState } from 'react'
import { Stale } from '../parts/stale.tsx'
import { useFormat } from '../time/format.ts'
import type { ShownWorklog, Values } from './operations.ts'
import { ownVersionOf } from './outbox.ts'
import { WorklogForm } from './worklog-form.tsx'

type Props = Omit<ComponentProps<typeof WorklogForm>, 'worklog' | 'onSave'> & {
  readonly worklog: ShownWorklog
  /** `seen` is the worklog the values were typed over. */
  readonly onSave: (seen: ShownWorklog, values: Partial<Values>) => void
}

/** The form of a worklog that exists; nothing is written over what somebody else did meanwhile. */
export function StoredWorklog({ worklog, onSave, ...rest }: Props) {
  const format = useFormat()
  const [seen, setSeen] = useState(worklog)
  const [loads, setLoads] = useState(0)
  const now = worklog.stored
  const isStale = now && now.version > Math.max(seen.version, ownVersionOf(worklog.id))
  return (
    <>
      {isStale ? (
        <Stale
          text={[format.hours(now.timeSpentSeconds), now.comment].filter(Boolean).join(' · ')}
          onReload={() => {
            setSeen(worklog)
            setLoads(loads + 1)
          }}
          onKeep={() => setSeen(worklog)}
        />
      ) : null}
      <WorklogForm
        key={loads}
        {...rest}
        worklog={worklog}
        onSave={(values) => onSave({ ...worklog, version: seen.version }, values)}
      />
    </>
  )
}
