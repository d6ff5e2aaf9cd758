/** One request the fake has seen. */
export type LoggedRequest = {
  readonly method: string
  /** Without context path and query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Method and route without version and ids: `GET issue/{idOrKey}/worklog`. */
  readonly route: string
  readonly body: unknown
  /** Moment by the fake's clock. */
  readonly at: number
  /** Filled in as the request goes on. */
  status: number
  account: string | undefined
  fault: string | undefined
}

/** Every request since the start or the last `clear`. */
export type RequestLog = {
  readonly all: readonly LoggedRequest[]
  /** How many requests, of a route, or that satisfy a test. */
  count(which?: string | ((request: LoggedRequest) => boolean)): number
  /** Counts by route. */
  byRoute(): Readonly<Record<string, number>>
  clear(): void
}

/** An empty log with the server's way to add to it. */
export function makeRequestLog() {
  const all: LoggedRequest[] = []
  const log: RequestLog = {
    all,
    count(which) {
      if (which === undefined) return all.length
      const isCounted =
        typeof which === 'string' ? ({ route }: LoggedRequest) => route === which : which
      return all.filter(isCounted).length
    },
    byRoute() {
      const counts: Record<string, number> = {}
      for (const { route } of all) counts[route] = (counts[route] ?? 0) + 1
      return counts
    },
    clear() {
      all.length = 0
    },
  }
  return { log, add: (request: LoggedRequest) => void all.push(request) }
}
