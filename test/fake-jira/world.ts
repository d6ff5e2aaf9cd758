import { aClock, type HandClock } from '../clock.ts'
import { issuesOf } from './world-issues.ts'
import { peopleOf } from './world-people.ts'
import { makePulse } from './world-pulse.ts'
import { emptyState, visibleRows } from './world-state.ts'
import type { Person, WorldEvent } from './world-types.ts'
import { worklogsApi } from './world-worklogs.ts'

/** A Jira's content with the ways to change it; every change moves the clock by a millisecond. */
export type World = ReturnType<typeof makeWorld>

/** An empty Jira with one administrator, `world.admin`, who sees every project not hidden. */
export function makeWorld({ clock = aClock() }: { clock?: HandClock } = {}) {
  const state = emptyState(clock)
  const pulse = makePulse(state)
  const people = peopleOf(state, pulse)
  const admin = people.addUser({ name: 'admin', displayName: 'Ada Admin', isAdmin: true })
  return {
    state,
    clock,
    admin,
    ...people,
    ...issuesOf(state, pulse),
    ...worklogsApi(state, pulse),
    /** Counts changes: an index over the world is stale when this has moved. */
    revision: (): number => pulse.revision,
    /** Everything done inside carries the same stamp. */
    inOneMillisecond<T>(work: () => T): T {
      const { tickMs } = pulse
      pulse.tickMs = 0
      try {
        return work()
      } finally {
        pulse.tickMs = tickMs
      }
    },
    /** From now on stamps are off by this much, as on a cluster node with a wrong clock. */
    skewClock(ms: number): void {
      pulse.skewMs = ms
    },
    /** The truth to compare a synced store with: every row the person may see, by id. */
    visibleWorklogs: (person: Person = admin) => visibleRows(state, person),
    /** What the person logs in with; all of it is made from the name, so a test can guess it. */
    credentialsOf: (person: Person) => credentialsOf(person),
    /** Hears every event a webhook could tell; returns the way to stop. */
    onEvent(listener: (event: WorldEvent) => void): () => void {
      pulse.listeners.add(listener)
      return () => pulse.listeners.delete(listener)
    },
  }
}

/** A person's e-mail and API token (Cloud), PAT, user name and password (Data Center). */
export function credentialsOf(person: Person) {
  const { name, handle, emailAddress = `${handle}@example.org` } = person
  const [apiToken, pat, password] = [`token-${handle}`, `pat-${handle}`, `password-${handle}`]
  return {
    email: emailAddress,
    username: name,
    apiToken,
    pat,
    password,
    /** Ready for the `Authorization` header. */
    header: {
      basicToken: basic(emailAddress, apiToken),
      bearer: `Bearer ${pat}`,
      basicPassword: basic(name, password),
    },
  }
}

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}`
}
