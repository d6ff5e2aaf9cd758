import type { EventCommandBody } from '../../../src/api/contract.ts'
import type { Entry } from './entry.ts'
import type { Placement } from './placement.ts'
import type { PlanWrite } from './plan-write.ts'

/** Changes that are sent together and undone together. */
export type Work = {
  readonly commands?: readonly EventCommandBody[]
  readonly plans?: readonly PlanWrite[]
  /** Names the commands to the server: sent again, they are not done again. */
  readonly key?: string
}

/** A bar that lies elsewhere than the server knows yet. */
export type Pending = {
  readonly place: Placement
  readonly version: number
  /** As it was taken hold of. */
  readonly entry: Entry
  /** The draft it was moved in. */
  readonly draft: string | undefined
}

/** What could not be sent so far: bars that were moved, and other work, the oldest first. */
export type Waiting = {
  readonly places: ReadonlyMap<string, Pending>
  readonly works: readonly (Work & { readonly draft: string | undefined })[]
  /** The last moves that were sent, until they are answered, and under which key. */
  readonly sent?: { readonly text: string; readonly key: string } | undefined
}

const storageKey = 'hourbook.planner'

/** Keeps over a reload what waits for the server. */
export function keepWaiting({ places, works, sent }: Waiting): void {
  if (places.size + works.length === 0) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, JSON.stringify({ places: [...places], works, sent }))
}

/** What an earlier visit left behind. */
export function readWaiting(): Waiting {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as {
      places?: [string, Pending][]
      works?: Waiting['works']
      sent?: Waiting['sent']
    }
    return { places: new Map(kept.places ?? []), works: kept.works ?? [], sent: kept.sent }
  } catch {
    return { places: new Map(), works: [] }
  }
}
