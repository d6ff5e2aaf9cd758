import { type CsvOptions, writeCsv } from './csv.ts'
import { writeHtml } from './html.ts'
import { writeJson } from './json.ts'
import { writeNdjson } from './ndjson.ts'
import type { Table } from './table.ts'
import { type TextOptions, writeText } from './text.ts'
import { writeXlsx, type XlsxOptions } from './xlsx.ts'
import { writeXml } from './xml.ts'

/** Every option of every format; a writer takes what it knows and ignores the rest. */
export type FormatOptions = CsvOptions & XlsxOptions & TextOptions

/** A file format: how it is announced, how its files end, and the writer that streams it. */
export type Format = {
  readonly contentType: string
  readonly extension: string
  readonly write: (table: Table, options?: FormatOptions) => AsyncIterable<Buffer>
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const table = {
  csv: { contentType: 'text/csv; charset=utf-8', extension: 'csv', write: writeCsv },
  html: { contentType: 'text/html; charset=utf-8', extension: 'html', write: writeHtml },
  json: { contentType: 'application/json; charset=utf-8', extension: 'json', write: writeJson },
  ndjson: { contentType: 'application/x-ndjson', extension: 'ndjson', write: writeNdjson },
  text: { contentType: 'text/plain; charset=utf-8', extension: 'txt', write: writeText },
  xlsx: { contentType: XLSX_TYPE, extension: 'xlsx', write: writeXlsx },
  xml: { contentType: 'application/xml; charset=utf-8', extension: 'xml', write: writeXml },
} as const satisfies Readonly<Record<string, Format>>

/** The name of a format, as callers ask for it. */
export type FormatName = keyof typeof table

/** The formats a table can leave in; a new one is its file and a line above. */
export const formats: Readonly<Record<FormatName, Format>> = table

/** Whether a text names a format. */
export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}
