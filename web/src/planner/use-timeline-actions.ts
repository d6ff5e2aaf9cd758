import { notify } from '../parts/notices.tsx'
import { copyOf } from './commands.ts'
import { labelOf } from './describe.ts'
import { type Entry, isPlan, type PlanEntry } from './entry.ts'
import { bodyOf, placedBody } from './plan-bodies.ts'
import { usePlannerTexts } from './planner-texts.ts'
import type { TimelineActions } from './timeline-actions.ts'
import type { PlanWrites } from './use-plan-writes.ts'
import type { Work } from './waiting.ts'

type Changing = Pick<TimelineActions, 'place' | 'copy' | 'remove' | 'split' | 'undo' | 'redo'>

/** What changes plans on the timeline, events and time set aside alike. */
export function useTimelineActions(writes: PlanWrites, onRemoved: () => void): Changing {
  const t = usePlannerTexts()
  return {
    place(changes) {
      if (changes.length === 0) return notify({ text: t.notYours })
      for (const [entry, place] of changes) writes.place(entry, place)
    },
    copy(copies) {
      const [first] = copies
      if (!first) return
      const commands = copies.flatMap(([entry, place]) =>
        entry.kind === 'plan' ? [] : [copyOf({ ...entry, kind: entry.kind }, place)],
      )
      const plans = copies.flatMap(([entry, place]) =>
        isPlan(entry) ? [{ kind: 'create' as const, body: placedBody(entry, place) }] : [],
      )
      void writes.run({ commands, plans }, t.copied(labelOf(t, first[0])))
    },
    remove(entries) {
      const [first] = entries
      if (!first) return notify({ text: t.notYours })
      onRemoved()
      void writes.run(removalOf(entries), t.removed(labelOf(t, first)))
    },
    split(entry, on) {
      if (!entry.mayChange) return notify({ text: t.notYours })
      if (isPlan(entry)) return notify({ text: t.plansStayWhole })
      if (on <= entry.from || on > entry.to) return notify({ text: t.tooShort })
      const { id, version } = entry
      void writes.run(
        { commands: [{ kind: 'split', id, version, on }] },
        t.split(labelOf(t, entry)),
      )
    },
    undo: () => void writes.undo(),
    redo: () => void writes.redo(),
  }
}

/** A plan with several turns goes once, with all of them. */
function removalOf(entries: readonly Entry[]): Work {
  const plans = new Map<string, PlanEntry>(
    entries.filter(isPlan).map((entry) => [entry.plan.id, entry]),
  )
  return {
    commands: entries
      .filter((entry) => !isPlan(entry))
      .map(({ id, version }) => ({ kind: 'remove', id, version }) as const),
    plans: [...plans.values()].map(
      ({ plan: { id, version }, plan }) =>
        ({ kind: 'remove', id, version, before: bodyOf(plan) }) as const,
    ),
  }
}
