import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'

type Props = {
  readonly label: string
  readonly onChoose: (project: ProjectBody) => void
}

/** A project, found by a part of its key or name; chosen, the field is free for the next. */
export function ProjectField({ label, onChoose }: Props) {
  const [text, setText] = useState('')
  const { data } = useQuery({
    queryKey: ['projects', 'choice', text.trim()],
    queryFn: ({ signal }) =>
      call<{ projects: readonly ProjectBody[] }>(
        'GET',
        `/projects${queryOf({ text: text.trim() || undefined, limit: 20 })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const projects = data?.projects ?? []
  return (
    <Select
      label={label}
      value={null}
      onChange={(id) => {
        const project = projects.find((one) => one.id === id)
        if (project) onChoose(project)
        setText('')
      }}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      data={projects.map(({ id, key, name }) => ({ value: id, label: `${key} ${name}` }))}
      searchable
    />
  )
}
