import { Button, CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { EventBody } from '../../../src/api/contract.ts'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import { type Draft, EventForm } from './event-form.tsx'
import classes from './planner.module.css'
import {
  type EventTypeBody,
  type TeamBody,
  type TimelinePerson,
  vacationsQuery,
} from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import type { PlanWrites } from './use-plan-writes.ts'

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
  const shared = useSharedTexts()
  const format = useFormat()
  const isDirty = useRef(false)
  const [held, setHeld] = useState(event)
  // What is being typed stays; what only lies there follows the timeline.
  const isOther = held?.id !== event?.id || held?.version !== event?.version
  if (isOther && !(isDirty.current && held?.id === event?.id)) {
    isDirty.current = false
    setHeld(event)
  }
  const shown = isDirty.current ? held : event
  const isStale = isDirty.current && held !== null && event !== null && isOther
  const title = shown ? labelOf(t, shown) : t.newEvent
  return (
    <aside className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <h2>{title}</h2>
        <CloseButton aria-label={shared.close} onClick={onClose} />
      </header>
      {shown || draft ? null : <p className={classes.note}>{t.eventGone}</p>}
      {isStale ? (
        <div className={classes.stale} role="alert">
          <strong>{shared.staleTitle}</strong>
          <p>{describe(t, format, event)}</p>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              isDirty.current = false
              setHeld(event)
            }}
          >
            {shared.reload}
          </Button>
        </div>
      ) : null}
      {shown ? <Approval event={shown} writes={writes} /> : null}
      {shown || draft ? (
        <EventForm
          key={shown ? `${shown.id}-${shown.version}` : 'new'}
          event={shown}
          draft={draft}
          people={props.people}
          teams={props.teams}
          types={props.types}
          onDirty={() => {
            isDirty.current = true
          }}
          onSave={async (command, said) => {
            const outcomes = await writes.run([command], said)
            if (!outcomes) return
            isDirty.current = false
            onClose()
          }}
          {...(shown ? { onRemove: () => props.onRemove(shown) } : {})}
        />
      ) : null}
    </aside>
  )
}

/** Whether somebody agreed, what is left of a vacation, and the button to agree. */
function Approval({ event, writes }: { event: EventBody; writes: PlanWrites }) {
  const t = usePlannerTexts()
  const format = useFormat()
  const isVacation = event.kind === 'vacation'
  const isApprovable = isVacation || event.kind === 'booking' || event.kind === 'placeholder'
  const year = Number(event.from.slice(0, 4))
  const { data } = useQuery({
    ...vacationsQuery(event.person?.id ?? '', year),
    enabled: isVacation && event.person !== null,
  })
  if (!isApprovable) return null
  const { id, version, isApproved, approvedBy, approvedAt, mayApprove } = event
  const balance = data?.balances[0]
  const number = (days: number) => format.number(Math.round(days * 100) / 100)
  return (
    <div className={classes.approval} data-approved={isApproved || undefined}>
      <span>
        {isApproved && approvedBy && approvedAt
          ? t.approvedBy(approvedBy.displayName, format.moment(approvedAt))
          : isApproved
            ? t.approved
            : t.requested}
      </span>
      {balance ? (
        <span>
          {balance.remainingDays === null
            ? t.vacationNoLimit
            : t.vacationLeft(number(balance.remainingDays), number(balance.requestedDays), year)}
        </span>
      ) : null}
      {mayApprove ? (
        <Button
          size="xs"
          variant={isApproved ? 'default' : 'filled'}
          onClick={() =>
            void writes.run([{ kind: 'change', id, version, change: { isApproved: !isApproved } }])
          }
        >
          {isApproved ? t.unapprove : t.approve}
        </Button>
      ) : null}
    </div>
  )
}
