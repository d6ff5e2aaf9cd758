import { TextInput } from '@mantine/core'
import classes from './admin.module.css'

type Props = {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (text: string | undefined) => void
}

/** Narrows a list by what is typed; nothing typed is all of it. */
export function SearchField({ label, value, onChange }: Props) {
  return (
    <TextInput
      className={classes.narrow}
      type="search"
      label={label}
      defaultValue={value ?? ''}
      maxLength={255}
      onChange={(event) => onChange(event.currentTarget.value.trim() || undefined)}
    />
  )
}
