import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ProblemError, reasonOf } from '../../api/problem.ts'
import { notify } from '../../parts/notices.tsx'
import { useSharedTexts } from '../../texts/shared.ts'
import { bodyOf, type Column, isSame, type Row, type Value } from './column.ts'
import { useTableTexts } from './table-texts.ts'
import { tellWithUndo } from './undo.ts'

/** Where the rows of a table are written. */
export type Source<R extends Row> = {
  /** Begins the keys of whatever shows these rows: read again after each write. */
  readonly queryKey: readonly unknown[]
  readonly nameOf: (row: R) => string
  readonly create?: (body: object) => Promise<R>
  readonly change?: (row: R, body: object, ifVersion: number | undefined) => Promise<R>
  readonly remove?: (row: R) => Promise<unknown>
  /** What makes a removed row again; without it removing asks first. */
  readonly again?: (row: R) => object
}

export type TableWrites<R extends Row> = {
  readonly source: Source<R>
  /** What a cell shows: what was typed and is on its way, or what the row holds. */
  readonly valueOf: (row: R, column: Column<R>) => Value
  readonly isPending: (row: R, column: Column<R>) => boolean
  readonly change: (row: R, column: Column<R>, value: Value) => Promise<void>
  /** Throws what the server refused, for a form to show. */
  readonly create: (body: object) => Promise<R>
  readonly remove: (row: R) => Promise<void>
  readonly readAgain: () => Promise<void>
}

/** Writes shown at once, taken back when refused, undone by writing what was there before. */
export function useTableWrites<R extends Row>(source: Source<R>): TableWrites<R> {
  const t = useTableTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const [pending, setPending] = useState<ReadonlyMap<string, Value>>(new Map())
  // One write after another: each starts from the row as the one before left it.
  const latest = useRef(new Map<string, R>())
  const lines = useRef(new Map<string, Promise<unknown>>())
  const keyOf = (row: R, column: Column<R>) => `${row.id} ${column.id}`
  const readAgain = () => client.invalidateQueries({ queryKey: source.queryKey })
  const note = (row: R) => {
    latest.current.set(row.id, row)
    return row
  }
  const newest = (row: R): R => {
    const noted = latest.current.get(row.id)
    return noted && (noted.version ?? 0) > (row.version ?? 0) ? noted : row
  }
  const write = (row: R, column: Column<R>, value: Value, isForced: boolean): Promise<R> => {
    const run = async () => {
      const now = newest(row)
      const ifVersion = isForced ? undefined : now.version
      return note(await source.change!(now, bodyOf(column, value, now), ifVersion))
    }
    const before = lines.current.get(row.id) ?? Promise.resolve()
    const next = before.then(run, run)
    lines.current.set(row.id, next)
    return next
  }

  const change = async (row: R, column: Column<R>, value: Value, force = false): Promise<void> => {
    const before = column.of(row)
    if (isSame(before, value)) return
    const key = keyOf(row, column)
    setPending((all) => new Map(all).set(key, value))
    try {
      await write(row, column, value, force)
      await readAgain()
      tellWithUndo(t.changed(source.nameOf(row)), async () => {
        await write(row, column, before, false)
        await readAgain()
      })
    } catch (error) {
      latest.current.delete(row.id)
      void readAgain()
      if (error instanceof ProblemError && error.status === 412)
        notify({
          kind: 'bad',
          text: shared.staleTitle,
          action: { label: shared.keepMine, run: () => void change(row, column, value, true) },
        })
      else notify({ kind: 'bad', text: reasonOf(error) })
    } finally {
      setPending((all) => {
        const left = new Map(all)
        left.delete(key)
        return left
      })
    }
  }

  return {
    source,
    readAgain,
    valueOf(row, column) {
      const typed = pending.get(keyOf(row, column))
      return typed === undefined ? column.of(row) : typed
    },
    isPending: (row, column) => pending.has(keyOf(row, column)),
    change: (row, column, value) => change(row, column, value),
    async create(body) {
      const row = note(await source.create!(body))
      await readAgain()
      const told = t.added(source.nameOf(row))
      const { remove } = source
      if (remove)
        tellWithUndo(told, async () => {
          await remove(row)
          await readAgain()
        })
      else notify({ text: told })
      return row
    },
    async remove(row) {
      const { remove, again, create } = source
      try {
        await remove!(row)
        await readAgain()
        const told = t.removed(source.nameOf(row))
        if (again && create)
          tellWithUndo(told, async () => {
            await create(again(row))
            await readAgain()
          })
        else notify({ text: told })
      } catch (error) {
        notify({ kind: 'bad', text: reasonOf(error) })
        void readAgain()
      }
    },
  }
}
