import type { HandClock } from '../clock.ts'
import { goldenStart } from './golden-world.ts'

/** Stands still while the world is made, so that its stamps lie in the past; then it is the wall's. */
export function wallClock(): HandClock & { release(): void } {
  let held: number | undefined = goldenStart
  return {
    now: () => held ?? Date.now(),
    set(instant) {
      if (held !== undefined) held = instant
    },
    advance(ms) {
      if (held !== undefined) held += ms
    },
    release() {
      held = undefined
    },
  }
}
