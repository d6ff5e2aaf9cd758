import type { Call } from './call.ts'
import { parseCursor } from './cursor.ts'
import { badRequest } from './errors.ts'
import { type Query, wholeIn } from './query.ts'

/** Which rows of a list the caller asks for. */
export type Range = { readonly offset: number; readonly limit: number }

const usualLimit = 50

/** `offset` and `limit`; more than the version's most is cut to it without a word [inferred]. */
export function rangeOf({ query, face }: Pick<Call, 'query' | 'face'>): Range {
  return rangeIn(query, face.mostRows)
}

function rangeIn(query: Query, mostRows: number): Range {
  const offset = wholeIn(query, 'offset', 0) ?? 0
  if (offset > 2_000_000_000) throw badRequest("'offset' is too large")
  return { offset, limit: Math.min(wholeIn(query, 'limit', 1) ?? usualLimit, mostRows) }
}

/** A page that was read as such: its rows as they are shown, and whether more follow. */
export function paged(
  call: Call,
  range: Range,
  results: readonly unknown[],
  hasMore: boolean,
): object {
  const { links } = call
  return {
    self: links.self,
    metadata: {
      // The rows of this page, never a total: one client pages while it equals its limit [seed].
      count: results.length,
      offset: range.offset,
      limit: range.limit,
      ...(hasMore ? { next: pageAddress(call, range.offset + range.limit, range.limit) } : {}),
      ...(range.offset > 0
        ? { previous: pageAddress(call, Math.max(0, range.offset - range.limit), range.limit) }
        : {}),
    },
    results,
  }
}

/** A page of POST searches whose metadata has no links [S4n]. */
export function pagedWithoutLinks(
  { links }: Call,
  range: Range,
  results: readonly unknown[],
): object {
  return {
    self: links.self,
    metadata: { count: results.length, offset: range.offset, limit: range.limit },
    results,
  }
}

/** How many rows a page by token has, and where it begins. */
export function tokenRange({ query }: Call, usual: number, most: number) {
  const token = query.one('nextPageToken')
  return {
    limit: Math.min(wholeIn(query, 'limit', 1) ?? usual, most),
    after: token === undefined ? undefined : parseCursor('nextPageToken', token),
  }
}

/** A page by token: `next` is where the next one begins, if there is one [S4n]. */
export function pagedByToken(
  { links }: Call,
  limit: number,
  next: string | undefined,
  results: readonly unknown[],
): object {
  const way = {
    nextPageToken: next,
    nextPageUrl: `${links.path}?limit=${limit}&nextPageToken=${next}`,
  }
  return { self: links.self, metadata: { limit, ...(next === undefined ? {} : way) }, results }
}

/** A page cut out of a short list that was read whole. */
export function pagedOut<T>(call: Call, rows: readonly T[], render: (row: T) => unknown): object {
  const range = rangeOf(call)
  const page = rows.slice(range.offset, range.offset + range.limit)
  return paged(call, range, page.map(render), rows.length > range.offset + range.limit)
}

/**
 * A list that is documented as not paged. One older connector pages these as well, and would turn
 * for ever if it always got everything: with `limit` or `offset` it is paged [C 1].
 */
export function whole<T>(call: Call, rows: readonly T[], render: (row: T) => unknown): object {
  const { query, links } = call
  if (query.one('limit') !== undefined || query.one('offset') !== undefined)
    return pagedOut(call, rows, render)
  const results = rows.map(render)
  return { self: links.self, metadata: { count: results.length }, results }
}

/** Version 4 pages a list that version 3 gives whole. */
export function wholeOrPaged<T>(
  call: Call,
  rows: readonly T[],
  render: (row: T) => unknown,
): object {
  return call.face.version === 4 ? pagedOut(call, rows, render) : whole(call, rows, render)
}

/** The caller's address with its own parameters as they came, and offset and limit set once. */
function pageAddress({ links }: Call, offset: number, limit: number): string {
  const kept = links.query
    .split('&')
    .filter((part) => part !== '' && !/^(offset|limit)(=|$)/i.test(part))
  return `${links.path}?${[...kept, `offset=${offset}`, `limit=${limit}`].join('&')}`
}
