import { Button, NativeSelect, Popover, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from './planner.module.css'
import { positionsQuery, skillsQuery } from './planner-query.ts'
import { layers, type PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import type { Go } from './toolbar.tsx'

type Props = { readonly search: PlannerSearch; readonly go: Go }

/** Whom the timeline is narrowed to beside the team, and what of theirs is left out; its button counts both. */
export function FilterMenu({ search, go }: Props) {
  const t = usePlannerTexts()
  const [isOpen, setOpen] = useState(false)
  const { data: skills = [] } = useQuery(skillsQuery)
  const { data: positions = [] } = useQuery(positionsQuery)
  const hidden = search.hide ?? []
  const count = hidden.length + [search.skill, search.position, search.name].filter(Boolean).length
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={280}
      trapFocus
      returnFocus
      shadow="none"
    >
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'default'}
          size="xs"
          leftSection={<IconFilter size={16} />}
          onClick={() => setOpen(!isOpen)}
        >
          {t.filters(count)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters!} aria-label={t.filters(count)}>
        <TextInput
          size="xs"
          type="search"
          label={t.name}
          defaultValue={search.name ?? ''}
          onChange={({ currentTarget: { value } }) => go({ name: value || undefined }, true)}
        />
        <NativeSelect
          size="xs"
          label={t.skill}
          value={search.skill ?? ''}
          onChange={({ currentTarget: { value } }) => go({ skill: value || undefined })}
          data={[
            { value: '', label: t.anySkill },
            ...skills.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t.position}
          value={search.position ?? ''}
          onChange={({ currentTarget: { value } }) => go({ position: value || undefined })}
          data={[
            { value: '', label: t.anyPosition },
            ...positions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <fieldset className={classes.layers}>
          <legend>{t.shown}</legend>
          {layers.map((layer) => (
            <button
              key={layer}
              type="button"
              className={classes.layer}
              aria-pressed={!hidden.includes(layer)}
              onClick={() => {
                const next = hidden.includes(layer)
                  ? hidden.filter((one) => one !== layer)
                  : [...hidden, layer]
                go({ hide: next.length > 0 ? next : undefined })
              }}
            >
              {t.layers(layer)}
            </button>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}
