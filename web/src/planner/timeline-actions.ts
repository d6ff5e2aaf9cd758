import type { EventBody } from '../../../src/api/contract.ts'
import type { Day } from '../time/days.ts'
import type { Placement } from './placement.ts'
import type { Row } from './rows.ts'
import type { Scale, Span } from './scale.ts'
import type { Spot } from './timeline.tsx'

/** What can be done on the timeline, by pointer or by keys alike. */
export type TimelineActions = {
  readonly choose: (ids: readonly string[]) => void
  readonly setSpot: (spot: Spot) => void
  readonly open: (id: string) => void
  readonly create: (row: Row, from: Day, to: Day) => void
  /** Gives the chosen bars other places. */
  readonly place: (changes: readonly (readonly [EventBody, Placement])[]) => void
  readonly copy: (events: readonly (readonly [EventBody, Placement])[]) => void
  readonly remove: (events: readonly EventBody[]) => void
  readonly split: (event: EventBody, on: Day) => void
  readonly undo: () => void
  readonly redo: () => void
}

/** What pointer and keys work on. */
export type Board = {
  readonly rows: readonly Row[]
  readonly span: Span
  readonly scale: Scale
  readonly spot: Spot | null
  readonly chosen: ReadonlySet<string>
  readonly actions: TimelineActions
}

/** The event behind a bar in a row of the board. */
export function eventOf(rows: readonly Row[], id: string | undefined): EventBody | undefined {
  for (const row of rows) for (const { event } of row.bars) if (event.id === id) return event
  return undefined
}

/** Whom something lies with when it lies in this row. */
export function ownerOf(row: Row): Pick<EventBody, 'person' | 'team'> {
  const { person, team } = row
  return person
    ? {
        person: { id: person.id, accountId: person.accountId, displayName: person.displayName },
        team: null,
      }
    : { person: null, team: { id: team.id, name: team.name } }
}

/** The chosen bars, or the one named; only those that may be changed. */
export function chosenEvents(board: Board, id: string): readonly EventBody[] {
  const ids = board.chosen.has(id) ? [...board.chosen] : [id]
  return ids.flatMap((one) => {
    const event = eventOf(board.rows, one)
    return event?.mayChange ? [event] : []
  })
}
