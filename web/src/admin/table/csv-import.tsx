import { Button, FileInput, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { saveFile } from '../../api/client.ts'
import { reasonOf } from '../../api/problem.ts'
import { notify } from '../../parts/notices.tsx'
import { useFormat } from '../../time/format.ts'
import classes from '../admin.module.css'
import { SidePanel } from '../side-panel.tsx'
import type { Column, Row } from './column.ts'
import { matchHeaders, mostCsvRows, parseCsv } from './csv.ts'
import { type PlannedRow, planImport } from './import-plan.ts'
import tableClasses from './table.module.css'
import { useTableTexts } from './table-texts.ts'
import type { Source } from './use-table-writes.ts'

type Props<R extends Row> = {
  readonly columns: readonly Column<R>[]
  /** What the columns are called in the other languages, so that any file is understood. */
  readonly otherLabels: Readonly<Record<string, readonly string[]>>
  readonly source: Source<R>
  /** Every row there is, to tell new from changed. */
  readonly readAll: () => Promise<readonly R[]>
  readonly isIt: (row: R, texts: Readonly<Record<string, string>>) => boolean
  readonly fileName: string
  readonly onDone: () => void
  readonly onClose: () => void
}

type Refusal = { readonly line: number; readonly name: string; readonly why: string }
type Outcome = { readonly added: number; readonly changed: number; readonly refused: Refusal[] }

const shown = 200
const atOnce = 4

/** A side panel that reads a CSV file, says what it would do, and does it. */
export function CsvImport<R extends Row>(props: Props<R>) {
  const { source, onClose } = props
  const t = useTableTexts()
  const format = useFormat()
  const columns = props.columns.filter(({ kind }) => kind !== 'shown')
  const [lines, setLines] = useState<readonly string[][]>([])
  const [rows, setRows] = useState<readonly R[]>()
  const [places, setPlaces] = useState<Readonly<Record<string, number>>>({})
  const [progress, setProgress] = useState<number>()
  const [outcome, setOutcome] = useState<Outcome>()
  const headers = lines[0] ?? []
  const below = lines.slice(1)
  const take = async (text: string) => {
    const parsed = parseCsv(text)
    setOutcome(undefined)
    setLines(parsed)
    setPlaces(
      matchHeaders(
        parsed[0] ?? [],
        columns.map(({ id, label }) => ({ id, labels: [label, ...(props.otherLabels[id] ?? [])] })),
      ),
    )
    if (rows === undefined)
      await props.readAll().then(setRows, (error: unknown) => {
        notify({ kind: 'bad', text: reasonOf(error) })
      })
  }
  const missing = columns.filter(({ id, isRequired }) => isRequired && places[id] === undefined)
  const isReady = below.length > 0 && below.length <= mostCsvRows && rows && missing.length === 0
  const plan = isReady ? planImport(below, columns, places, rows, props.isIt) : []
  const count = (kind: PlannedRow<R>['kind']) => plan.filter((one) => one.kind === kind).length
  const todo = plan.filter((one) => one.kind === 'new' || one.kind === 'changed')
  const run = async () => {
    const refused: Refusal[] = []
    let [added, changed, next] = [0, 0, 0]
    const work = async () => {
      for (let one = todo[next]; one !== undefined; one = todo[next]) {
        next += 1
        try {
          if (one.kind === 'new') {
            await source.create!(one.body)
            added += 1
          } else {
            await source.change!(one.row, one.body, one.row.version)
            changed += 1
          }
        } catch (error) {
          refused.push({ line: one.line, name: one.name, why: reasonOf(error) })
        }
        setProgress(added + changed + refused.length)
      }
    }
    setProgress(0)
    await Promise.all(Array.from({ length: atOnce }, work))
    setProgress(undefined)
    refused.sort((a, b) => a.line - b.line)
    setOutcome({ added, changed, refused })
    setLines([])
    setRows(undefined)
    props.onDone()
  }
  return (
    <SidePanel title={t.importTitle} size="xl" onClose={onClose}>
      <FileInput
        label={t.file}
        accept=".csv,.tsv,.txt,text/csv"
        placeholder={columns.map(({ label }) => label).join(', ')}
        onChange={(file) => void file?.text().then(take)}
      />
      <Textarea
        label={t.paste}
        rows={4}
        onChange={(event) => void take(event.currentTarget.value)}
      />
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() =>
            saveFile(
              props.fileName,
              new Blob([`\uFEFF${columns.map(({ label }) => `"${label}"`).join(',')}\r\n`], {
                type: 'text/csv',
              }),
            )
          }
        >
          {t.example}
        </Button>
      </div>
      {lines.length > 0 ? (
        <>
          <div className={tableClasses.mapping}>
            {columns.map((column) => (
              <NativeSelect
                key={column.id}
                size="xs"
                label={t.columnOf(column.label)}
                value={String(places[column.id] ?? '')}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  setPlaces(({ [column.id]: _, ...others }) =>
                    value === '' ? others : { ...others, [column.id]: Number(value) },
                  )
                }}
                data={[
                  { value: '', label: t.leaveOut },
                  ...headers.map((label, at) => ({ value: String(at), label })),
                ]}
              />
            ))}
          </div>
          {missing.length > 0 ? (
            <p role="alert" className={classes.problem}>
              {t.needs(missing.map(({ label }) => label).join(', '))}
            </p>
          ) : null}
          {below.length === 0 ? <p className={classes.problem}>{t.noRows}</p> : null}
          {below.length > mostCsvRows ? (
            <p role="alert" className={classes.problem}>
              {t.tooMany(format.number(mostCsvRows))}
            </p>
          ) : null}
        </>
      ) : null}
      {plan.length > 0 ? (
        <>
          <p role="status" className={classes.lead}>
            {t.plan(
              format.number(count('new')),
              format.number(count('changed')),
              format.number(count('same')),
            )}
            {count('bad') > 0 ? `; ${t.bad(format.number(count('bad')))}` : null}
          </p>
          <Preview plan={plan} columns={columns} />
          <Button
            disabled={todo.length === 0}
            loading={progress !== undefined}
            onClick={() => void run()}
          >
            {t.run(format.number(todo.length))}
          </Button>
        </>
      ) : null}
      <div role="status">
        {progress === undefined
          ? null
          : t.running(format.number(progress), format.number(todo.length))}
        {outcome ? (
          <>
            <p>{t.done(format.number(outcome.added), format.number(outcome.changed))}</p>
            {outcome.refused.length > 0 ? (
              <p className={classes.problem}>{t.refused(format.number(outcome.refused.length))}</p>
            ) : null}
          </>
        ) : null}
      </div>
      {outcome && outcome.refused.length > 0 ? (
        <ul className={classes.list}>
          {outcome.refused.slice(0, shown).map((one) => (
            <li key={one.line}>{`${t.line(format.number(one.line))} (${one.name}): ${one.why}`}</li>
          ))}
        </ul>
      ) : null}
    </SidePanel>
  )
}

type PreviewProps<R> = {
  readonly plan: readonly PlannedRow<R>[]
  readonly columns: readonly Column<R>[]
}

function Preview<R>({ plan, columns }: PreviewProps<R>) {
  const t = useTableTexts()
  const format = useFormat()
  const kinds = { new: t.isNew, changed: t.isChanged, same: t.isSame, bad: t.isBad }
  const looks = { new: 'good', changed: 'warn', same: 'plain', bad: 'bad' } as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={tableClasses.preview} aria-label={t.importTitle} tabIndex={0}>
      <table className={tableClasses.previewTable}>
        <tbody>
          {plan.slice(0, shown).map((one) => (
            <tr key={one.line}>
              <td className={tableClasses.previewCell}>{t.line(format.number(one.line))}</td>
              <td className={tableClasses.previewCell}>{one.name}</td>
              <td className={tableClasses.previewCell}>
                <span className={classes.state} data-kind={looks[one.kind]}>
                  {kinds[one.kind]}
                </span>
              </td>
              <td className={tableClasses.previewCell}>
                {one.kind === 'bad' ? `${one.field}: ${t[one.problem]}` : null}
                {one.kind === 'new' || one.kind === 'changed'
                  ? Object.entries(one.body)
                      .map(([name, value]) => saidOf(columns, name, value, t))
                      .join(', ')
                  : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.length > shown ? (
        <p className={classes.soft}>{t.more(format.number(plan.length - shown))}</p>
      ) : null}
    </section>
  )
}

/** A field of a row to come, in the words of the table. */
function saidOf<R>(
  columns: readonly Column<R>[],
  name: string,
  value: unknown,
  t: ReturnType<typeof useTableTexts>,
): string {
  const column = columns.find(({ id }) => id === name)
  const option = column?.options?.find((one) => one.value === value)
  const text = typeof value === 'boolean' ? (value ? t.yes : t.no) : String(value ?? t.none)
  return `${column?.label ?? name}: ${option?.label ?? text}`
}
