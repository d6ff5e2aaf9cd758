/** Rows one import may have. */
export const mostCsvRows = 5_000

/**
 * The rows of a CSV text: quotes and doubled quotes, line ends of every kind, and whichever of
 * comma, semicolon or tab the first line holds most of. Empty lines are left out.
 */
export function parseCsv(text: string): string[][] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one.trim() !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at)
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (source.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (sign === separator) endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && source.charAt(at + 1) === '\n') at += 1
      endRow()
    } else cell += sign
  }
  endRow()
  return rows
}

function separatorOf(text: string): string {
  const first = text.split(/[\r\n]/, 1)[0] ?? ''
  const count = (sign: string) => first.split(sign).length
  return [',', ';', '\t'].reduce((most, sign) => (count(sign) > count(most) ? sign : most))
}

/** Which column of the file fills which of ours: by id or by label, in any of these languages. */
export function matchHeaders(
  headers: readonly string[],
  columns: readonly { readonly id: string; readonly labels: readonly string[] }[],
): Readonly<Record<string, number>> {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const found: Record<string, number> = {}
  for (const { id, labels } of columns) {
    const names = [id, ...labels].map(plain)
    const at = headers.findIndex((header) => names.includes(plain(header)))
    if (at >= 0) found[id] = at
  }
  return found
}
