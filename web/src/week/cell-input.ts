import type { Worked } from '../../../src/domain/duration.ts'
import type { Values } from './operations.ts'
import type { Cell } from './week-model.ts'

/** What a person's input into a cell means for its worklogs. */
export type CellPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'log'; readonly values: Values }
  | {
      readonly kind: 'change'
      readonly id: string
      readonly version: number
      readonly values: Partial<Values>
    }
  | { readonly kind: 'remove-all' }
  /** Less time than others of several have, or one that is approved: only a person can say. */
  | { readonly kind: 'ask' }

/**
 * A number sets the cell: the only worklog takes it, of several the last takes up the difference.
 * `+` adds: to the last worklog, or as one of its own where a span was given or the last is
 * approved. Zero removes.
 */
export function planCell(cell: Pick<Cell, 'worklogs' | 'seconds'>, worked: Worked): CellPlan {
  const { seconds, start, kind } = worked
  const last = [...cell.worklogs].sort((a, b) => a.startTime.localeCompare(b.startTime)).at(-1)
  if (!last || (kind === 'add' && (start !== undefined || last.approval)))
    return seconds === 0
      ? { kind: 'nothing' }
      : { kind: 'log', values: { timeSpentSeconds: seconds, startTime: start } }
  const { id, version } = last
  if (kind === 'add')
    return seconds === 0
      ? { kind: 'nothing' }
      : {
          kind: 'change',
          id,
          version,
          values: { timeSpentSeconds: last.timeSpentSeconds + seconds },
        }
  if (cell.worklogs.some(({ approval }) => approval)) return { kind: 'ask' }
  if (seconds === 0) return { kind: 'remove-all' }
  if (cell.worklogs.length > 1) {
    const left = last.timeSpentSeconds + seconds - cell.seconds
    if (start !== undefined || left <= 0) return { kind: 'ask' }
    return left === last.timeSpentSeconds
      ? { kind: 'nothing' }
      : { kind: 'change', id, version, values: { timeSpentSeconds: left } }
  }
  if (seconds === cell.seconds && start === undefined) return { kind: 'nothing' }
  return {
    kind: 'change',
    id,
    version,
    values: { timeSpentSeconds: seconds, ...(start === undefined ? {} : { startTime: start }) },
  }
}

/** Rows and columns of what a spreadsheet, or this grid, put on the clipboard. */
export function parseClipboard(text: string): string[][] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
}
