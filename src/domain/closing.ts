import { addDays, type Period, parsePeriod, periodLength, periodsOverlap } from './day.ts'
import { checkMay, type DirectoryWriting, noteChange } from './directory-checks.ts'
import { applyDrift } from './drift.ts'
import { DomainError, invalidField } from './errors.ts'
import {
  type ClosedPeriod,
  type Manifest,
  manifestGenesis,
  manifestText,
  type SnapshotTotals,
} from './manifest.ts'
import { periodsIn } from './period-plan.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Store, Writing } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type Sha256 = (text: string) => string

export type ListedPeriod = Period & { readonly isClosed: boolean }

/** Use cases on periods: everybody sees them, administrators close and reopen. */
export type Periods = {
  /** By the rule of the site, whole periods that share a day with the range. */
  list(actor: Actor, range: Period): Promise<readonly ListedPeriod[]>
  /** Closed runs of days, which need not follow the rule. */
  closed(actor: Actor, range: Period): Promise<readonly ClosedPeriod[]>
  close(actor: Actor, period: Period, comment: string): Promise<Manifest>
  /** Says why; what Jira changed meanwhile is taken over. */
  reopen(actor: Actor, period: Period, comment: string): Promise<Manifest>
}

const mostClosed = 10_000
const longestDays = 732
const nothing: SnapshotTotals = {
  worklogCount: 0,
  timeSpentSeconds: 0,
  billableSeconds: 0,
  contentHash: '',
}

export type PeriodsNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly sha256: Sha256
}

export function makePeriods({ store, now, sha256 }: PeriodsNeeds): Periods {
  const write = <T>(actor: Actor, work: (writing: DirectoryWriting) => Promise<T>) =>
    store.write(actor.siteId, async (tx) => {
      checkMay(actor, 'administer', { type: 'calendar' }, 'close or reopen periods')
      return work({ tx, actor, now: now() })
    })
  return {
    async list({ siteId }, range) {
      const { rules } = await store.rules.get(siteId)
      const periods = periodsIn(rules.period, range)
      const [first, last] = [periods[0]!, periods.at(-1)!]
      const whole = { from: first.from, to: last.to }
      const closed = await store.manifests.closedPeriods(siteId, whole, mostClosed)
      return periods.map((period) => ({ ...period, isClosed: isCovered(period, closed) }))
    },
    closed: ({ siteId }, range) => store.manifests.closedPeriods(siteId, range, mostClosed),
    close: (actor, period, comment) =>
      write(actor, async (writing) => {
        const { tx } = writing
        checkPeriod(period)
        checkComment(comment)
        const closed = await tx.manifests.closedPeriods(actor.siteId, period, 1)
        const overlapping = closed.find((one) => periodsOverlap(one, period))
        if (overlapping)
          throw new DomainError(
            'conflict',
            `${overlapping.from} to ${overlapping.to} is closed already`,
            { reason: 'closed-already' },
          )
        const by = { at: writing.now, actorId: actor.personId, comment }
        const manifest = await closeIn(tx, actor.siteId, period, by, sha256)
        tx.takeVersions(1)
        noteChange(writing, 'period.close', String(manifest.seq), null, manifest)
        return manifest
      }),
    reopen: (actor, period, comment) =>
      write(actor, async (writing) => {
        const { tx, now: at } = writing
        checkPeriod(period)
        checkComment(comment)
        if (comment.trim() === '') throw invalidField('comment', 'must say why')
        const closed = await tx.manifests.closedPeriods(actor.siteId, period, mostClosed)
        if (!closed.some((one) => one.from === period.from && one.to === period.to))
          throw new DomainError('not-found', `${period.from} to ${period.to} is not closed`)
        await tx.locks.reopenPeriod(actor.siteId, period.from, period.to)
        const by = { at, actorId: actor.personId, comment }
        const manifest = await chain(tx, actor.siteId, 'reopen', period, by, nothing, sha256)
        noteChange(writing, 'period.reopen', String(manifest.seq), null, manifest)
        tx.takeVersions(1)
        await applyDrift(writing, period, null)
        return manifest
      }),
  }
}

type By = { readonly at: Instant; readonly actorId: PersonId | null; readonly comment: string }

/** Closes days inside a transaction: locks them, takes the snapshot, and adds the manifest. */
export async function closeIn(
  tx: Writing,
  siteId: SiteId,
  period: Period,
  by: By,
  sha256: Sha256,
): Promise<Manifest> {
  await tx.locks.closePeriod(siteId, period.from, period.to, by.at)
  const seq = ((await tx.manifests.last(siteId))?.seq ?? 0) + 1
  const totals = await tx.manifests.takeSnapshot(siteId, seq, period)
  return chain(tx, siteId, 'close', period, by, totals, sha256)
}

async function chain(
  tx: Writing,
  siteId: SiteId,
  kind: Manifest['kind'],
  { from, to }: Period,
  by: By,
  totals: SnapshotTotals,
  sha256: Sha256,
): Promise<Manifest> {
  const last = await tx.manifests.last(siteId)
  const unsigned = { seq: (last?.seq ?? 0) + 1, kind, from, to, ...by, ...totals }
  const hash = sha256(manifestText(last?.hash ?? manifestGenesis, siteId, unsigned))
  const manifest = { ...unsigned, hash }
  await tx.manifests.add(siteId, manifest)
  return manifest
}

function isCovered(period: Period, closed: readonly Period[]): boolean {
  let open = period.from
  for (const one of [...closed].sort((a, b) => (a.from < b.from ? -1 : 1)))
    if (one.from <= open && one.to >= open) {
      if (one.to >= period.to) return true
      open = addDays(one.to, 1)
    }
  return false
}

function checkPeriod({ from, to }: Period): void {
  const period = parsePeriod(from, to)
  if (periodLength(period) > longestDays) throw invalidField('to', `at most ${longestDays} days`)
}

function checkComment(comment: string): void {
  const problem = textProblem(comment, 4_000)
  if (problem) throw invalidField('comment', problem)
}
