import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Chip, chipType } from './chip.tsx'
import { type Choice, Chooser } from './chooser.tsx'
import { FilterChips, NamedChips } from './filter-chips.tsx'
import { mostRows, moveChip, type Shelves } from './report-definition.ts'
import type { ReportNames } from './report-names.ts'
import classes from './reports.module.css'
import { dimensionsQuery } from './reports-query.ts'
import type { Among, Named } from './reports-search.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly shelves: Shelves
  readonly among: readonly Among[]
  readonly named: Named
  readonly names: ReportNames
  readonly onShelves: (shelves: Shelves) => void
  readonly onAmong: (among: readonly Among[]) => void
  readonly onNamed: (named: Named) => void
  /** How the report is shown, after the shelves. */
  readonly children?: ReactNode
}

/** What a report is made of, as chips on four shelves. */
export function ReportBuilder({
  shelves,
  among,
  named,
  names,
  onShelves,
  onAmong,
  onNamed,
  children,
}: Props) {
  const t = useReportsTexts()
  const hintId = useId()
  const root = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')
  const refocus = useRef<string>(undefined)
  const { data } = useQuery(dimensionsQuery)
  const { rows, columns, values } = shelves
  // A chip that moved keeps the focus, wherever it stands now.
  useEffect(() => {
    const name = refocus.current
    if (name === undefined) return
    refocus.current = undefined
    root.current?.querySelector<HTMLElement>(`[data-chip="${CSS.escape(name)}"]`)?.focus()
  })
  const change = (next: Shelves, name: string) => {
    refocus.current = name
    onShelves(next)
    const place = next.rows.indexOf(name)
    const label = names.dimension(name)
    setSaid(place < 0 ? t.moved(label, t.columns, 1) : t.moved(label, t.rows, place + 1))
  }
  const remove = (next: Shelves, label: string) => {
    onShelves(next)
    setSaid(t.removed(label))
    root.current?.querySelector<HTMLElement>('[data-add]')?.focus()
  }
  const dimensions: readonly Choice[] = (data?.dimensions ?? [])
    .map(({ name }) => ({ id: name, label: names.dimension(name) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const free = dimensions.filter(({ id }) => !rows.includes(id) && id !== columns)
  const measures: readonly Choice[] = (data?.measures ?? []).map(({ name }) => ({
    id: name,
    label: names.measure(name),
  }))
  const step = (at: number) => (way: -1 | 1) => {
    const name = rows[at]!
    const next = at + way
    if (next >= 0 && next < rows.length)
      change(moveChip(shelves, name, { shelf: 'rows', at: next }), name)
    else if (next >= rows.length) change(moveChip(shelves, name, { shelf: 'columns' }), name)
  }
  const onDrop = (shelf: 'rows' | 'columns') => (name: string) => {
    if (rows.includes(name) || columns === name || dimensions.some(({ id }) => id === name))
      change(moveChip(shelves, name, { shelf }), name)
  }
  return (
    <section className={classes.builder} aria-label={t.builder} ref={root}>
      <span id={hintId} hidden>
        {t.chipHint}
      </span>
      <span className="hb-hidden" role="status">
        {said}
      </span>
      <Shelf label={t.rows} onDrop={onDrop('rows')}>
        {rows.map((name, at) => (
          <Chip
            key={name}
            name={name}
            label={names.dimension(name)}
            hintId={hintId}
            isDraggable
            onMove={step(at)}
            onRemove={() =>
              remove(
                { ...shelves, rows: rows.filter((one) => one !== name) },
                names.dimension(name),
              )
            }
            actions={[
              ...(at > 0 ? [{ label: t.moveLeft, run: () => step(at)(-1) }] : []),
              ...(at < rows.length - 1 ? [{ label: t.moveRight, run: () => step(at)(1) }] : []),
              {
                label: t.toColumns,
                run: () => change(moveChip(shelves, name, { shelf: 'columns' }), name),
              },
            ]}
          />
        ))}
        {rows.length < mostRows ? (
          <AddButton
            shelf={t.rows}
            choices={free}
            onChoose={(name) => onShelves(moveChip(shelves, name, { shelf: 'rows' }))}
          />
        ) : null}
      </Shelf>
      <Shelf label={t.columns} onDrop={onDrop('columns')}>
        {columns === null ? (
          <AddButton
            shelf={t.columns}
            choices={free}
            onChoose={(name) => onShelves({ ...shelves, columns: name })}
          />
        ) : (
          <Chip
            name={columns}
            label={names.dimension(columns)}
            hintId={hintId}
            isDraggable
            onMove={(way) => {
              if (way < 0) change(moveChip(shelves, columns, { shelf: 'rows' }), columns)
            }}
            onRemove={() => remove({ ...shelves, columns: null }, names.dimension(columns))}
            actions={[
              {
                label: t.toRows,
                run: () => change(moveChip(shelves, columns, { shelf: 'rows' }), columns),
              },
            ]}
          />
        )}
      </Shelf>
      <Shelf label={t.values}>
        {values.map((name) => (
          <Chip
            key={name}
            name={name}
            label={names.measure(name)}
            hintId={hintId}
            actions={[]}
            onRemove={() => {
              if (values.length > 1)
                remove(
                  { ...shelves, values: values.filter((one) => one !== name) },
                  names.measure(name),
                )
            }}
          />
        ))}
        <AddButton
          shelf={t.values}
          choices={measures.filter(({ id }) => !values.includes(id))}
          onChoose={(name) => onShelves({ ...shelves, values: [...values, name] })}
        />
      </Shelf>
      <Shelf label={t.filters}>
        <NamedChips named={named} names={names} onChange={onNamed} />
        <FilterChips
          among={among}
          names={names}
          dimensions={dimensions.filter(
            ({ id }) => data?.dimensions.find(({ name }) => name === id)?.kind !== 'time',
          )}
          onChange={onAmong}
        />
      </Shelf>
      {children}
    </section>
  )
}

type ShelfProps = {
  readonly label: string
  readonly onDrop?: (name: string) => void
  readonly children: ReactNode
}

function Shelf({ label, onDrop, children }: ShelfProps) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  const takes = (event: DragEvent) =>
    onDrop !== undefined && event.dataTransfer.types.includes(chipType)
  return (
    <div
      className={classes.shelf}
      role="group"
      aria-labelledby={id}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!takes(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (takes(event)) onDrop?.(event.dataTransfer.getData(chipType))
      }}
    >
      <span id={id} className={classes.shelfName}>
        {label}
      </span>
      <div className={classes.chips}>{children}</div>
    </div>
  )
}

type AddProps = {
  readonly shelf: string
  readonly choices: readonly Choice[]
  readonly onChoose: (id: string) => void
}

/** The button at the end of a shelf. */
export function AddButton({ shelf, choices, onChoose }: AddProps) {
  const t = useReportsTexts()
  const [isOpen, setOpen] = useState(false)
  return (
    <Chooser
      label={t.add(shelf)}
      choices={choices}
      isOpen={isOpen}
      onOpen={setOpen}
      onChoose={onChoose}
    >
      <button
        type="button"
        data-add
        className={classes.add}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconPlus size={14} aria-hidden />
        <span className="hb-hidden">{t.add(shelf)}</span>
        <span aria-hidden>{t.addShort}</span>
      </button>
    </Chooser>
  )
}
