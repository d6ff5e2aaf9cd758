import type { Column } from './table/column.ts'

/** A list of ids that is written like a cell, so that it can be taken back like one. */
export function idsColumn<R>(id: string, before: readonly string[]): Column<R> {
  return {
    id,
    label: '',
    kind: 'text',
    of: () => before.join(' '),
    body: (value) => ({
      [id]: String(value ?? '')
        .split(' ')
        .filter(Boolean),
    }),
  }
}
