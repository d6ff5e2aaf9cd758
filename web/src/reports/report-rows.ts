import type { ReportBody } from './reports-query.ts'

export type ReportRow = ReportBody['rows'][number]

/** A row as the table shows it: how deep it lies, and whether it can be folded. */
export type ShownRow = {
  readonly row: ReportRow
  readonly id: string
  readonly depth: number
  readonly isGroup: boolean
  readonly isFolded: boolean
}

export type Sort = { readonly key: string; readonly falls: boolean }

/** `-total` as a sort: by that column, the largest first. */
export function readSort(text: string | undefined): Sort | undefined {
  if (text === undefined) return undefined
  return text.startsWith('-') ? { key: text.slice(1), falls: true } : { key: text, falls: false }
}

type Node = { readonly row: ReportRow; readonly inner: Node[] }

/**
 * The rows to show: sorted by a column within their groups, those of folded groups left out.
 * Without a sort they stay as the server has them.
 */
export function shownRows(
  { columns, rows }: Pick<ReportBody, 'columns' | 'rows'>,
  folded: ReadonlySet<string>,
  sort?: Sort,
): ShownRow[] {
  const depth = columns.filter(({ role }) => role === 'dimension').length
  const roots = treeOf(rows)
  const at = sort ? columns.findIndex(({ key }) => key === sort.key) : -1
  const order =
    at < 0 || !sort ? undefined : orderBy(at, sort.falls, columns[at]!.role === 'dimension')
  const shown: ShownRow[] = []
  const emit = (nodes: readonly Node[]) => {
    for (const { row, inner } of order ? [...nodes].sort(order) : nodes) {
      const id = rowId(row.keys)
      const isGroup = row.keys.length < depth
      const isFolded = isGroup && folded.has(id)
      shown.push({ row, id, depth: row.keys.length - 1, isGroup, isFolded })
      if (!isFolded) emit(inner)
    }
  }
  emit(roots)
  return shown
}

/** The name of a row among the others. */
export function rowId(keys: readonly string[]): string {
  return JSON.stringify(keys)
}

function treeOf(rows: readonly ReportRow[]): Node[] {
  const roots: Node[] = []
  const path: Node[] = []
  for (const row of rows) {
    const node: Node = { row, inner: [] }
    const depth = row.keys.length
    path.length = Math.min(path.length, Math.max(0, depth - 1))
    ;(path.at(-1)?.inner ?? roots).push(node)
    path.push(node)
  }
  return roots
}

function orderBy(at: number, falls: boolean, isText: boolean): (a: Node, b: Node) => number {
  const sign = falls ? -1 : 1
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  return (a, b) => {
    const [left, right] = [a.row.cells[at] ?? null, b.row.cells[at] ?? null]
    if (isText) {
      const depth = Math.min(at, a.row.keys.length - 1)
      return depth < at ? 0 : sign * compare(String(left ?? ''), String(right ?? ''))
    }
    // Nothing stands last, whichever way.
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (Number(left) - Number(right))
  }
}

/** How strong each column's heat may get: the largest figure of the innermost rows and inner columns. */
export function heatScale({ columns, rows }: Pick<ReportBody, 'columns' | 'rows'>): number {
  const depth = columns.filter(({ role }) => role === 'dimension').length
  const isInner = columns.map(({ role, columnKey }) => role === 'value' && columnKey !== null)
  const hasInner = isInner.includes(true)
  let most = 0
  for (const { keys, cells } of rows)
    if (keys.length === depth)
      for (const [at, cell] of cells.entries())
        if ((hasInner ? isInner[at] : columns[at]!.role === 'value') && typeof cell === 'number')
          most = Math.max(most, cell)
  return most
}
