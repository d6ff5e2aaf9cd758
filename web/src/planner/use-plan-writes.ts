import type { Static } from '@sinclair/typebox'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { EventBody, EventCommandBody, EventOutcomes } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { onConnection } from '../api/connection.ts'
import { AwayError, ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import { isSamePlace, type Placement, placementOf } from './placement.ts'
import type { TimelineBody } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'

type Outcomes = Static<typeof EventOutcomes>['outcomes']

/** A bar that lies elsewhere than the server knows yet. */
type Pending = { readonly place: Placement; readonly version: number }

export type PlanWrites = {
  /** Where bars lie that are not saved yet. */
  readonly pending: ReadonlyMap<string, Pending>
  readonly isSaving: boolean
  /** Shows a bar elsewhere at once; saved after a moment without further changes. */
  readonly place: (event: EventBody, place: Placement) => void
  /** Sends commands at once, one step of undo; undefined where refused, which is told. */
  readonly run: (
    commands: readonly EventCommandBody[],
    said?: string,
  ) => Promise<Outcomes | undefined>
  readonly undo: () => Promise<void>
  readonly redo: () => Promise<void>
}

const quietMs = 350

/** Everything that changes plans: shown at once, sent in order, taken back by version. */
export function usePlanWrites(timelineKey: readonly unknown[]): PlanWrites {
  const t = usePlannerTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [pending, setPending] = useState<ReadonlyMap<string, Pending>>(new Map())
  const [sending, setSending] = useState(0)
  const key = useRef(timelineKey)
  key.current = timelineKey
  const held = useRef<Map<string, Pending>>(new Map())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const chain = useRef<Promise<unknown>>(Promise.resolve())
  const done = useRef<number[][]>([])
  const undone = useRef<number[][]>([])

  const hold = (change: (map: Map<string, Pending>) => void) => {
    change(held.current)
    setPending(new Map(held.current))
  }

  const known = (id: string) =>
    client.getQueryData<TimelineBody>(key.current)?.events.find((event) => event.id === id)

  const keep = (outcomes: Outcomes) => {
    client.setQueryData<TimelineBody>(key.current, (body) => {
      if (!body) return body
      const events = body.events.filter(({ id }) => !outcomes.some((one) => one.id === id))
      const now = new Map(outcomes.map((one) => [one.id, one.event]))
      return {
        ...body,
        events: [...events, ...[...now.values()].filter((one) => one !== undefined)],
      }
    })
    void client.invalidateQueries({ queryKey: ['timeline'] })
    void client.invalidateQueries({ queryKey: ['vacations'] })
  }

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    setSending((count) => count + 1)
    const result = chain.current.then(work, work)
    chain.current = result.catch(() => undefined).finally(() => setSending((count) => count - 1))
    return result
  }

  const post = async (path: string, body: unknown): Promise<Outcomes> => {
    await client.cancelQueries({ queryKey: ['timeline'] })
    const { outcomes } = await call<{ outcomes: Outcomes }>('POST', path, { body })
    keep(outcomes)
    return outcomes
  }

  const sendPlaces = async (): Promise<void> => {
    const sent = new Map(held.current)
    if (sent.size === 0) return
    const commands = [...sent].map(([id, { place, version }]) => changeOf(id, version, place))
    try {
      const outcomes = await post('/events/bulk', { commands })
      done.current.push(outcomes.map(({ version }) => version))
      undone.current = []
      hold((map) => {
        for (const { id, event } of outcomes) {
          const now = map.get(id)
          if (now === sent.get(id)) map.delete(id)
          else if (now && event) map.set(id, { ...now, version: event.version })
        }
      })
    } catch (error) {
      // What was moved stays where it was put, and is sent once the server is back.
      if (error instanceof AwayError) return
      hold((map) => {
        for (const id of sent.keys()) map.delete(id)
      })
      await tell(error, commands)
    }
  }

  /** Says why something was refused; offers to insist where somebody else was faster. */
  const tell = async (error: unknown, commands: readonly EventCommandBody[]) => {
    const isStale = error instanceof ProblemError && error.status === 412
    const before = commands.flatMap(({ id }) => (id ? [known(id)] : []))[0]
    await client.invalidateQueries({ queryKey: ['timeline'] })
    if (!isStale) return notify({ kind: 'bad', text: reasonOf(error) })
    const now = before && known(before.id)
    const what = before ? labelOf(t, before) : ''
    if (!now) return notify({ kind: 'bad', text: t.gone(what) })
    notify({
      kind: 'bad',
      text: t.stale(what, describe(t, format, now)),
      action: {
        label: t.keepMine,
        run: () => void run(commands.map(({ version, ...command }) => command)),
      },
    })
  }

  const flush = () => {
    clearTimeout(timer.current)
    return inOrder(sendPlaces)
  }

  const run: PlanWrites['run'] = async (commands, said) => {
    await flush()
    return inOrder(async () => {
      try {
        const outcomes = await post('/events/bulk', { commands })
        done.current.push(outcomes.map(({ version }) => version))
        undone.current = []
        if (said) notify({ text: said, action: { label: t.undo, run: () => void undo() } })
        return outcomes
      } catch (error) {
        await tell(error, commands)
        return undefined
      }
    })
  }

  const back = async (from: number[][], to: number[][], said: string) => {
    await flush()
    await inOrder(async () => {
      const versions = from.pop()
      if (!versions) return notify({ text: t.nothingToUndo })
      try {
        const outcomes = await post('/events/undo', { versions })
        to.push(outcomes.map(({ version }) => version))
        notify({ text: said })
      } catch (error) {
        if (error instanceof AwayError) from.push(versions)
        notify({ kind: 'bad', text: reasonOf(error) })
        void client.invalidateQueries({ queryKey: ['timeline'] })
      }
    })
  }
  const undo = () => back(done.current, undone.current, t.undone)
  const redo = () => back(undone.current, done.current, t.redone)

  const flushRef = useRef(flush)
  flushRef.current = flush
  useEffect(() => onConnection(() => void flushRef.current()), [])
  useEffect(
    () => () => {
      if (held.current.size > 0) void flushRef.current()
    },
    [],
  )

  return {
    pending,
    isSaving: sending > 0,
    place(event, place) {
      const stored = known(event.id) ?? event
      const version = held.current.get(event.id)?.version ?? stored.version
      hold((map) => {
        if (isSamePlace(place, placementOf(stored))) map.delete(event.id)
        else map.set(event.id, { place, version })
      })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flushRef.current(), quietMs)
    },
    run,
    undo,
    redo,
  }
}

function changeOf(id: string, version: number, place: Placement): EventCommandBody {
  const { from, to, person, team } = place
  const owner = person ? { person: person.accountId } : team ? { team: team.id } : {}
  return { kind: 'change', id, version, change: { from, to, ...owner } }
}
