import { canonicalJson } from './audit.ts'
import type { Day, Period } from './day.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/** Totals of a snapshot, and the hash over its rows in the order of their ids. */
export type SnapshotTotals = {
  readonly worklogCount: number
  readonly timeSpentSeconds: number
  readonly billableSeconds: number
  readonly contentHash: string
}

/**
 * One link of the chain of period manifests: days were closed, with a snapshot of their worklogs, or
 * opened again.
 */
export type Manifest = SnapshotTotals & {
  /** Gapless per site, from 1. */
  readonly seq: number
  readonly kind: 'close' | 'reopen'
  readonly from: Day
  readonly to: Day
  readonly at: Instant
  readonly actorId: PersonId | null
  readonly comment: string
  readonly hash: string
}

/** Hash the first manifest of a site is chained to. */
export const manifestGenesis = '0'.repeat(64)

/** The text a manifest's hash is taken over, the hash of the one before included. */
export function manifestText(
  previousHash: string,
  siteId: SiteId,
  manifest: Omit<Manifest, 'hash'>,
): string {
  return canonicalJson([
    previousHash,
    siteId,
    manifest.seq,
    manifest.kind,
    manifest.from,
    manifest.to,
    manifest.at,
    manifest.actorId,
    manifest.comment,
    manifest.worklogCount,
    manifest.timeSpentSeconds,
    manifest.billableSeconds,
    manifest.contentHash,
  ])
}

/** A worklog as it was when its days were closed, with the names it was shown under. */
export type SnapshotRow = {
  readonly worklogId: WorklogId
  readonly worklog: Readonly<Record<string, unknown>>
  readonly names: Readonly<Record<string, unknown>>
}

/** How the rows held today differ from a snapshot. */
export type SnapshotDifference = {
  readonly worklogId: WorklogId
  readonly kind: 'changed' | 'gone' | 'added'
}

export type ClosedPeriod = Period & { readonly closedAt: Instant | null }

export interface ManifestStore {
  last(siteId: SiteId): Promise<Manifest | undefined>
  get(siteId: SiteId, seq: number): Promise<Manifest>
  /** In order, from `fromSeq` on. */
  list(siteId: SiteId, fromSeq: number, limit: number): Promise<readonly Manifest[]>
  /** Copies every live worklog of the days, in one statement. */
  takeSnapshot(siteId: SiteId, seq: number, period: Period): Promise<SnapshotTotals>
  /** Totals and hash of the stored snapshot, counted again. */
  recount(siteId: SiteId, seq: number): Promise<SnapshotTotals>
  add(siteId: SiteId, manifest: Manifest): Promise<void>
  rows(
    siteId: SiteId,
    seq: number,
    page: { readonly limit: number; readonly afterId?: WorklogId },
  ): Promise<readonly SnapshotRow[]>
  differences(
    siteId: SiteId,
    manifest: Manifest,
    limit: number,
  ): Promise<readonly SnapshotDifference[]>
  closedPeriods(siteId: SiteId, range: Period, limit: number): Promise<readonly ClosedPeriod[]>
}
