import { writeRows } from './chunks.ts'
import type { Cell, CellType, Row, Table } from './table.ts'
import { formatDuration } from './text.ts'
import { toXmlText } from './xml-text.ts'

// No script, nothing from elsewhere: the page is a file that anybody may keep, mail and print.
/** The only style of the page, for whoever must allow it by its hash. */
export const printStyle = `body{font:13px/1.4 system-ui,sans-serif;margin:24px;color:#1a1a1a}
h1{font-size:18px;margin:0 0 12px}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #c8c8c8;padding:4px 8px;text-align:left;vertical-align:top}
th{background:#f1f1f1}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tfoot td{font-weight:600;background:#f7f7f7}
@page{size:A4 landscape;margin:12mm}
@media print{body{margin:0;font-size:10px}thead{display:table-header-group}tr{break-inside:avoid}}`

/** A page to read and to print: the header on every sheet, durations as h:mm, the total at the end. */
export function writeHtml(table: Table): AsyncGenerator<Buffer> {
  const classes = table.columns.map(({ type }) => (isNumber(type) ? ' class="n"' : ''))
  const render = (tag: string) => (row: Row) =>
    `<tr>${table.columns
      .map(({ type }, at) => `<${tag}${classes[at]}>${spell(row[at], type)}</${tag}>`)
      .join('')}</tr>\n`
  const title = toXmlText(table.name)
  const heads = table.columns.map(
    (column, at) => `<th${classes[at]}>${toXmlText(column.title)}</th>`,
  )
  const total = table.total ? `<tfoot>${render('td')(table.total)}</tfoot>\n` : ''
  const { total: _, ...rows } = table
  return writeRows(rows, {
    head: `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>${printStyle}</style></head><body>\n<h1>${title}</h1>\n<table><thead><tr>${heads.join('')}</tr></thead>\n<tbody>\n`,
    tail: `</tbody>\n${total}</table>\n</body></html>\n`,
    renderRow: render('td'),
  })
}

function isNumber(type: CellType): boolean {
  return type === 'integer' || type === 'seconds' || type === 'decimal'
}

function spell(cell: Cell | undefined, type: CellType): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (type === 'seconds' && typeof cell === 'number') return formatDuration(cell)
  return toXmlText(`${cell}`)
}
