import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import { useAdminTexts } from './admin-texts.ts'

type Props = {
  readonly label: string
  readonly value: Chosen | null
  readonly onChange: (person: Chosen | null) => void
  readonly error?: string | undefined
  readonly isOptional?: boolean
  /** In a place that says by itself what is chosen: the label is only heard. */
  readonly isBare?: boolean
  readonly takesFocus?: boolean
}

export type Chosen = { readonly id: string; readonly displayName: string }

/** One person, found by a part of the name. */
export function PersonField(props: Props) {
  const { label, value, onChange, error, isOptional = false, isBare, takesFocus = false } = props
  const t = useAdminTexts()
  const [text, setText] = useState('')
  const wanted = text === value?.displayName ? '' : text.trim()
  const { data } = useQuery({
    queryKey: ['people', 'choice', wanted],
    queryFn: ({ signal }) =>
      call<{ people: readonly PersonBody[] }>(
        'GET',
        `/people${queryOf({ text: wanted || undefined, limit: 20 })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const found = data?.people ?? []
  const people = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found
  return (
    <Select
      {...(isBare ? { 'aria-label': label, size: 'xs' } : { label })}
      {...(takesFocus ? { autoFocus: true } : {})}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((one) => one.id === id) ?? null)}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      data={people.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      nothingFoundMessage={t.noPerson}
      error={error}
      allowDeselect={isOptional}
      clearable={isOptional}
      searchable
    />
  )
}
