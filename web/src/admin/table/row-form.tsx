import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ProblemError, reasonOf } from '../../api/problem.ts'
import { useSharedTexts } from '../../texts/shared.ts'
import classes from '../admin.module.css'
import { type Chosen, PersonField } from '../person-field.tsx'
import { SidePanel } from '../side-panel.tsx'
import { bodyOf, type Column, parseValue, type Row, textOf, type Value } from './column.ts'
import { useTableTexts } from './table-texts.ts'
import type { TableWrites } from './use-table-writes.ts'

type Props<R extends Row> = {
  readonly title: string
  readonly columns: readonly Column<R>[]
  readonly writes: TableWrites<R>
  readonly onClose: (made?: R) => void
  readonly children?: ReactNode
}

/** A side panel that makes a row: a field for each column that can be said. */
export function RowForm<R extends Row>({ title, columns, writes, onClose, children }: Props<R>) {
  const t = useTableTexts()
  const shared = useSharedTexts()
  const [people, setPeople] = useState<Readonly<Record<string, Chosen | null>>>({})
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const asked = columns.filter(({ kind, isLater }) => kind !== 'shown' && !isLater)
  const create = useMutation({
    mutationFn: writes.create,
    onSuccess: (row) => onClose(row),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const problems: Record<string, string> = {}
    let body: object = {}
    for (const column of asked) {
      const value = valueIn(form, column)
      if (value === undefined) continue
      if (typeof value === 'object' && value !== null && 'problem' in value)
        problems[column.id] = t[value.problem]
      else body = { ...body, ...bodyOf(column, value, undefined) }
    }
    setWrong(problems)
    if (Object.keys(problems).length === 0) create.mutate(body)
  }
  const valueIn = (form: FormData, column: Column<R>) => {
    if (column.kind === 'person') {
      const person = people[column.id] ?? null
      if (person === null) return column.isRequired ? ({ problem: 'required' } as const) : undefined
      return person
    }
    if (column.kind === 'flag') return form.has(column.id)
    const parsed = parseValue(column, String(form.get(column.id) ?? ''))
    if (parsed.problem !== undefined) return { problem: parsed.problem } as const
    return parsed.value ?? undefined
  }
  const refused = create.error instanceof ProblemError ? create.error : undefined
  const problemOf = (id: string) => wrong[id] ?? refused?.field(id)
  const isShown = asked.some(({ id }) => problemOf(id) !== undefined)
  return (
    <SidePanel title={title} size="md" onClose={() => onClose()}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {asked.map((column, at) =>
          column.kind === 'person' ? (
            <PersonField
              key={column.id}
              label={column.label}
              value={people[column.id] ?? null}
              onChange={(person) => setPeople((all) => ({ ...all, [column.id]: person }))}
              error={problemOf(column.id)}
              isOptional={!column.isRequired}
            />
          ) : (
            <Field
              key={column.id}
              column={column}
              error={problemOf(column.id)}
              isFirst={at === 0}
            />
          ),
        )}
        {children}
        {create.error && !isShown ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(create.error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" loading={create.isPending}>
            {title}
          </Button>
          <Button variant="default" onClick={() => onClose()}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </SidePanel>
  )
}

type FieldProps<R> = {
  readonly column: Column<R>
  readonly error: string | undefined
  readonly isFirst: boolean
}

function Field<R>({ column, error, isFirst }: FieldProps<R>) {
  const t = useTableTexts()
  const usual: Value = column.usual ?? null
  if (column.kind === 'flag')
    return (
      <Checkbox
        name={column.id}
        label={column.label}
        defaultChecked={usual === true}
        error={error}
      />
    )
  const plain = { name: column.id, label: column.label, error, description: column.hint }
  if (column.kind === 'choice')
    return (
      <NativeSelect
        {...plain}
        defaultValue={usual === null ? '' : String(usual)}
        data={[
          ...(column.isRequired && usual !== null ? [] : [{ value: '', label: t.none }]),
          ...(column.options ?? []),
        ]}
      />
    )
  return (
    <TextInput
      {...plain}
      type={column.kind === 'day' ? 'date' : 'text'}
      defaultValue={textOf(column, usual)}
      maxLength={column.kind === 'text' ? 4_000 : 20}
      required={column.isRequired ?? false}
      withAsterisk={false}
      data-autofocus={isFirst || undefined}
    />
  )
}
