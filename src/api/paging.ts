import { parseDay } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import type { WorklogBookmark, WorklogId, WorklogOrder } from '../domain/worklog.ts'

const usualLimit = 100

/** How many rows a page shall have; the contract's pattern has bounded the text already. */
export function limitOf(query: { readonly limit?: string }): number {
  return query.limit === undefined ? usualLimit : Number(query.limit)
}

/** Opaque place in a list of worklogs: behind which row, in which order. */
export function renderBookmark(
  { day, id }: { readonly day: string; readonly id: string },
  order: WorklogOrder,
): string {
  return encode([order, day, id])
}

export function parseBookmark(cursor: string, order: WorklogOrder): WorklogBookmark {
  const [of, day = '', id = '', ...rest] = decode(cursor)
  if (!isId(id) || rest.length > 0) throw broken()
  if (of !== order) throw invalidField('cursor', 'belongs to another order')
  return { day: parseDay(day, 'cursor'), id: id as WorklogId }
}

/** Opaque place in a list that is ordered by id alone. */
export function renderIdCursor(id: string): string {
  return encode([id])
}

export function parseIdCursor<Id extends string>(cursor: string | undefined): { afterId?: Id } {
  if (cursor === undefined) return {}
  const [id = '', ...rest] = decode(cursor)
  if (!isId(id) || rest.length > 0) throw broken()
  return { afterId: id as Id }
}

/** Cuts the row that was read only to know whether there is a next page. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  render: (last: T) => string,
): { page: readonly T[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: rows.length > limit && last !== undefined ? render(last) : null }
}

function encode(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function decode(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts
  } catch {
    // Whatever it is, it did not come from here.
  }
  throw broken()
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text)
}

function broken(): Error {
  return invalidField('cursor', 'is broken; take it from `next` as it is')
}
