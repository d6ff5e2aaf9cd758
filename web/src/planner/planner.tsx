import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { BacklogPanel } from './backlog-panel.tsx'
import { DraftBar } from './draft-bar.tsx'
import { isPlan } from './entry.ts'
import type { Draft } from './event-form.tsx'
import { EventPanel } from './event-panel.tsx'
import { PlanPanel } from './plan-panel.tsx'
import classes from './planner.module.css'
import type { TeamBody } from './planner-query.ts'
import type { PlannerSearch } from './planner-search.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { daysBetween } from './scale.ts'
import { scheduleOf } from './schedule.ts'
import { SpotLine } from './spot-line.tsx'
import { type GhostBar, type Spot, Timeline } from './timeline.tsx'
import type { TimelineActions } from './timeline-actions.ts'
import { Toolbar } from './toolbar.tsx'
import { useTimelineActions } from './use-timeline-actions.ts'
import { useTimelineModel } from './use-timeline-model.ts'
import { WhoPanel } from './who-panel.tsx'

const route = getRouteApi('/inside/planner')

/** The planner once its teams are known. */
export function Planner({ teams }: { teams: readonly TeamBody[] }) {
  const t = usePlannerTexts()
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const model = useTimelineModel(teams, search)
  const { today, timeline, writes, entries, scale, span, rows } = model
  const [spot, setSpot] = useState<Spot | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [draft, setDraft] = useState<Draft | null>(null)
  const [ghost, setGhost] = useState<GhostBar | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const { pending } = writes
  const hiddenPeople = timeline?.hiddenPeople ?? 0
  const unsaved = useMemo(() => new Set(pending.keys()), [pending])

  const go = (change: Partial<Record<keyof PlannerSearch, unknown>>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...change }) as PlannerSearch, replace })
  const noPanel = { event: undefined, plan: undefined, find: undefined, backlog: undefined }

  const actions: TimelineActions = {
    ...useTimelineActions(writes, () => setChosen(new Set())),
    choose: (ids) => setChosen(new Set(ids)),
    setSpot,
    open(id) {
      const entry = entries.find((one) => one.id === id)
      if (!entry) return
      setDraft(null)
      const what = isPlan(entry) ? { plan: entry.plan.id } : { event: id.replace('today-', '') }
      go({ ...noPanel, ...what })
    },
    create(row, from, to) {
      const { person, resource, team } = row
      if (resource && search.draft) return notify({ text: t.notInDrafts })
      const owner = person ? `p${person.accountId}` : resource ? `r${resource.id}` : `t${team.id}`
      setDraft({ owner, from, to })
      go(noPanel, true)
    },
  }

  const opened = entries.find(({ id }) => id === search.event)
  const openedPlan = entries.filter(isPlan).find(({ plan }) => plan.id === search.plan)
  const closePanel = () => {
    setDraft(null)
    setGhost(null)
    go(noPanel)
    const id = search.plan ? openedPlan?.id : search.event
    const bar = document.querySelector<HTMLElement>(`[data-bar="${id}"]`)
    const canvas = document.querySelector<HTMLElement>(`.${classes.canvas}`)
    ;(bar ?? canvas)?.focus({ preventScroll: true })
  }
  const openPanel = (which: 'find' | 'backlog') => {
    setDraft(null)
    go({ ...noPanel, [which]: true })
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
    if (await writes.run({ commands: [{ kind: 'create', event }] }, said)) closePanel()
  }
  const schedule: Parameters<typeof BacklogPanel>[0]['onSchedule'] = (issue, row, column) => {
    const command = scheduleOf(issue, row, span, column)
    if (!command) return notify({ text: t.issuesNeedPerson })
    setSpot({ row: row.key, column })
    void writes.run({ commands: [command] }, t.created(issue.key))
  }

  if (model.isPending) return <Skeleton lines={14} height={44} />
  if (model.error && !timeline)
    return <ErrorState error={model.error} onRetry={() => void model.refetch()} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open, wherever the focus is
    <div
      className={classes.screen}
      onKeyDown={(event) => {
        // What is open in a menu or a popover of ours is closed by that: it lies elsewhere in the page.
        const isOurs = event.currentTarget.contains(event.target as Node)
        if (event.key !== 'Escape' || event.defaultPrevented || !isOurs) return
        if (search.event || search.plan || search.find || search.backlog || draft) closePanel()
      }}
    >
      <Toolbar
        search={search}
        go={go}
        span={model.wantedSpan}
        scale={model.wanted}
        teams={teams}
        onNew={() => {
          const row = rows.find(({ key }) => key === spot?.row) ?? rows.find((one) => one.person)
          const day = spot ? addDays(span.from, spot.column) : today
          if (row) actions.create(row, day, day)
        }}
        onPanel={openPanel}
        onUndo={actions.undo}
        onRedo={actions.redo}
      />
      {search.draft && timeline?.draft ? (
        <DraftBar
          body={timeline.draft}
          writes={writes}
          onShow={(event) => actions.choose([event.id])}
          onLeave={() => go({ draft: undefined, ...noPanel })}
        />
      ) : null}
      <div className={classes.body}>
        {rows.some(({ isTeam }) => !isTeam) ? (
          <Timeline
            scroller={scroller}
            rows={rows}
            span={span}
            scale={scale}
            today={today}
            spot={spot}
            chosen={chosen}
            unsaved={unsaved}
            milestones={model.milestones}
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
        {search.event || (draft && !draft.owner.startsWith('r')) ? (
          <EventPanel
            event={opened && opened.kind !== 'plan' ? { ...opened, kind: opened.kind } : null}
            draft={search.event ? null : draft}
            people={timeline?.people ?? []}
            teams={teams}
            types={model.types}
            writes={writes}
            onRemove={(event) => {
              actions.remove([event])
              closePanel()
            }}
            onClose={closePanel}
          />
        ) : null}
        {search.plan || draft?.owner.startsWith('r') ? (
          <PlanPanel
            entry={openedPlan ?? null}
            draft={search.plan ? null : draft}
            people={timeline?.people ?? []}
            resources={timeline?.resources ?? []}
            writes={writes}
            onRemove={(entry) => {
              actions.remove([entry])
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
        {search.backlog ? (
          <BacklogPanel
            rows={rows}
            span={span}
            scale={scale}
            spot={spot}
            today={today}
            onSchedule={schedule}
            onClose={closePanel}
          />
        ) : null}
      </div>
      <div className={classes.foot}>
        <SpotLine spot={spot} rows={rows} span={span} scale={scale} scroller={scroller} />
        {hiddenPeople > 0 ? <span>{t.hiddenPeople(format.number(hiddenPeople))}</span> : null}
        <span role="status">{writes.isSaving || pending.size > 0 ? t.saving : ''}</span>
      </div>
    </div>
  )
}
