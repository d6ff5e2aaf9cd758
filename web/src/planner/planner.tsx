import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useMe } from '../api/session.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { copyOf } from './commands.ts'
import { labelOf } from './describe.ts'
import type { Placement } from './placement.ts'
import classes from './planner.module.css'
import {
  eventTypesQuery,
  type TeamBody,
  type TimelineBody,
  timelineQuery,
} from './planner-query.ts'
import type { PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { type Row, rowsOf } from './rows.ts'
import { daysBetween, scaleOf, spanOf } from './scale.ts'
import { SpotLine } from './spot-line.tsx'
import { type Spot, Timeline } from './timeline.tsx'
import type { TimelineActions } from './timeline-actions.ts'
import { Toolbar } from './toolbar.tsx'
import { usePlanWrites } from './use-plan-writes.ts'

const route = getRouteApi('/inside/planner')

/** The planner once its teams are known. */
export function Planner({ teams }: { teams: readonly TeamBody[] }) {
  const t = usePlannerTexts()
  const _format = useFormat()
  const today = useToday()
  const { site } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const wanted = scaleOf(search.zoom ?? 'week')
  const wantedSpan = spanOf(search.from ?? today, wanted, site.firstWeekday)
  const shownTeams = useMemo(
    () => teams.filter(({ id }) => !search.team || search.team.includes(id)),
    [teams, search.team],
  )
  const query = timelineQuery(
    wantedSpan.from,
    wantedSpan.to,
    shownTeams.map(({ id }) => id),
  )
  const { data, error, isPending, refetch } = useQuery(query)
  const { data: types = [] } = useQuery(eventTypesQuery)
  const writes = usePlanWrites(query.queryKey)
  const [spot, setSpot] = useState<Spot | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const scroller = useRef<HTMLDivElement>(null)

  const { pending } = writes
  const timeline = useMemo(() => data && withPlaces(data, pending), [data, pending])
  // Until other days have come, those that are here stay.
  const shownFrom = timeline?.from ?? wantedSpan.from
  const days = timeline ? daysBetween(timeline.from, timeline.to) + 1 : wanted.days
  const scale = useMemo(() => ({ ...wanted, days }), [wanted, days])
  const span = useMemo(
    () => spanOf(shownFrom, scale, site.firstWeekday),
    [shownFrom, scale, site.firstWeekday],
  )
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
        isWanted: ({ displayName }) => displayName.toLocaleLowerCase().includes(name),
      },
      before.current,
    )
    before.current = next
    return next
  }, [timeline, shownTeams, scale, search.hide, name])
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
    open: (id) => go({ event: id }),
    create(row, from, to) {
      const owner = row.person ? { person: row.person.accountId } : { team: row.team.id }
      const event = { kind: 'booking', from, to, ...owner } as const
      void writes.run([{ kind: 'create', event }], t.created(t.kinds('booking')))
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

  if (isPending) return <Skeleton lines={14} height={44} />
  if (error && !timeline) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <div className={classes.screen}>
      <Toolbar
        search={search}
        go={go}
        span={wantedSpan}
        scale={wanted}
        teams={teams}
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
            ghost={null}
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
