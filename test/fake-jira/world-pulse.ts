import type { WorldEvent, WorldState } from './world-types.ts'

/** What the parts of a world share: the time stamps, the counters and who listens. */
export type Pulse = {
  /** Moves the clock by `tickMs` and tells the moment, as this Jira's own clocks see it. */
  stamp(): number
  /** Counts every change, so that an index knows when it is stale. */
  revision: number
  /** How far each change moves the clock; 0 puts all changes into one millisecond. */
  tickMs: number
  /** A node of a cluster whose clock is off: added to every stamp. */
  skewMs: number
  /** The next free id of a kind; a given id only moves the counter. */
  idFor(kind: 'project' | 'issue' | 'worklog' | 'filter' | 'person', given?: string): string
  emit(event: WorldEvent): void
  readonly listeners: Set<(event: WorldEvent) => void>
}

/** A pulse over the state's clock. */
export function makePulse(state: WorldState): Pulse {
  // Ranges apart, so that an id of one kind is never by luck an id of another.
  const last = { project: 10_000, issue: 20_000, worklog: 300_000, filter: 40_000, person: 0 }
  const pulse: Pulse = {
    revision: 0,
    tickMs: 1,
    skewMs: 0,
    listeners: new Set(),
    stamp() {
      state.clock.advance(pulse.tickMs)
      pulse.revision += 1
      return state.clock.now() + pulse.skewMs
    },
    idFor(kind, given) {
      const id = given ?? String(last[kind] + 1)
      if (/^\d+$/.test(id)) last[kind] = Math.max(last[kind], Number(id))
      return id
    },
    emit(event) {
      for (const listener of pulse.listeners) listener(event)
    },
  }
  return pulse
}
