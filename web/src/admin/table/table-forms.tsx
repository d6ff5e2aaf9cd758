import type { Column, Row } from './column.ts'
import { CsvImport } from './csv-import.tsx'
import { RowForm } from './row-form.tsx'
import type { TableWrites } from './use-table-writes.ts'

/** How rows come out of a file. */
export type FileRows<R extends Row> = {
  readonly name: string
  /** What the columns are called in the other languages, so that any file is understood. */
  readonly labels: Readonly<Record<string, readonly string[]>>
  /** Every row there is, to tell new from changed. */
  readonly readAll: () => Promise<readonly R[]>
  readonly isIt: (row: R, texts: Readonly<Record<string, string>>) => boolean
}

type Props<R extends Row> = {
  /** Which panel is open; anything else opens none. */
  readonly panel: unknown
  readonly addTitle: string
  readonly columns: readonly Column<R>[]
  readonly writes: TableWrites<R>
  readonly file: FileRows<R>
  readonly onClose: () => void
}

/** The side panels that make rows of a table: one by one, or from a file. */
export function TableForms<R extends Row>(props: Props<R>) {
  const { panel, addTitle, columns, writes, file, onClose } = props
  if (panel === 'add')
    return <RowForm title={addTitle} columns={columns} writes={writes} onClose={() => onClose()} />
  if (panel === 'import')
    return (
      <CsvImport
        columns={columns}
        otherLabels={file.labels}
        source={writes.source}
        readAll={file.readAll}
        isIt={file.isIt}
        fileName={file.name}
        onDone={() => void writes.readAgain()}
        onClose={onClose}
      />
    )
  return null
}

/** What files call the columns: in every language, and in other products. */
export function labelsOf<T>(
  languages: Readonly<Record<string, T>>,
  said: (texts: T) => Readonly<Record<string, string>>,
  elsewhere: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  const labels: Record<string, readonly string[]> = { ...elsewhere }
  for (const texts of Object.values(languages))
    for (const [id, label] of Object.entries(said(texts)))
      labels[id] = [...(labels[id] ?? []), label]
  return labels
}
