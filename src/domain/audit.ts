import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

/** Who changed what. Written in the same transaction as the change itself. */
export type AuditEntry = {
  readonly siteId: SiteId
  /** Gapless per site, from 1. */
  readonly seq: number
  readonly at: Instant
  readonly actorId: string | null
  /** The way in: a token's id, `cli`, or the name of an import. */
  readonly via: string
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly before: unknown
  readonly after: unknown
}

export type ChainedAuditEntry = AuditEntry & { readonly hash: string }

/** Hash of the empty chain: what the first entry of a site is chained to. */
export const auditGenesis = '0'.repeat(64)

/**
 * The text an entry's hash is taken over: the hash before it and every field, in a fixed order
 * with sorted keys, so that the same entry always gives the same text.
 */
export function auditText(previousHash: string, entry: AuditEntry): string {
  return canonicalJson([
    previousHash,
    entry.siteId,
    entry.seq,
    entry.at,
    entry.actorId,
    entry.via,
    entry.action,
    entry.objectType,
    entry.objectId,
    entry.before ?? null,
    entry.after ?? null,
  ])
}

/** Chains entries behind `previousHash`; `sha256` gives lower-case hex. */
export function chainAudit(
  previousHash: string,
  entries: readonly AuditEntry[],
  sha256: (text: string) => string,
): ChainedAuditEntry[] {
  let hash = previousHash
  return entries.map((entry) => {
    hash = sha256(auditText(hash, entry))
    return { ...entry, hash }
  })
}

/** The number of the first entry that does not follow from the one before, or undefined. */
export function firstBrokenLink(
  previousHash: string,
  entries: readonly ChainedAuditEntry[],
  sha256: (text: string) => string,
): number | undefined {
  let hash = previousHash
  for (const entry of entries) {
    if (entry.hash !== sha256(auditText(hash, entry))) return entry.seq
    hash = entry.hash
  }
  return undefined
}

/** JSON with object keys in code-unit order, so that key order never changes a hash. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

export type NewAuditEntry = Omit<AuditEntry, 'siteId' | 'seq'>

/** Which entries: all conditions hold together; oldest first. */
export type AuditQuery = {
  readonly from: Instant
  readonly to?: Instant
  /** Last parts of actions, such as `delete` of `worklog.delete`. */
  readonly verbs?: readonly string[]
  readonly objectTypes?: readonly string[]
  readonly actorIds?: readonly string[]
  /** Whose worklogs, for entries on worklogs. */
  readonly authorIds?: readonly string[]
  /** Entries behind this one. */
  readonly after?: { readonly at: Instant; readonly seq: number }
  readonly offset?: number
  readonly limit: number
}

/** A search of people: newest first, all conditions hold together. */
export type AuditSearch = {
  readonly from?: Instant
  readonly before?: Instant
  readonly actorId?: string
  readonly objectType?: string
  readonly objectId?: string
  /** Last part of the action. */
  readonly verb?: string
  /** Entries older than this one. */
  readonly beforeSeq?: number
  readonly limit: number
}

export interface AuditStore {
  search(siteId: SiteId, query: AuditSearch): Promise<readonly ChainedAuditEntry[]>
  find(siteId: SiteId, query: AuditQuery): Promise<readonly ChainedAuditEntry[]>
  /** Entries from `fromSeq` on, in order. */
  list(siteId: SiteId, fromSeq: number, limit: number): Promise<readonly ChainedAuditEntry[]>
  /** Where the chain ends, by what the site itself remembers. */
  head(siteId: SiteId): Promise<{ readonly seq: number; readonly hash: string }>
}
