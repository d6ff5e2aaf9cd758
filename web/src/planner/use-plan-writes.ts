import type { Static } from '@sinclair/typebox'
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type {
  EventCommandBody,
  EventOutcomes,
  TimelinePlanBody,
} from '../../../src/api/contract.ts'
import { call, newKey } from '../api/client.ts'
import { isServerAway, onConnection } from '../api/connection.ts'
import { AwayError, ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import { type Entry, entriesOf, isPlan } from './entry.ts'
import { isSamePlace, type Placement, placementOf } from './placement.ts'
import { bodyOf, changedPlan, placedBody } from './plan-bodies.ts'
import { sendPlan } from './plan-sending.ts'
import { followed, type PlanWrite } from './plan-write.ts'
import type { TimelineBody } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'
import { keepWaiting, type Pending, readWaiting, type Waiting, type Work } from './waiting.ts'

type Outcomes = Static<typeof EventOutcomes>['outcomes']

/** Versions that events and time set aside were left at, by id. */
type Versions = ReadonlyMap<string, number>

/** How to take a step back: versions of events, and writes on time set aside. */
type Step = { readonly versions: readonly number[]; readonly plans: readonly PlanWrite[] }

export type PlanWrites = {
  /** Where bars lie that are not saved yet. */
  readonly pending: ReadonlyMap<string, Pending>
  readonly isSaving: boolean
  /** Shows a bar elsewhere at once; saved after a moment without further changes. */
  readonly place: (entry: Entry, place: Placement) => void
  /** Sends work at once, one step of undo. False where it is refused, which is told. */
  readonly run: (work: Work, said?: string) => Promise<boolean>
  /** Publishes a draft, one step of undo; throws where it is refused. */
  readonly publish: (draft: string, version: number) => Promise<void>
  readonly undo: () => Promise<void>
  readonly redo: () => Promise<void>
}

const quietMs = 350

/** What is on its way may be older than a write; a first reading goes on, there is nothing else to show. */
const olderQueries = {
  queryKey: ['timeline'],
  predicate: ({ state }: Query) => state.data !== undefined,
} as const

/** Everything that changes plans, or a draft of them: shown at once, sent in order, taken back. */
export function usePlanWrites(
  timelineKey: readonly unknown[],
  draft: string | undefined,
): PlanWrites {
  const t = usePlannerTexts()
  const format = useFormat()
  const client = useQueryClient()
  const held = useRef<Waiting>(undefined)
  held.current ??= readWaiting()
  const [pending, setPending] = useState(held.current.places)
  const [sending, setSending] = useState(0)
  const now = useRef({ timelineKey, draft })
  now.current = { timelineKey, draft }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const chain = useRef<Promise<unknown>>(Promise.resolve())
  const done = useRef<Step[]>([])
  const undone = useRef<Step[]>([])

  const hold = (change: Partial<Waiting>) => {
    const next = { ...held.current!, ...change }
    held.current = next
    keepWaiting(next)
    setPending(next.places)
  }
  /** Forgets what was sent, but for bars that were moved on meanwhile and go from there. */
  const without = (
    sent: ReadonlyMap<string, Pending>,
    goOn: (sent: Pending, later: Pending) => Pending | undefined,
  ) => {
    const places = new Map(held.current!.places)
    for (const [id, one] of sent) {
      const later = places.get(id)
      const kept = later === one || !later ? undefined : goOn(one, later)
      if (kept) places.set(id, kept)
      else places.delete(id)
    }
    hold({ places })
  }

  const known = (id: string) => {
    const body = client.getQueryData<TimelineBody>(now.current.timelineKey)
    return body && entriesOf(body).find((entry) => entry.id === id)
  }

  const keep = (outcomes: Outcomes) => {
    client.setQueryData<TimelineBody>(now.current.timelineKey, (body) => {
      if (!body) return body
      const events = body.events.filter(({ id }) => !outcomes.some((one) => one.id === id))
      const after = new Map(outcomes.map((one) => [one.id, one.event]))
      return {
        ...body,
        events: [...events, ...[...after.values()].filter((one) => one !== undefined)],
      }
    })
  }

  /** Sends a write on time set aside, and shows at once what came of it. */
  const put = async (write: PlanWrite): Promise<PlanWrite> => {
    await client.cancelQueries(olderQueries)
    const inverse = await sendPlan(write)
    client.setQueryData<TimelineBody>(now.current.timelineKey, (body) => {
      if (!body || write.kind === 'create') return body
      const plans = body.plans.flatMap((plan) => {
        if (plan.id !== write.id) return [plan]
        if (write.kind === 'remove' || inverse.kind !== 'change') return []
        return [changedPlan(plan, write.body, inverse.version ?? plan.version)]
      })
      return { ...body, plans }
    })
    return inverse
  }

  /** Reads anew what may have changed, but for a draft that is no more. */
  const refresh = (gone?: string) =>
    Promise.all(
      [['timeline'], ['vacations'], ['plan-drafts'], ['backlog']].map((queryKey) =>
        client.invalidateQueries({
          queryKey,
          predicate: ({ queryKey: key }) => gone === undefined || key[1] !== gone,
        }),
      ),
    )

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    setSending((count) => count + 1)
    const result = chain.current.then(work, work)
    chain.current = result.catch(() => undefined).finally(() => setSending((count) => count - 1))
    return result
  }

  const post = async (
    path: string,
    body: unknown,
    { isShown = true, key }: { isShown?: boolean; key?: string | undefined } = {},
  ): Promise<Outcomes> => {
    await client.cancelQueries(olderQueries)
    const wish = { body, idempotencyKey: key }
    const { outcomes } = await call<{ outcomes: Outcomes }>('POST', path, wish)
    if (isShown) keep(outcomes)
    return outcomes
  }

  /** Sends work and notes how to take back as much of it as was done. Answers the new versions. */
  const send = async (work: Work, target: string | undefined): Promise<Versions> => {
    const { commands = [], plans = [], key = newKey() } = work
    const versions: number[] = []
    const back: PlanWrite[] = []
    const stand = new Map<string, number>()
    try {
      if (commands.length > 0) {
        const path = target ? `/plan-drafts/${target}/commands` : '/events/bulk'
        const isShown = target === now.current.draft
        const outcomes = await post(path, { commands }, { isShown, key })
        versions.push(...outcomes.map(({ version }) => version))
        for (const { id, event } of outcomes) if (event) stand.set(id, event.version)
      }
      for (const plan of plans) {
        const inverse = await put(plan)
        back.unshift(inverse)
        if (inverse.kind === 'change' && inverse.version) stand.set(inverse.id, inverse.version)
      }
    } finally {
      if (versions.length + back.length > 0) {
        if (!target) done.current.push({ versions, plans: back })
        undone.current = []
        void refresh()
      }
    }
    return stand
  }

  /** Says why something was refused; offers to insist where somebody else was faster. */
  const tell = async (error: unknown, work: Work) => {
    const isStale = error instanceof ProblemError && error.status === 412
    const { commands = [], plans = [] } = work
    const ids = [
      ...commands.flatMap(({ id }) => id ?? []),
      ...plans.flatMap((plan) => (plan.kind === 'create' ? [] : [`plan-${plan.id}-0`])),
    ]
    const before = ids.flatMap((id) => known(id) ?? [])[0]
    await refresh()
    if (!isStale) return notify({ kind: 'bad', text: reasonOf(error) })
    const after = before && known(before.id)
    const what = before ? labelOf(t, before) : ''
    if (!after) return notify({ kind: 'bad', text: t.gone(what) })
    notify({
      kind: 'bad',
      text: t.stale(what, describe(t, format, after)),
      action: {
        label: t.keepMine,
        run: () =>
          void run({
            commands: commands.map(({ version, ...command }) => command),
            plans: plans.map((plan) => {
              if (plan.kind === 'create') return plan
              const { version, ...write } = plan
              return write
            }),
          }),
      },
    })
  }

  /** Moves whose answer was lost are sent as the same request, should nothing have moved since. */
  const keyed = (work: Work, target: string | undefined): Work => {
    const text = JSON.stringify([target, work.commands])
    const { sent } = held.current!
    const key = sent?.text === text ? sent.key : newKey()
    hold({ sent: { text, key } })
    return { ...work, key }
  }

  const sendPlaces = async (): Promise<void> => {
    const all = held.current!.places
    const target = [...all.values()][0]?.draft
    const sent = new Map([...all].filter(([, one]) => one.draft === target))
    if (sent.size === 0) return
    const work = keyed(workOf(sent), target)
    try {
      const versions = await send(work, target)
      without(sent, (sentOne, later) => {
        const version = versions.get(sentOne.entry.plan?.id ?? sentOne.entry.id)
        if (version === undefined) return undefined
        return { ...later, version, entry: sentTo(sentOne, version) }
      })
    } catch (error) {
      // What was moved stays where it was put, and is sent once the server is back.
      if (error instanceof AwayError) return
      without(sent, () => undefined)
      await tell(error, work)
    }
    hold({ sent: undefined })
    if (held.current!.places.size > 0) await sendPlaces()
  }

  const sendWaiting = async (): Promise<boolean> => {
    for (let next = held.current!.works[0]; next; next = held.current!.works[0]) {
      const { draft: target, ...work } = next
      try {
        await send(work, target)
      } catch (error) {
        if (error instanceof AwayError) return false
        await tell(error, work)
      }
      hold({ works: held.current!.works.slice(1) })
    }
    return true
  }

  const flush = () => {
    clearTimeout(timer.current)
    return inOrder(async () => {
      if (await sendWaiting()) await sendPlaces()
    })
  }

  const run: PlanWrites['run'] = async (wish, said) => {
    await flush()
    const work = { ...wish, key: newKey() }
    const target = now.current.draft
    return inOrder(async () => {
      try {
        await send(work, target)
        if (said) notify({ text: said, action: { label: t.undo, run: () => void undo() } })
        return true
      } catch (error) {
        if (error instanceof AwayError) {
          hold({ works: [...held.current!.works, { ...work, draft: target }] })
          notify({ text: t.waits })
          return true
        }
        await tell(error, work)
        return false
      }
    })
  }

  /** Takes a step back; those that wait behind it learn what has become of what they are about. */
  const takeBack = async ({ versions, plans }: Step, waiting: Step[]): Promise<Step> => {
    const outcomes = versions.length > 0 ? await post('/events/undo', { versions }) : []
    const inverses: PlanWrite[] = []
    for (const plan of plans) {
      const inverse = await put(plan)
      inverses.unshift(inverse)
      for (const [at, step] of waiting.entries())
        waiting[at] = { ...step, plans: followed(step.plans, plan, inverse) }
    }
    return { versions: outcomes.map(({ version }) => version), plans: inverses }
  }

  const back = async (from: Step[], to: Step[], said: string) => {
    await flush()
    const target = now.current.draft
    await inOrder(async () => {
      const step = target ? undefined : from.pop()
      if (!step && (!target || from === undone.current)) return notify({ text: t.nothingToUndo })
      try {
        if (step) to.push(await takeBack(step, from))
        else await post(`/plan-drafts/${target}/undo`, undefined)
        notify({ text: said })
      } catch (error) {
        if (step && error instanceof AwayError) from.push(step)
        notify({ kind: 'bad', text: reasonOf(error) })
      }
      void refresh()
    })
  }
  const undo = () => back(done.current, undone.current, t.undone)
  const redo = () => back(undone.current, done.current, t.redone)

  const flushRef = useRef(flush)
  flushRef.current = flush
  useEffect(() => {
    void flushRef.current()
    return onConnection(() => {
      if (!isServerAway()) void flushRef.current()
    })
  }, [])
  useEffect(
    () => () => {
      if (held.current!.places.size > 0) void flushRef.current()
    },
    [],
  )

  return {
    pending,
    isSaving: sending > 0,
    place(entry, place) {
      const stored = known(entry.id) ?? entry
      const places = new Map(held.current!.places)
      const version = places.get(entry.id)?.version ?? stored.version
      if (isSamePlace(place, placementOf(stored))) places.delete(entry.id)
      else places.set(entry.id, { place, version, entry: stored, draft: now.current.draft })
      hold({ places })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flushRef.current(), quietMs)
    },
    run,
    async publish(id, version) {
      await flush()
      await inOrder(async () => {
        const path = `/plan-drafts/${id}/publish`
        const { outcomes } = await call<{ outcomes: Outcomes }>('POST', path, {
          ifVersion: version,
        })
        done.current.push({ versions: outcomes.map((one) => one.version), plans: [] })
        undone.current = []
        void refresh(id)
      })
    },
    undo,
    redo,
  }
}

/** The entry once it lies where it was put. */
function sentTo({ entry, place }: Pending, version: number): Entry {
  if (!isPlan(entry)) return { ...entry, ...place, version }
  const plan = { ...entry.plan, ...placedBody(entry, place), version } as TimelinePlanBody
  return { ...entry, ...place, version, plan }
}

/** What moves bars to where they were put. */
function workOf(places: ReadonlyMap<string, Pending>): Work {
  const commands: EventCommandBody[] = []
  const plans: PlanWrite[] = []
  for (const [id, { place, version, entry }] of places) {
    if (isPlan(entry)) {
      const body = placedBody(entry, place)
      plans.push({ kind: 'change', id: entry.plan.id, version, body, before: bodyOf(entry.plan) })
      continue
    }
    const { from, to, person, team } = place
    const owner = person ? { person: person.accountId } : team ? { team: team.id } : {}
    commands.push({ kind: 'change', id, version, change: { from, to, ...owner } })
  }
  return { commands, plans }
}
