import { type KeyboardEvent, useRef, useState } from 'react'
import { type Chosen, PersonField } from '../person-field.tsx'
import { type Column, parseValue, textOf, type Value } from './column.ts'
import type { Ending } from './edit-table.tsx'
import classes from './table.module.css'
import { useTableTexts } from './table-texts.ts'

type Props<R> = {
  readonly column: Column<R>
  readonly value: Value
  readonly label: string
  /** What was typed on the cell and began the editing. */
  readonly typed: string
  readonly onEnd: (ending: Ending) => void
}

/** Where a cell is typed into: Enter and Tab keep it, Escape leaves it as it was. */
export function CellEditor<R>({ column, value, label, typed, onEnd }: Props<R>) {
  const t = useTableTexts()
  const [problem, setProblem] = useState<string>()
  // Leaving the field by a key also blurs it.
  const isOver = useRef(false)
  const over = (ending: Ending) => {
    if (isOver.current) return
    isOver.current = true
    onEnd(ending)
  }
  const keep = (text: string, next?: readonly [number, number]) => {
    const parsed = parseValue(column, text)
    if (parsed.problem === undefined)
      over({ kind: 'keep', value: parsed.value, ...(next ? { next } : {}) })
    else setProblem(t[parsed.problem])
    return parsed.problem === undefined
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => {
    const text = event.currentTarget.value
    if (event.key === 'Escape') {
      // The topmost thing closes, not the panel around it.
      event.stopPropagation()
      over({ kind: 'leave' })
    } else if (event.key === 'Enter') keep(text, [1, 0])
    else if (event.key === 'Tab') keep(text, [0, event.shiftKey ? -1 : 1])
    else return
    event.preventDefault()
  }
  if (column.kind === 'person')
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: hears the Escape of the field within
      <div
        className={classes.person}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return
          event.stopPropagation()
          over({ kind: 'leave' })
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) over({ kind: 'leave' })
        }}
      >
        <PersonField
          label={label}
          value={value as Chosen | null}
          onChange={(person) => over({ kind: 'keep', value: person, next: [0, 0] })}
          isOptional={!column.isRequired}
          isBare
          takesFocus
        />
      </div>
    )
  if (column.kind === 'choice')
    return (
      <select
        className={classes.field}
        aria-label={label}
        defaultValue={typeof value === 'string' ? value : ''}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
        autoFocus
        onKeyDown={onKey}
        onChange={(event) => keep(event.currentTarget.value, [0, 0])}
        onBlur={() => over({ kind: 'leave' })}
      >
        {column.isRequired ? null : <option value="">{t.none}</option>}
        {column.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  return (
    <>
      <input
        className={classes.field}
        type={column.kind === 'day' ? 'date' : 'text'}
        inputMode={column.kind === 'number' ? 'numeric' : undefined}
        aria-label={label}
        aria-invalid={problem !== undefined}
        defaultValue={typed || textOf(column, value)}
        maxLength={column.kind === 'text' ? 4_000 : 20}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
        autoFocus
        onFocus={(event) => {
          if (typed === '' && column.kind !== 'day') event.currentTarget.select()
        }}
        onChange={() => setProblem(undefined)}
        onKeyDown={onKey}
        onBlur={(event) => {
          if (!keep(event.currentTarget.value)) over({ kind: 'leave' })
        }}
      />
      {problem === undefined ? null : (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
    </>
  )
}
