import { canonicalJson } from '../domain/audit.ts'
import { DomainError } from '../domain/errors.ts'
import type { Ingest } from '../domain/ingest.ts'
import { type Gone, markGone } from '../domain/ingest-gone.ts'
import {
  addCounts,
  type IngestCounts,
  noCounts,
  type SourceBatch,
  type SourceGroup,
} from '../domain/ingest-source.ts'
import type { JiraLink } from '../domain/jira-link.ts'
import type { Connection, SiteId } from '../domain/site.ts'
import type { Store, Writing } from '../domain/store.ts'
import type { SyncState } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { withinChoice } from './choice.ts'
import { withinHorizon } from './horizon.ts'
import type { JiraApi } from './jira-api.ts'

export type ReadingNeeds = {
  readonly store: Store
  readonly ingest: Ingest
  readonly api: JiraApi
  readonly siteId: SiteId
  readonly connection: Connection
  readonly link: JiraLink
  readonly owner: string
  readonly now: () => Instant
  readonly leaseMs: number
  readonly signal?: AbortSignal
  /** Told after every page, for progress. */
  readonly onPage?: (progress: ReadingProgress) => void
}

export type ReadingProgress = {
  readonly step: 'worklogs' | 'deletions' | 'issues' | 'catalogue' | 'reconciliation'
  readonly counts: IngestCounts
  /** Update time the worklogs have been read up to. */
  readonly cursor: number
  readonly requests: number
}

export type Tally = { deleted: number; gone: number; drift: number; suspects: number }

/** One process reading one connection, under its lease, page by page. */
export type Reading = ReadingNeeds & {
  readonly state: () => SyncState
  readonly counts: IngestCounts
  readonly tally: Tally
  /** The site's version now: rows deleted here later are not revived by what was asked before. */
  readonly version: () => Promise<number>
  /** Writes rows, tombstones and how far the reading has come in one transaction, or nothing. */
  readonly commit: (work: Commit) => Promise<void>
}

export type Commit = {
  readonly step: ReadingProgress['step']
  readonly batch?: Partial<SourceBatch>
  readonly groups?: readonly SourceGroup[]
  /** As read from the Jira itself when the site stood at this version. */
  readonly sinceVersion: number
  readonly gone?: readonly Gone[]
  /** The issues come with all of their rows. */
  readonly isWhole?: boolean
  readonly state?: Partial<SyncState>
  readonly alongside?: (tx: Writing) => Promise<void>
}

const emptyBatch: SourceBatch = {
  issues: [],
  worklogs: [],
  people: [],
  projects: [],
  filters: [],
  fields: [],
}

export function makeReading(needs: ReadingNeeds, first: SyncState): Reading {
  const { store, ingest, siteId, connection, owner, now, leaseMs } = needs
  let state = first
  const counts = noCounts()
  const tally: Tally = { deleted: 0, gone: 0, drift: 0, suspects: 0 }
  return {
    ...needs,
    state: () => state,
    counts,
    tally,
    version: async () => (await store.sites.get(siteId)).version,
    async commit({ step, batch, groups, sinceVersion, gone, isWhole, state: change, alongside }) {
      needs.signal?.throwIfAborted()
      const next = { ...state, ...change }
      const lease = { owner, until: now() + leaseMs }
      let marked = { deleted: 0, gone: 0, drift: 0 }
      const inside = await withinChoice(needs, batch ?? {}, isWhole === true)
      const wanted = await withinHorizon(needs, inside.batch)
      const taken = await ingest.take(
        siteId,
        connection,
        { ...emptyBatch, ...wanted },
        {
          live: { sinceVersion, ...(groups ? { groups } : {}) },
          async alongside(tx) {
            await checkChoice(tx, needs)
            // Where a row is both, that it is gone from its Jira says more.
            const leaving = [...inside.leaving, ...(gone ?? [])]
            marked = await markGone({ tx, siteId, connection, at: now() }, leaving)
            await tx.sync.putOutside(siteId, connection.id, inside.outside, true)
            await tx.sync.putOutside(siteId, connection.id, inside.inside, false)
            await alongside?.(tx)
            // Last, so that a process whose lease ran out meanwhile leaves nothing behind.
            if (!(await tx.sync.put(siteId, connection.id, next, lease))) throw lostLease()
          },
        },
      )
      state = next
      addCounts(counts, taken)
      tally.deleted += marked.deleted
      tally.gone += marked.gone
      tally.drift += marked.drift
      needs.onPage?.({
        step,
        counts,
        cursor: state.updatedCursor,
        requests: needs.api.client.counters.requests,
      })
    },
  }
}

/** A reading ends where somebody chose other projects meanwhile: nothing unchosen comes in after. */
async function checkChoice(tx: Writing, { siteId, link }: ReadingNeeds): Promise<void> {
  const now = await tx.links.find(siteId, link.connectionId)
  if (now && canonicalJson(now.projects) !== canonicalJson(link.projects)) throw otherChoice()
}

function otherChoice(): DomainError {
  return new DomainError('conflict', 'Other projects were chosen meanwhile: it is read anew', {
    reason: 'other-choice',
  })
}

export function isOtherChoice(error: unknown): boolean {
  return error instanceof DomainError && error.details.reason === 'other-choice'
}

export function lostLease(): DomainError {
  return new DomainError('conflict', 'Another process reads this connection now', {
    reason: 'lease-lost',
  })
}
