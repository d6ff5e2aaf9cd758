import type { FeedIndex } from './feed-index.ts'
import type { Dialect, Switches } from './switches.ts'
import type { World } from './world.ts'
import type { Person } from './world-types.ts'

/** What a route sees of a request. */
export type Call = {
  readonly world: World
  readonly switches: Switches
  readonly dialect: Dialect
  /** Version of the API asked for; `latest` is 2. */
  readonly version: 2 | 3
  /** Whose credential it is; undefined is anonymous. */
  readonly caller: Person | undefined
  /** Address for links, with context path and without a slash at the end. */
  readonly base: string
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly feeds: FeedIndex
  readonly searches: Map<string, SearchSnapshot>
}

/** A running search of Cloud's: the issues it found when it began. */
export type SearchSnapshot = {
  readonly query: string
  readonly ids: readonly string[]
  readonly expiresAt: number
}

/** What a route answers; `json` undefined is an empty body. */
export type Answer = {
  readonly status: number
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One route: where it is, who has it, whether it needs a person, and what it does. */
export type Route = {
  readonly method: string
  /** Below `/rest/api/N/`; `*` stands for one part. */
  readonly path: string
  readonly dialects?: readonly Dialect[]
  readonly isPublic?: boolean
  /** OAuth scope it needs beyond reading. */
  readonly scope?: string
  handle(call: Call): Answer
}

/** An answer with status 200. */
export function ok(json: unknown): Answer {
  return { status: 200, json }
}

/** The number in the query, or the default; undefined where it is no whole number. */
export function numberIn(
  query: URLSearchParams,
  name: string,
  instead: number,
): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return instead
  return /^-?\d+$/.test(text) ? Number(text) : undefined
}

/** The object a body holds, or an empty one. */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Readonly<Record<string, unknown>>)
    : {}
}
