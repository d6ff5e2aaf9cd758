import type { Day } from '../time/days.ts'
import { type Entry, isPlan } from './entry.ts'
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
  readonly place: (changes: readonly (readonly [Entry, Placement])[]) => void
  readonly copy: (events: readonly (readonly [Entry, Placement])[]) => void
  readonly remove: (events: readonly Entry[]) => void
  readonly split: (event: Entry, on: Day) => void
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
export function eventOf(rows: readonly Row[], id: string | undefined): Entry | undefined {
  for (const row of rows) for (const { event } of row.bars) if (event.id === id) return event
  return undefined
}

/** Whom something lies with when it lies in this row. */
export function ownerOf(row: Row): Pick<Entry, 'person' | 'team' | 'resource'> {
  const { person, team, resource } = row
  if (person) {
    const { id, accountId, displayName } = person
    return { person: { id, accountId, displayName }, team: null, resource: null }
  }
  return resource
    ? { person: null, team: null, resource: { id: resource.id, name: resource.name } }
    : { person: null, team: { id: team.id, name: team.name }, resource: null }
}

const panelKinds: readonly Entry['kind'][] = ['note', 'booking', 'placeholder']

/** Whether the row takes things of this kind. */
export function fits(entry: Entry, row: Row): boolean {
  if (row.isTeam) return panelKinds.includes(entry.kind)
  return row.resource === null || isPlan(entry)
}

/** Whom an entry lies with once it was brought to this row: where that takes no such thing, nothing changes. */
export function ownerFor(entry: Entry, row: Row): Pick<Entry, 'person' | 'team' | 'resource'> {
  if (fits(entry, row)) return ownerOf(row)
  const { person, team, resource = null } = entry
  return { person, team, resource }
}

/**
 * Whom an entry lies with once the bar taken hold of went from one row to another: what was chosen
 * together keeps its distance.
 */
export function ownerAfter(
  rows: readonly Row[],
  entry: Entry,
  start: Row,
  end: Row,
): Pick<Entry, 'person' | 'team' | 'resource'> {
  const indexOf = (row: Row) => rows.findIndex(({ key }) => key === row.key)
  const holds = (row: Row | undefined) => row?.bars.some(({ event }) => event.id === entry.id)
  const own = holds(rows[indexOf(start)]) ? indexOf(start) : rows.findIndex(holds)
  const row = rows[own + indexOf(end) - indexOf(start)]
  const { person, team, resource = null } = entry
  return row ? ownerFor(entry, row) : { person, team, resource }
}

/** The chosen bars, or the one named; only those that may be changed. */
export function chosenEvents(board: Board, id: string): readonly Entry[] {
  const ids = board.chosen.has(id) ? [...board.chosen] : [id]
  return ids.flatMap((one) => {
    const event = eventOf(board.rows, one)
    return event?.mayChange ? [event] : []
  })
}
