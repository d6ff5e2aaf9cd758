import { type Day, minuteOf } from '../time/days.ts'
import type { ShownWorklog } from './operations.ts'

type Place = { readonly day: Day; readonly minute: number }

/** A pointer that holds something, from where to where. */
export type Drag = {
  readonly kind: 'create' | 'move' | 'resize'
  readonly worklog: ShownWorklog | undefined
  readonly start: Place
  readonly now: Place
  readonly hasMoved: boolean
}

const dayMinutes = 1_440

/** The minute of the day at a height, in whole steps. */
export function minuteAt(height: number, hourHeight: number, step: number): number {
  const minute = Math.round(((height / hourHeight) * 60) / step) * step
  return Math.max(0, Math.min(dayMinutes, minute))
}

/** Where the thing held would lie if it were let go now: within the day, and one step at least. */
export function dragged(
  { kind, worklog, start, now }: Drag,
  step: number,
): { readonly day: Day; readonly from: number; readonly to: number } {
  if (!worklog || kind === 'create') {
    const [a, b] = [Math.min(start.minute, now.minute), Math.max(start.minute, now.minute)]
    const from = Math.min(a, dayMinutes - step)
    return { day: start.day, from, to: Math.max(b, from + step) }
  }
  const from = minuteOf(worklog.startTime)
  const length = Math.max(step, Math.round(worklog.timeSpentSeconds / 60))
  if (kind === 'resize') {
    const to = Math.max(from + step, Math.min(dayMinutes, now.minute))
    return { day: worklog.day, from, to }
  }
  const moved = Math.round((from + now.minute - start.minute) / step) * step
  const begin = Math.max(0, Math.min(Math.max(0, dayMinutes - length), moved))
  return { day: now.day, from: begin, to: begin + length }
}
