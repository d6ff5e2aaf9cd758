import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Column, parseValue, textOf, type Value } from './table/column.ts'
import { useTableTexts } from './table/table-texts.ts'

type Props = {
  readonly label: string
  readonly hint?: string
  readonly kind: Column<never>['kind']
  readonly value: Value
  readonly isRequired?: boolean
  readonly least?: number
  readonly most?: number
  readonly isDisabled?: boolean
  readonly onChange: (value: Value) => void
}

/** A field that is read when one leaves it or presses Enter, and says what is wrong in place. */
export function TypedField({ label, hint, value, isDisabled, onChange, ...column }: Props) {
  const t = useTableTexts()
  const [problem, setProblem] = useState<string>()
  const shown = textOf(column, value)
  const keep = (typed: string) => {
    if (typed.trim() === shown) {
      setProblem(undefined)
      return
    }
    const parsed = parseValue(column, typed)
    setProblem(parsed.problem === undefined ? undefined : t[parsed.problem])
    if (parsed.problem === undefined) onChange(parsed.value)
  }
  return (
    <TextInput
      key={shown}
      label={label}
      description={hint}
      type={column.kind === 'day' ? 'date' : 'text'}
      inputMode={column.kind === 'number' ? 'numeric' : undefined}
      defaultValue={shown}
      error={problem}
      disabled={isDisabled ?? false}
      onBlur={(event) => keep(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep(event.currentTarget.value)
      }}
    />
  )
}
