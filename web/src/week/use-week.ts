import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { newKey } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useAttributeTexts } from './attribute-texts.ts'
import { isAboutAttributes } from './attribute-values.ts'
import { applyOperations, type Operation, type ShownWorklog, type Values } from './operations.ts'
import { enqueue, listenForRefusals, resumeSending, undoLast, usePending } from './outbox.ts'
import type { IssueRef } from './week-model.ts'
import { weekQuery } from './week-query.ts'
import { useWeekTexts } from './week-texts.ts'

export type WeekWrites = {
  readonly log: (issue: IssueRef, day: Day, values: Values) => void
  readonly logAll: (entries: readonly { issue: IssueRef; day: Day; values: Values }[]) => void
  readonly change: (worklog: ShownWorklog, values: Partial<Values>) => void
  readonly remove: (worklogs: readonly ShownWorklog[]) => void
  readonly undo: () => void
}

/** A week as it is shown, with what is on its way, and everything that can be written to it. */
export function useWeek(personId: string, from: Day) {
  const query = useQuery(weekQuery(personId, from))
  const pending = usePending()
  const mine = useMemo(
    () => pending.filter((one) => one.personId === personId && one.week === from),
    [pending, personId, from],
  )
  const stored = query.data?.worklogs
  const approvals = query.data?.approvals
  const worklogs = useMemo(
    () => applyOperations(stored ?? [], mine, approvals),
    [stored, mine, approvals],
  )
  useRefusals()
  return { ...query, worklogs, pendingCount: pending.length, writes: useWrites(personId, from) }
}

function useWrites(personId: string, week: Day): WeekWrites {
  const t = useWeekTexts()
  return useMemo(() => {
    const common = () => ({ key: newKey(), personId, week })
    const logOf = ({ issue, day, values }: { issue: IssueRef; day: Day; values: Values }) => {
      const base = common()
      return { ...base, kind: 'log' as const, id: `new ${base.key}`, issue, day, values }
    }
    return {
      log: (issue, day, values) => enqueue([logOf({ issue, day, values })]),
      logAll: (entries) => enqueue(entries.map(logOf)),
      change: ({ id, version }, values) =>
        enqueue([{ ...common(), kind: 'change', id, version, values }]),
      remove: (rows) =>
        enqueue(
          rows.map(({ id, version }): Operation => ({ ...common(), kind: 'remove', id, version })),
        ),
      undo: () => notify({ text: undoLast(newKey) ? t.undone : t.nothingToUndo }),
    }
  }, [personId, week, t])
}

/** Tells why something was not saved, and offers to insist where somebody else was faster. */
function useRefusals(): void {
  const t = useWeekTexts()
  const said = useAttributeTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  useEffect(() => {
    listenForRefusals(({ operation, error, current }) => {
      if (current && operation.kind !== 'log')
        return notify({
          kind: 'bad',
          text: t.stale(format.hours(current.timeSpentSeconds)),
          action: {
            label: shared.keepMine,
            run: () =>
              enqueue([{ ...operation, key: newKey(), id: current.id, version: current.version }]),
          },
        })
      const text = isAboutAttributes(error)
        ? said.notSaved(operation.kind === 'log' ? operation.issue.key : undefined)
        : t.notDone(reasonOf(error))
      notify({ kind: 'bad', text })
    })
    resumeSending()
  }, [t, said, shared, format])
}
