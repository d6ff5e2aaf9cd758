import { Button } from '@mantine/core'
import type { NewAllocation, TimelinePlanBody } from '../../../src/api/contract.ts'
import { Decision } from '../parts/decision.tsx'
import { Stale } from '../parts/stale.tsx'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import type { PlanEntry } from './entry.ts'
import type { Draft } from './event-form.tsx'
import { Panel } from './panel.tsx'
import { bodyOf } from './plan-bodies.ts'
import { PlanForm } from './plan-form.tsx'
import classes from './planner.module.css'
import type { TimelinePerson, TimelineResource } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { useHeld } from './use-held.ts'
import type { PlanWrites } from './use-plan-writes.ts'

type Props = {
  readonly entry: PlanEntry | null
  readonly draft: Draft | null
  readonly people: readonly TimelinePerson[]
  readonly resources: readonly TimelineResource[]
  readonly writes: PlanWrites
  readonly onRemove: (entry: PlanEntry) => void
  readonly onClose: () => void
}

/** Time set aside, at the side of the timeline: to look at, change, agree to; or anew. */
export function PlanPanel({ entry, draft, people, resources, writes, onRemove, onClose }: Props) {
  const t = usePlannerTexts()
  const format = useFormat()
  const { shown, stale, touch, settle } = useHeld(entry)
  const save = async (body: NewAllocation) => {
    const plans = shown ? [changeOf(shown.plan, body)] : [{ kind: 'create', body } as const]
    if (!(await writes.run({ plans }, shown ? undefined : t.created(t.kinds('plan'))))) return
    settle()
    onClose()
  }
  return (
    <Panel title={shown ? labelOf(t, shown) : t.newPlan} onClose={onClose}>
      {shown || draft ? null : <p className={classes.note}>{t.eventGone}</p>}
      {stale ? <Stale text={describe(t, format, stale)} onReload={settle} /> : null}
      {shown ? <Review plan={shown.plan} writes={writes} /> : null}
      {shown || draft ? (
        <PlanForm
          key={shown ? `${shown.id}-${shown.version}` : 'new'}
          plan={shown?.plan ?? null}
          draft={draft}
          people={people}
          resources={resources}
          onDirty={touch}
          onSave={save}
          {...(shown ? { onRemove: () => onRemove(shown) } : {})}
        />
      ) : null}
    </Panel>
  )
}

function changeOf(plan: TimelinePlanBody, body: NewAllocation) {
  const { id, version } = plan
  return { kind: 'change', id, version, body, before: bodyOf(plan) } as const
}

/** What became of the request, and the buttons to agree or refuse. */
function Review({ plan, writes }: { plan: TimelinePlanBody; writes: PlanWrites }) {
  const t = usePlannerTexts()
  const { status, mayApprove } = plan
  if (status === null) return null
  const become = (next: 'approved' | 'rejected') => {
    const { reviewerId } = plan
    const before = { ...bodyOf(plan), status, reviewerId }
    const change = changeOf(plan, { ...bodyOf(plan), status: next, reviewerId })
    void writes.run({ plans: [{ ...change, before }] })
  }
  return (
    <Decision isMade={status === 'approved'}>
      <span>
        {status === 'approved' ? t.approved : status === 'rejected' ? t.refused : t.requested}
      </span>
      {mayApprove ? (
        <div className={classes.buttons}>
          {status === 'approved' ? null : (
            <Button size="xs" onClick={() => become('approved')}>
              {t.approve}
            </Button>
          )}
          {status === 'rejected' ? null : (
            <Button size="xs" variant="default" onClick={() => become('rejected')}>
              {t.refuse}
            </Button>
          )}
        </div>
      ) : null}
    </Decision>
  )
}
