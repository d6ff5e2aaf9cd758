import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { WeekBody, WorklogBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { isServerAway, onConnection } from '../api/connection.ts'
import { AwayError, ProblemError } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { type Inverse, inverseOf, type Operation } from './operations.ts'
import { weekQuery } from './week-query.ts'

export type Refused = {
  readonly operation: Operation
  readonly error: unknown
  /** The row as the server holds it now, where somebody else was faster. */
  readonly current?: WorklogBody | undefined
}

type Group = {
  readonly keys: Set<string>
  readonly inverses: Inverse[]
  readonly week: string
  readonly personId: string
}

const storageKey = 'hourbook.outbox'
const listeners = new Set<() => void>()
const known = new Map<string, { readonly id: string; readonly version: number }>()
const mostUndone = 50
const mostRefused = 50
let queue: readonly Operation[] = read()
let undoable: readonly Group[] = []
let isSending = false
let refusals: readonly Refused[] = []
let onRefused: (refused: Refused) => void = () => {}

onConnection(() => {
  if (!isServerAway()) void send()
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Writes that are not answered yet, oldest first. */
export function usePending(): readonly Operation[] {
  return useSyncExternalStore(subscribe, () => queue)
}

/** Writes whose fields were refused, newest last: what was typed, until it is said anew or let go. */
export function useRefused(): readonly Refused[] {
  return useSyncExternalStore(subscribe, () => refusals)
}

/** Lets go of refused writes. */
export function forgetRefused(isMeant: (operation: Operation) => boolean): void {
  refusals = refusals.filter(({ operation }) => !isMeant(operation))
  tell()
}

/** Who is told what was refused. */
export function listenForRefusals(listener: (refused: Refused) => void): void {
  onRefused = listener
}

/** Shows these writes at once and sends them in order; they are undone together. */
export function enqueue(operations: readonly Operation[], isUndo = false): void {
  const [first] = operations
  if (!first) return
  if (!isUndo) {
    const keys = new Set(operations.map(({ key }) => key))
    const group = { keys, inverses: [], week: first.week, personId: first.personId }
    undoable = [...undoable, group].slice(-mostUndone)
  }
  set([...queue, ...operations])
  void send()
}

/** Takes back the last write, or the last several that belong together. False: nothing to undo. */
export function undoLast(newKey: () => string): boolean {
  const group = undoable.at(-1)
  if (!group) return false
  undoable = undoable.slice(0, -1)
  // What has not left yet never happened; the first one may be on its way just now.
  set(queue.filter(({ key }, at) => !group.keys.has(key) || (at === 0 && isSending)))
  const { week, personId } = group
  enqueue(
    group.inverses.toReversed().map((inverse): Operation => {
      const key = newKey()
      const common = { key, week, personId }
      return inverse.kind === 'log'
        ? { ...common, ...inverse, id: `new ${key}` }
        : { ...common, ...inverse }
    }),
    true,
  )
  return true
}

async function send(): Promise<void> {
  if (isSending) return
  isSending = true
  try {
    for (let next = queue[0]; next; next = queue[0]) {
      try {
        await sendOne(next)
      } catch (error) {
        if (error instanceof AwayError) return
        await refuse(next, error)
      }
      set(queue.filter(({ key }) => key !== next.key))
    }
  } finally {
    isSending = false
  }
}

async function sendOne(operation: Operation): Promise<void> {
  const before = await storedRow(queryClient, operation)
  const after = await request(operation)
  keepRow(queryClient, operation, after)
  if (after) known.set(operation.id, { id: after.id, version: after.version })
  const inverse = inverseOf(operation, before, after)
  const group = undoable.find(({ keys }) => keys.has(operation.key))
  if (inverse && group) group.inverses.push(inverse)
}

async function request(operation: Operation): Promise<WorklogBody | undefined> {
  const { key: idempotencyKey } = operation
  if (operation.kind === 'log') {
    const { issue, day, values, category, visibility } = operation
    const body = {
      issue: issue.id,
      day,
      ...values,
      ...(category ? { category } : {}),
      ...(visibility ? { visibility } : {}),
      ...authorOf(operation),
    }
    return call<WorklogBody>('POST', '/worklogs', { body, idempotencyKey })
  }
  const row = rowOf(operation)
  if (operation.kind === 'remove') {
    await call('DELETE', `/worklogs/${row.id}`, { ifVersion: row.version })
    return undefined
  }
  const { id, version: ifVersion } = row
  const body = operation.values
  return call<WorklogBody>('PATCH', `/worklogs/${id}`, { body, ifVersion, idempotencyKey })
}

/** The id and version our own earlier writes have led to. */
function rowOf({ id, version }: Extract<Operation, { version: number }>) {
  const later = known.get(id)
  return { id: later?.id ?? id, version: Math.max(version, later?.version ?? 0) }
}

/** The version our own writes have led a row to; 0 where there were none. */
export function ownVersionOf(id: string): number {
  return known.get(id)?.version ?? 0
}

function authorOf({ personId }: Operation): { author?: string } {
  return { author: personId }
}

async function storedRow(client: QueryClient, { kind, id, personId, week }: Operation) {
  if (kind === 'log') return undefined
  const data = client.getQueryData<WeekBody>(weekQuery(personId, week).queryKey)
  const realId = known.get(id)?.id ?? id
  return data?.worklogs.find((one) => one.id === realId)
}

/** What the server answered takes the place of what was shown for it. */
function keepRow(
  client: QueryClient,
  { id, personId, week }: Operation,
  after: WorklogBody | undefined,
): void {
  const realId = after?.id ?? known.get(id)?.id ?? id
  client.setQueryData<WeekBody>(weekQuery(personId, week).queryKey, (data) => {
    if (!data) return data
    const others = data.worklogs.filter((one) => one.id !== realId)
    const days = new Set(data.days.map(({ day }) => day))
    const worklogs = after && days.has(after.day) ? [...others, after] : others
    return { ...data, worklogs }
  })
}

async function refuse(operation: Operation, error: unknown): Promise<void> {
  const { id, personId, week } = operation
  // What came after on the same row meant a state that never was.
  set(queue.filter((one) => one.id !== id || one.key === operation.key))
  const { queryKey } = weekQuery(personId, week)
  const isStale = error instanceof ProblemError && (error.status === 412 || error.status === 404)
  await queryClient.invalidateQueries({ queryKey })
  const current = isStale
    ? queryClient
        .getQueryData<WeekBody>(queryKey)
        ?.worklogs.find((one) => one.id === rowIdOf(operation))
    : undefined
  if (operation.kind !== 'log') known.delete(id)
  const refused = { operation, error, current }
  if (error instanceof ProblemError && (error.problem.problems ?? []).length > 0)
    refusals = [...refusals, refused].slice(-mostRefused)
  tell()
  onRefused(refused)
}

function rowIdOf({ id }: Operation): string {
  return known.get(id)?.id ?? id
}

function set(operations: readonly Operation[]): void {
  queue = operations
  localStorage.setItem(storageKey, JSON.stringify(queue))
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function read(): readonly Operation[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(kept) ? (kept as Operation[]) : []
  } catch {
    return []
  }
}

/** Sends what an earlier visit left behind. */
export function resumeSending(): void {
  void send()
}
