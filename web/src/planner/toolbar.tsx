import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { FilterMenu } from './filter-menu.tsx'
import { MoreMenu } from './more-menu.tsx'
import classes from './planner.module.css'
import type { TeamBody } from './planner-query.ts'
import type { PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { type Scale, type Span, type Zoom, zooms } from './scale.ts'

export type Go = (change: Partial<Record<keyof PlannerSearch, unknown>>, replace?: boolean) => void

type Props = {
  readonly search: PlannerSearch
  readonly go: Go
  readonly span: Span
  readonly scale: Scale
  readonly teams: readonly TeamBody[]
  readonly onNew: () => void
  readonly onPanel: (which: 'find' | 'backlog') => void
  readonly onUndo: () => void
  readonly onRedo: () => void
}

/** Which days, how wide, and who; all of it stands in the address. One line, but on a phone. */
export function Toolbar(props: Props) {
  const { search, go, span, scale, teams, onNew, onPanel, onUndo, onRedo } = props
  const t = usePlannerTexts()
  const format = useFormat()
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
        <h1>{format.shortRange(span.from, span.to)}</h1>
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
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t.zoom}
        value={scale.zoom}
        onChange={(zoom) => go({ zoom: zoom === 'week' ? undefined : (zoom as Zoom) })}
        data={zooms.map((zoom) => ({ value: zoom, label: t.zooms(zoom) }))}
      />
      <NativeSelect
        className={classes.team!}
        size="xs"
        aria-label={t.team}
        value={search.team?.[0] ?? ''}
        onChange={({ currentTarget: { value } }) => go({ team: value ? [value] : undefined })}
        data={[
          { value: '', label: t.allTeams },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FilterMenu search={search} go={go} />
      <div className={classes.acts}>
        <MoreMenu
          draft={search.draft}
          onDraft={(draft) => go({ draft, event: undefined })}
          onPanel={onPanel}
          onUndo={onUndo}
          onRedo={onRedo}
        />
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={onNew}>
          {t.newEvent}
        </Button>
      </div>
    </div>
  )
}
