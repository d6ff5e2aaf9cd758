import { Button } from '@mantine/core'
import type { EventBody } from '../../../src/api/contract.ts'
import { Decision } from '../parts/decision.tsx'
import { Stale } from '../parts/stale.tsx'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import { type Draft, EventForm } from './event-form.tsx'
import { Panel } from './panel.tsx'
import classes from './planner.module.css'
import type { EventTypeBody, TeamBody, TimelinePerson } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { useHeld } from './use-held.ts'
import type { PlanWrites } from './use-plan-writes.ts'
import { VacationLine } from './vacation-line.tsx'

type Props = {
  readonly event: EventBody | null
  readonly draft: Draft | null
  readonly people: readonly TimelinePerson[]
  readonly teams: readonly TeamBody[]
  readonly types: readonly EventTypeBody[]
  readonly writes: PlanWrites
  readonly onRemove: (event: EventBody) => void
  readonly onClose: () => void
}

/** One plan at the side of the timeline: to look at, change, agree to; or a new one. */
export function EventPanel(props: Props) {
  const { event, draft, writes, onClose } = props
  const t = usePlannerTexts()
  const format = useFormat()
  const { shown, stale, touch, settle } = useHeld(event)
  return (
    <Panel title={shown ? labelOf(t, shown) : t.newEvent} onClose={onClose}>
      {shown || draft ? null : <p className={classes.note}>{t.eventGone}</p>}
      {stale ? <Stale text={describe(t, format, stale)} onReload={settle} /> : null}
      {shown ? <Approval event={shown} writes={writes} /> : null}
      {shown || draft ? (
        <EventForm
          key={shown ? `${shown.id}-${shown.version}` : 'new'}
          event={shown}
          draft={draft}
          people={props.people}
          teams={props.teams}
          types={props.types}
          onDirty={touch}
          onSave={async (command, said) => {
            if (!(await writes.run({ commands: [command] }, said))) return
            settle()
            onClose()
          }}
          {...(shown ? { onRemove: () => props.onRemove(shown) } : {})}
        />
      ) : null}
    </Panel>
  )
}

/** Whether somebody agreed, what is left of a vacation, and the button to agree. */
function Approval({ event, writes }: { event: EventBody; writes: PlanWrites }) {
  const t = usePlannerTexts()
  const format = useFormat()
  const isVacation = event.kind === 'vacation'
  const isApprovable = isVacation || event.kind === 'booking' || event.kind === 'placeholder'
  if (!isApprovable) return null
  const { id, version, isApproved, approvedBy, approvedAt, mayApprove } = event
  return (
    <Decision isMade={isApproved}>
      <span>
        {isApproved && approvedBy && approvedAt
          ? t.approvedBy(approvedBy.displayName, format.moment(approvedAt))
          : isApproved
            ? t.approved
            : t.requested}
      </span>
      {isVacation && event.person ? (
        <VacationLine personId={event.person.id} day={event.from} />
      ) : null}
      {mayApprove ? (
        <Button
          size="xs"
          variant={isApproved ? 'default' : 'filled'}
          onClick={() =>
            void writes.run({
              commands: [{ kind: 'change', id, version, change: { isApproved: !isApproved } }],
            })
          }
        >
          {isApproved ? t.unapprove : t.approve}
        </Button>
      ) : null}
    </Decision>
  )
}
