import type { Instant } from '../src/domain/zone.ts'

/** A clock that stands still until a test moves it. */
export type HandClock = {
  now(): Instant
  set(instant: Instant): void
  advance(ms: number): void
}

/** Noon of 2026-03-02, a Monday, unless told otherwise. */
export function aClock(start: Instant = Date.UTC(2026, 2, 2, 12)): HandClock {
  let instant = start
  return {
    now: () => instant,
    set(to) {
      instant = to
    },
    advance(ms) {
      instant += ms
    },
  }
}
