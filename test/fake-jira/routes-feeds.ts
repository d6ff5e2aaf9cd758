import { worklogBean } from './beans.ts'
import { refusal } from './errors.ts'
import { type Change, firstAt } from './feed-index.ts'
import { type Answer, type Call, numberIn, objectOf, ok, type Route } from './route.ts'
import { canSee } from './world-state.ts'
import type { Worklog } from './world-types.ts'

/** The three ways to all worklogs at once: what changed, what went, and the rows themselves. */
export const feedRoutes: readonly Route[] = [
  { method: 'GET', path: 'worklog/updated', handle: (call) => feed(call, 'updated') },
  { method: 'GET', path: 'worklog/deleted', handle: (call) => feed(call, 'deleted') },
  { method: 'POST', path: 'worklog/list', handle: list },
]

function feed(call: Call, kind: 'updated' | 'deleted'): Answer {
  const { switches, world } = call
  const since = numberIn(call.query, 'since', 0)
  // Jira answers 404 where a path or query value is no number.
  if (since === undefined) throw refusal(404, `null for uri: ${call.base}`)
  const changes = call.feeds[kind]()
  const until = world.clock.now() - switches.feedLagMs
  const page = collect(call, kind, changes, switches.sinceInclusive ? since : since + 1, until)
  const last = page.values.at(-1)?.at ?? since
  const base = switches.foreignHost ?? call.base
  const address = (from: number) => `${base}/rest/api/${call.version}/worklog/${kind}?since=${from}`
  return ok({
    values: page.values.map(({ id, at }) => ({ worklogId: id, updatedTime: at, properties: [] })),
    since,
    until: last,
    self: address(since),
    ...(page.isLast ? {} : { nextPage: address(last) }),
    lastPage: page.isLast,
    ...(call.dialect === 'dc' && switches.sendIsLastPage ? { isLastPage: page.isLast } : {}),
  })
}

// Jira reads a page, drops what the caller may not see, and reads on until the page is full.
function collect(
  call: Call,
  kind: 'updated' | 'deleted',
  changes: readonly Change[],
  since: number,
  until: number,
): { readonly values: Change[]; readonly isLast: boolean } {
  const { feedPageSize, feedScanLimit } = call.switches
  const values: Change[] = []
  let hidden = 0
  for (let at = firstAt(changes, since); at < changes.length; at += 1) {
    const change = changes[at]!
    if (change.at > until) break
    if (kind === 'updated' && !isVisible(call, change)) {
      hidden += 1
      if (hidden > feedScanLimit) throw refusal(500, 'Internal server error')
      continue
    }
    if (values.length === feedPageSize) return { values, isLast: false }
    values.push(change)
  }
  return { values, isLast: true }
}

function isVisible({ world, caller }: Call, { id }: Change): boolean {
  const worklog = world.state.worklogs.get(id)
  return worklog !== undefined && canSee(world.state, caller, worklog)
}

function list(call: Call): Answer {
  const { ids } = objectOf(call.body)
  const { listMax } = call.switches
  if (!Array.isArray(ids) || ids.length === 0) {
    throw refusal(400, 'The list of worklog ids must not be empty.')
  }
  if (ids.length > listMax) {
    throw refusal(400, `The number of worklog ids must not be greater than ${listMax}.`)
  }
  const numbers = [...new Set(ids.map(Number))]
  if (!numbers.every(Number.isSafeInteger)) throw refusal(400, 'Can not deserialize worklog ids.')
  const rows = numbers
    .map((id) => call.world.state.worklogs.get(id))
    .filter((row): row is Worklog => row !== undefined)
    .filter((row) => canSee(call.world.state, call.caller, row))
  // By id, not as asked: nothing promises the order of the request.
  rows.sort((a, b) => a.id - b.id)
  return ok(rows.map((row) => worklogBean(call, row)))
}
