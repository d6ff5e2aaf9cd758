import { bodyOf, type Column, isSame, type Problem, parseValue, type Row } from './column.ts'

/** What a line of a file would do. */
export type PlannedRow<R> = {
  /** Counted from 1, the line of the names included. */
  readonly line: number
  readonly name: string
} & (
  | { readonly kind: 'new'; readonly body: object }
  | { readonly kind: 'changed'; readonly row: R; readonly body: object }
  | { readonly kind: 'same' }
  | { readonly kind: 'bad'; readonly field: string; readonly problem: Problem }
)

/**
 * What each line of a file would do to the rows there are. A cell that is empty leaves a row that
 * exists as it is; `isIt` says which row a line means.
 */
export function planImport<R extends Row>(
  lines: readonly (readonly string[])[],
  columns: readonly Column<R>[],
  places: Readonly<Record<string, number>>,
  rows: readonly R[],
  isIt: (row: R, texts: Readonly<Record<string, string>>) => boolean,
): PlannedRow<R>[] {
  return lines.map((cells, at) => {
    const texts: Record<string, string> = {}
    for (const { id } of columns) {
      const place = places[id]
      if (place !== undefined) texts[id] = (cells[place] ?? '').trim()
    }
    const line = at + 2
    const name = cells.find((cell) => cell.trim() !== '')?.trim() ?? ''
    const row = rows.find((one) => isIt(one, texts))
    let body: object = {}
    for (const column of columns) {
      const text = texts[column.id]
      const isSaid = text !== undefined && text !== ''
      if (!isSaid && (row || !column.isRequired)) continue
      const parsed = parseValue(column, text ?? '')
      if (parsed.problem !== undefined)
        return { line, name, kind: 'bad', field: column.label, problem: parsed.problem }
      const { value } = parsed
      if (row && (column.isFixed || isSame(column.of(row), value) || isNamed(column.of(row), text)))
        continue
      body = { ...body, ...bodyOf(column, value, row) }
    }
    if (!row) return { line, name, kind: 'new', body }
    if (Object.keys(body).length === 0) return { line, name, kind: 'same' }
    return { line, name, kind: 'changed', row, body }
  })
}

/** A file names people by what they are called; a row knows more. */
function isNamed(value: unknown, text: string | undefined): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'displayName' in value &&
    (value.displayName === text || ('id' in value && value.id === text))
  )
}
