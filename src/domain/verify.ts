import { auditGenesis, auditText, type ChainedAuditEntry } from './audit.ts'
import type { Sha256 } from './closing.ts'
import { checkMay } from './directory-checks.ts'
import {
  type Manifest,
  manifestGenesis,
  manifestText,
  type SnapshotDifference,
} from './manifest.ts'
import type { Actor } from './permission.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import type { Instant } from './zone.ts'

/** The first thing that does not fit, in words; `seq` is the number of the link. */
export type BrokenLink = { readonly seq: number; readonly why: string }

export type Verification = {
  readonly isSound: boolean
  readonly audit: {
    readonly entries: number
    readonly head: string
    readonly broken: BrokenLink | null
  }
  readonly manifests: {
    readonly count: number
    readonly head: string
    readonly broken: BrokenLink | null
  }
  /**
   * Closed periods whose worklogs are not what they were when they were closed. What an
   * administrator wrote past the lock is told by the audit and is none of it.
   */
  readonly altered: readonly {
    readonly seq: number
    readonly from: string
    readonly to: string
    readonly differences: readonly SnapshotDifference[]
  }[]
}

const batch = 1_000
const mostDifferences = 20

/** Walks both chains and every snapshot; needs the right to administer. */
export async function verifyBooks(
  stores: Stores,
  actor: Actor,
  sha256: Sha256,
): Promise<Verification> {
  checkMay(actor, 'administer', { type: 'calendar' }, 'verify the books')
  const { siteId } = actor
  const audit = await verifyAudit(stores, siteId, sha256)
  const chain = await verifyManifests(stores, siteId, audit.manifestHashes, sha256)
  const altered: Verification['altered'][number][] = []
  for (const manifest of chain.closed) {
    const limit = mostDifferences + audit.overrides.size
    const found = await stores.manifests.differences(siteId, manifest, limit)
    const differences = found
      .filter(({ worklogId }) => !((audit.overrides.get(worklogId) ?? -1) >= manifest.at))
      .slice(0, mostDifferences)
    if (differences.length > 0)
      altered.push({ seq: manifest.seq, from: manifest.from, to: manifest.to, differences })
  }
  const { manifestHashes: _, overrides: ___, ...told } = audit
  const { closed: __, ...manifests } = chain
  const isSound = told.broken === null && manifests.broken === null && altered.length === 0
  return { isSound, audit: told, manifests, altered }
}

async function verifyAudit(stores: Stores, siteId: SiteId, sha256: Sha256) {
  const manifestHashes = new Map<number, string>()
  /** When a worklog was last written past a lock. */
  const overrides = new Map<string, Instant>()
  let [entries, hash] = [0, auditGenesis]
  const end = (broken: BrokenLink | null) => ({
    entries,
    head: hash,
    broken,
    manifestHashes,
    overrides,
  })
  for (;;) {
    const page = await stores.audit.list(siteId, entries + 1, batch)
    for (const entry of page) {
      if (entry.seq !== entries + 1) return end({ seq: entries + 1, why: 'the entry is missing' })
      if (entry.hash !== sha256(auditText(hash, entry)))
        return end({ seq: entry.seq, why: 'the entry does not follow from the one before' })
      ;[entries, hash] = [entry.seq, entry.hash]
      noteManifest(entry, manifestHashes)
      if (entry.action === 'worklog.override-lock') overrides.set(entry.objectId, entry.at)
    }
    if (page.length < batch) break
  }
  const head = await stores.audit.head(siteId)
  if (head.seq > entries) return end({ seq: entries + 1, why: 'the entry is missing' })
  if (head.seq < entries || head.hash !== hash)
    return end({ seq: head.seq + 1, why: 'the chain does not end where the site remembers' })
  return end(null)
}

/** The audit names every manifest with its hash: the two chains hold each other. */
function noteManifest(entry: ChainedAuditEntry, hashes: Map<number, string>): void {
  if (entry.action !== 'period.close' && entry.action !== 'period.reopen') return
  const { hash } = entry.after as { hash?: unknown }
  if (typeof hash === 'string') hashes.set(Number(entry.objectId), hash)
}

async function verifyManifests(
  stores: Stores,
  siteId: SiteId,
  noted: ReadonlyMap<number, string>,
  sha256: Sha256,
) {
  const closed = new Map<string, Manifest>()
  let [count, hash] = [0, manifestGenesis]
  const end = (broken: BrokenLink | null) => ({
    count,
    head: hash,
    broken,
    closed: broken ? [] : [...closed.values()],
  })
  for (;;) {
    const page = await stores.manifests.list(siteId, count + 1, batch)
    for (const manifest of page) {
      const { seq, hash: signed, kind, from, to } = manifest
      const { hash: _, ...unsigned } = manifest
      if (seq !== count + 1) return end({ seq: count + 1, why: 'the manifest is missing' })
      if (signed !== sha256(manifestText(hash, siteId, unsigned)))
        return end({ seq, why: 'the manifest does not follow from the one before' })
      if (noted.get(seq) !== signed)
        return end({ seq, why: 'the audit does not know this manifest' })
      if (kind === 'close') {
        const held = await stores.manifests.recount(siteId, seq)
        const isSame =
          held.contentHash === manifest.contentHash &&
          held.worklogCount === manifest.worklogCount &&
          held.timeSpentSeconds === manifest.timeSpentSeconds &&
          held.billableSeconds === manifest.billableSeconds
        if (!isSame) return end({ seq, why: 'the snapshot is not the one that was taken' })
        closed.set(`${from} ${to}`, manifest)
      } else closed.delete(`${from} ${to}`)
      ;[count, hash] = [seq, signed]
    }
    if (page.length < batch) break
  }
  if (noted.size > count) return end({ seq: count + 1, why: 'the manifest is missing' })
  return end(null)
}
