import { ActionIcon, Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import {
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconInbox,
  IconPlus,
  IconUserSearch,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { DraftMenu } from './draft-menu.tsx'
import classes from './planner.module.css'
import { positionsQuery, skillsQuery, type TeamBody } from './planner-query.ts'
import { layers, type PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { type Scale, type Span, type Zoom, zooms } from './scale.ts'

export type Go = (change: Partial<Record<keyof PlannerSearch, unknown>>, replace?: boolean) => void

type Props = {
  readonly search: PlannerSearch
  readonly go: Go
  readonly span: Span
  readonly scale: Scale
  readonly teams: readonly TeamBody[]
  readonly isSaving: boolean
  readonly hiddenPeople: number
  readonly onNew: () => void
  readonly onPanel: (which: 'find' | 'backlog') => void
  readonly onUndo: () => void
}

/** Which days, how wide, and who; all of it stands in the address. */
export function Toolbar(props: Props) {
  const { search, go, span, scale, teams, isSaving, hiddenPeople, onNew, onPanel, onUndo } = props
  const t = usePlannerTexts()
  const format = useFormat()
  const hidden = search.hide ?? []
  const { data: skills = [] } = useQuery(skillsQuery)
  const { data: positions = [] } = useQuery(positionsQuery)
  return (
    <div className={classes.toolbar}>
      <div className={classes.period}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.earlier}
          onClick={() => go({ from: addDays(span.from, -scale.step) })}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <h1>{format.range(span.from, span.to)}</h1>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.later}
          onClick={() => go({ from: addDays(span.from, scale.step) })}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Button variant="default" size="xs" onClick={() => go({ from: undefined })}>
          {t.today}
        </Button>
        <span className={classes.saving} role="status">
          {isSaving ? t.saving : ''}
        </span>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t.zoom}
        value={scale.zoom}
        onChange={(zoom) => go({ zoom: zoom === 'week' ? undefined : (zoom as Zoom) })}
        data={zooms.map((zoom) => ({ value: zoom, label: t.zooms(zoom) }))}
      />
      <div className={classes.acts}>
        <ActionIcon variant="default" size={30} aria-label={t.undo} title={t.undo} onClick={onUndo}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconUserSearch size={16} />}
          onClick={() => onPanel('find')}
        >
          {t.who}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconInbox size={16} />}
          onClick={() => onPanel('backlog')}
        >
          {t.backlog}
        </Button>
        <DraftMenu open={search.draft} onOpen={(draft) => go({ draft, event: undefined })} />
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={onNew}>
          {t.newEvent}
        </Button>
      </div>
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          aria-label={t.team}
          value={search.team?.[0] ?? ''}
          onChange={({ currentTarget: { value } }) => go({ team: value ? [value] : undefined })}
          data={[
            { value: '', label: t.allTeams },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t.skill}
          value={search.skill ?? ''}
          onChange={({ currentTarget: { value } }) => go({ skill: value || undefined })}
          data={[
            { value: '', label: t.anySkill },
            ...skills.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t.position}
          value={search.position ?? ''}
          onChange={({ currentTarget: { value } }) => go({ position: value || undefined })}
          data={[
            { value: '', label: t.anyPosition },
            ...positions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput
          size="xs"
          type="search"
          aria-label={t.name}
          placeholder={t.name}
          defaultValue={search.name ?? ''}
          onChange={({ currentTarget: { value } }) => go({ name: value || undefined }, true)}
        />
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
        {hiddenPeople > 0 ? (
          <span className={classes.saving}>{t.hiddenPeople(format.number(hiddenPeople))}</span>
        ) : null}
      </div>
    </div>
  )
}
