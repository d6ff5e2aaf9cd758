import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useCommands } from '../frame/commands.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFirstWeekday } from '../preferences/first-weekday.ts'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { copyOf } from './commands.ts'
import { labelOf } from './describe.ts'
import type { Draft } from './event-form.tsx'
import { EventPanel } from './event-panel.tsx'
import type { Placement } from './placement.ts'
import classes from './planner.module.css'
import {
  eventTypesQuery,
  profilesQuery,
  type TeamBody,
  type TimelineBody,
  timelineQuery,
} from './planner-query.ts'
import type { PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { type Row, rowsOf } from './rows.ts'
import { daysBetween, scaleOf, spanOf } from './scale.ts'
import { SpotLine } from './spot-line.tsx'
import { type GhostBar, type Spot, Timeline } from './timeline.tsx'
import type { TimelineActions } from './timeline-actions.ts'
import { Toolbar } from './toolbar.tsx'
import { usePlanWrites } from './use-plan-writes.ts'
import { WhoPanel } from './who-panel.tsx'

const route = getRouteApi('/inside/planner')

/** The planner once its teams are known. */
export function Planner({ teams }: { teams: readonly TeamBody[] }) {
  const t = usePlannerTexts()
  const _format = useFormat()
  const format = useFormat()
  const today = useToday()
  const firstWeekday = useFirstWeekday()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const wanted = scaleOf(search.zoom ?? 'week')
  const wantedSpan = spanOf(search.from ?? today, wanted, firstWeekday)
  const shownTeams = useMemo(
    () => teams.filter(({ id }) => !search.team || search.team.includes(id)),
    [teams, search.team],
  )
  const teamIds = shownTeams.map(({ id }) => id)
  const query = timelineQuery(wantedSpan.from, wantedSpan.to, teamIds)
  const { data, error, isPending, refetch } = useQuery(query)
  const { data: types = [] } = useQuery(eventTypesQuery)
  const writes = usePlanWrites(query.queryKey)
  const [spot, setSpot] = useState<Spot | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [draft, setDraft] = useState<Draft | null>(null)
  const [ghost, setGhost] = useState<GhostBar | null>(null)
  const scroller = useRef<HTMLDivElement>(null)

  const { pending } = writes
  const timeline = useMemo(() => data && withPlaces(data, pending), [data, pending])
  // Until other days have come, those that are here stay.
  const shownFrom = timeline?.from ?? wantedSpan.from
  const days = timeline ? daysBetween(timeline.from, timeline.to) + 1 : wanted.days
  const scale = useMemo(() => ({ ...wanted, days }), [wanted, days])
  const span = useMemo(
    () => spanOf(shownFrom, scale, firstWeekday),
    [shownFrom, scale, firstWeekday],
  )
  const { skill, position } = search
  const isProfileAsked = skill !== undefined || position !== undefined
  const profiles = useQuery({
    ...profilesQuery(wantedSpan.from, wantedSpan.to, teamIds),
    enabled: isProfileAsked,
  })
  const able = useMemo(() => {
    if (skill === undefined && position === undefined) return null
    const fit = (profiles.data ?? []).filter(
      (one) =>
        (skill === undefined || one.skills.some(({ skillId }) => skillId === skill)) &&
        (position === undefined || one.positionId === position),
    )
    return new Set(fit.map(({ personId }) => personId))
  }, [profiles.data, skill, position])
  const before = useRef<readonly Row[]>([])
  const name = (search.name ?? '').toLocaleLowerCase()
  const rows = useMemo(() => {
    if (!timeline) return []
    const next = rowsOf(
      {
        timeline,
        teams: shownTeams,
        from: timeline.from,
        days: scale.days,
        group: scale.group,
        hide: search.hide ?? [],
        isWanted: ({ id, displayName }) =>
          displayName.toLocaleLowerCase().includes(name) && (able === null || able.has(id)),
      },
      before.current,
    )
    before.current = next
    return next
  }, [timeline, shownTeams, scale, search.hide, name, able])
  const milestones = useMemo(() => {
    const ids = new Set(types.filter((type) => type.isMilestone).map(({ id }) => id))
    return (timeline?.events ?? []).filter((event) => event.type && ids.has(event.type.id))
  }, [timeline, types])
  const unsaved = useMemo(() => new Set(pending.keys()), [pending])

  const go = (change: Partial<Record<keyof PlannerSearch, unknown>>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...change }) as PlannerSearch, replace })

  const actions: TimelineActions = {
    choose: (ids) => setChosen(new Set(ids)),
    setSpot,
    open(id) {
      setDraft(null)
      go({ event: id, find: undefined })
    },
    create(row, from, to) {
      const owner = row.person ? `p${row.person.accountId}` : `t${row.team.id}`
      setDraft({ owner, from, to })
      go({ event: undefined, find: undefined }, true)
    },
    place(changes) {
      if (changes.length === 0) return notify({ text: t.notYours })
      for (const [event, place] of changes) writes.place(event, place)
    },
    copy(copies) {
      const commands = copies.map(([event, place]) => copyOf(event, place))
      const [first] = copies
      if (first) void writes.run(commands, t.copied(labelOf(t, first[0])))
    },
    remove(events) {
      const [first] = events
      if (!first) return notify({ text: t.notYours })
      const commands = events.map(({ id, version }) => ({ kind: 'remove', id, version }) as const)
      setChosen(new Set())
      void writes.run(commands, t.removed(labelOf(t, first)))
    },
    split(event, on) {
      if (!event.mayChange) return notify({ text: t.notYours })
      if (on <= event.from || on > event.to) return notify({ text: t.tooShort })
      const { id, version } = event
      void writes.run([{ kind: 'split', id, version, on }], t.split(labelOf(t, event)))
    },
    undo: () => void writes.undo(),
    redo: () => void writes.redo(),
  }

  const opened = timeline?.events.find(({ id }) => id === search.event) ?? null
  const closePanel = () => {
    setDraft(null)
    setGhost(null)
    go({ event: undefined, find: undefined })
    const bar = document.querySelector<HTMLElement>(`[data-bar="${search.event}"]`)
    const canvas = document.querySelector<HTMLElement>(`.${classes.canvas}`)
    ;(bar ?? canvas)?.focus({ preventScroll: true })
  }
  const find = () => {
    setDraft(null)
    go({ find: true, event: undefined })
  }
  const showGhost = (next: GhostBar | null) => {
    setGhost(next)
    const row = next && rows.find(({ person }) => person?.id === next.personId)
    if (row) setSpot({ row: row.key, column: Math.max(0, daysBetween(span.from, next.from)) })
  }
  const accept: Parameters<typeof WhoPanel>[0]['onAccept'] = async (person, wish, to) => {
    const event = {
      kind: 'placeholder' as const,
      person: person.accountId,
      title: wish.title || t.who,
      from: wish.from,
      to,
      estimateSeconds: wish.seconds,
    }
    const said = t.acceptedFor(person.displayName, format.hours(wish.seconds))
    if (await writes.run([{ kind: 'create', event }], said)) closePanel()
  }
  useCommands([
    { id: 'planner-who', label: t.who, run: find },
    { id: 'planner-undo', label: t.undo, shortcut: 'Ctrl Z', run: actions.undo },
    { id: 'planner-redo', label: t.redo, shortcut: 'Ctrl Shift Z', run: actions.redo },
  ])

  if (isPending) return <Skeleton lines={14} height={44} />
  if (error && !timeline) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is
    <div
      className={classes.screen}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        if (search.event || search.find || draft) closePanel()
      }}
    >
      <Toolbar
        search={search}
        go={go}
        span={wantedSpan}
        scale={wanted}
        teams={teams}
        onNew={() => {
          const row = rows.find(({ key }) => key === spot?.row) ?? rows.find((one) => one.person)
          const day = spot ? addDays(span.from, spot.column) : today
          if (row) actions.create(row, day, day)
        }}
        onUndo={actions.undo}
        hiddenPeople={timeline?.hiddenPeople ?? 0}
        isSaving={writes.isSaving || pending.size > 0}
      />
      <div className={classes.body}>
        {rows.some(({ person }) => person) ? (
          <Timeline
            scroller={scroller}
            rows={rows}
            span={span}
            scale={scale}
            today={today}
            spot={spot}
            chosen={chosen}
            unsaved={unsaved}
            milestones={milestones}
            ghost={search.find ? ghost : null}
            actions={actions}
          />
        ) : (
          <StateMessage
            title={t.noPeople}
            actions={
              <Button
                variant="default"
                onClick={() =>
                  go({ team: undefined, name: undefined, skill: undefined, position: undefined })
                }
              >
                {t.clearFilters}
              </Button>
            }
          />
        )}
        {search.event || draft ? (
          <EventPanel
            event={opened}
            draft={search.event ? null : draft}
            people={timeline?.people ?? []}
            teams={teams}
            types={types}
            writes={writes}
            onRemove={(event) => {
              actions.remove([event])
              closePanel()
            }}
            onClose={closePanel}
          />
        ) : null}
        {search.find ? (
          <WhoPanel
            teams={teams}
            today={today}
            onGhost={showGhost}
            onAccept={accept}
            onClose={closePanel}
          />
        ) : null}
      </div>
      <SpotLine spot={spot} rows={rows} span={span} />
    </div>
  )
}

/** The timeline with bars where they were put, saved or not. */
function withPlaces(
  body: TimelineBody,
  pending: ReadonlyMap<string, { readonly place: Placement }>,
): TimelineBody {
  if (pending.size === 0) return body
  return {
    ...body,
    events: body.events.map((event) => {
      const place = pending.get(event.id)?.place
      return place ? { ...event, ...place } : event
    }),
  }
}
