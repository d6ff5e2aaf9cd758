import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { namedQuery } from './teams-query.ts'

type Props = {
  readonly label: string
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

/** One of the groups of the site. */
export function GroupField({ label, value, onChange }: Props) {
  const { data } = useQuery(namedQuery('groups'))
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      data={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      limit={100}
      searchable
      data-autofocus
    />
  )
}
