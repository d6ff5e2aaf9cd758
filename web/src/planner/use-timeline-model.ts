import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useFirstWeekday } from '../preferences/first-weekday.ts'
import { useToday } from '../time/today.ts'
import { type Entry, entriesOf } from './entry.ts'
import { eventTypesQuery, profilesQuery, type TeamBody, timelineQuery } from './planner-query.ts'
import type { PlannerSearch } from './planner-search.ts'
import { type Row, rowsOf } from './rows.ts'
import { daysBetween, scaleOf, spanOf } from './scale.ts'
import { usePlanWrites } from './use-plan-writes.ts'
import type { Pending } from './waiting.ts'

/** What the timeline shows of what the address asks for, with bars where they were put last. */
export function useTimelineModel(teams: readonly TeamBody[], search: PlannerSearch) {
  const today = useToday()
  const firstWeekday = useFirstWeekday()
  const wanted = scaleOf(search.zoom ?? 'week')
  const wantedSpan = spanOf(search.from ?? today, wanted, firstWeekday)
  const shownTeams = useMemo(
    () => teams.filter(({ id }) => !search.team || search.team.includes(id)),
    [teams, search.team],
  )
  const teamIds = shownTeams.map(({ id }) => id)
  const query = timelineQuery(wantedSpan.from, wantedSpan.to, teamIds, search.draft)
  const { data: timeline, error, isPending, refetch } = useQuery(query)
  const { data: types = [] } = useQuery(eventTypesQuery)
  const writes = usePlanWrites(query.queryKey, search.draft)

  const { pending } = writes
  const stored = useMemo(() => (timeline ? entriesOf(timeline) : []), [timeline])
  const entries = useMemo(
    () => withPlaces(stored, pending, search.draft),
    [stored, pending, search.draft],
  )
  // Until other days have come, those that are here stay.
  const shownFrom = timeline?.from ?? wantedSpan.from
  const days = timeline ? daysBetween(timeline.from, timeline.to) + 1 : wanted.days
  const scale = useMemo(() => ({ ...wanted, days }), [wanted, days])
  const span = useMemo(
    () => spanOf(shownFrom, scale, firstWeekday),
    [shownFrom, scale, firstWeekday],
  )
  const able = useAble(search, wantedSpan, teamIds)
  const before = useRef<readonly Row[]>([])
  const name = (search.name ?? '').toLocaleLowerCase()
  const rows = useMemo(() => {
    if (!timeline) return []
    const isNamed = (text: string) => text.toLocaleLowerCase().includes(name)
    const next = rowsOf(
      {
        timeline,
        entries,
        teams: shownTeams,
        from: timeline.from,
        days: scale.days,
        group: scale.group,
        hide: search.hide ?? [],
        isWanted: ({ id, displayName }) => isNamed(displayName) && (able === null || able.has(id)),
        isResourceWanted: (resource) => able === null && isNamed(resource.name),
      },
      before.current,
    )
    before.current = next
    return next
  }, [timeline, entries, shownTeams, scale, search.hide, name, able])
  const milestones = useMemo(() => {
    const ids = new Set(types.filter((type) => type.isMilestone).map(({ id }) => id))
    return (timeline?.events ?? []).filter((event) => event.type && ids.has(event.type.id))
  }, [timeline, types])
  return {
    ...{ today, wanted, wantedSpan, timeline, error, isPending, refetch, types, writes },
    ...{ entries, scale, span, rows, milestones },
  }
}

/** Who has the skill and the position asked for; null where none is. */
function useAble(
  { skill, position }: PlannerSearch,
  { from, to }: { readonly from: string; readonly to: string },
  teamIds: readonly string[],
): ReadonlySet<string> | null {
  const isAsked = skill !== undefined || position !== undefined
  const { data } = useQuery({ ...profilesQuery(from, to, teamIds), enabled: isAsked })
  return useMemo(() => {
    if (skill === undefined && position === undefined) return null
    const fit = (data ?? []).filter(
      (one) =>
        (skill === undefined || one.skills.some(({ skillId }) => skillId === skill)) &&
        (position === undefined || one.positionId === position),
    )
    return new Set(fit.map(({ personId }) => personId))
  }, [data, skill, position])
}

/** Bars where they were put, saved or not. */
function withPlaces(
  entries: readonly Entry[],
  pending: ReadonlyMap<string, Pending>,
  draft: string | undefined,
): readonly Entry[] {
  if (pending.size === 0) return entries
  return entries.map((entry) => {
    const one = pending.get(entry.id)
    return one && one.draft === draft ? { ...entry, ...one.place } : entry
  })
}
