import { DomainError } from '../domain/errors.ts'
import type { SyncCounters, SyncState } from '../domain/sync-state.ts'
import { describeWanted, refreshChangedIssues } from './describe.ts'
import { followChoice } from './follow-choice.ts'
import { pullByIssues } from './issue-mode.ts'
import { statusOf } from './jira-client.ts'
import { pullDeleted, pullUpdated } from './pull.ts'
import type { Reading } from './reading.ts'
import { confirmIssues, type ReconcileScope, reconcile, sweep } from './reconcile.ts'
import { settleIntents } from './settle-intents.ts'
import { followHints, resolveSuspects } from './suspects.ts'
import { takeCatalogue } from './take-catalogue.ts'
import { takeGroups } from './take-groups.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Feed requests that failed for good before issues are searched instead. */
const mostFeedFailures = 2

/** What a run shall do besides reading what is new. */
export type RunScope = {
  /** Look at everything again: reconciliation of all issues, census, catalogue. */
  readonly isFull: boolean
  readonly acceptsGone: boolean
  /** Leave nightly work to another time. */
  readonly isQuick?: boolean
}

/** One cycle: what is new, what was deleted, what changed around it, and what is due by the clock. */
export async function runCycle(reading: Reading, scope: RunScope): Promise<SyncCounters> {
  const begun = reading.now()
  const { counters } = reading.api.client
  const before = { ...counters }
  if (reading.state().phase === 'new') await begin(reading)
  await followChoice(reading)
  await settleIntents(reading)
  await pullWorklogs(reading)
  const unseen = await followHints(reading)
  if (unseen.length > 0) await confirmIssues(reading, unseen)
  await resolveSuspects(reading)
  if (reading.state().phase === 'ready') await refreshChangedIssues(reading)
  await describeWanted(reading)
  if (reading.state().needsSweep) await sweep(reading)
  if (reading.state().phase !== 'ready')
    await reading.commit({
      step: 'issues',
      sinceVersion: await reading.version(),
      state: { phase: 'ready' },
    })
  if (!scope.isQuick) await runDueChores(reading, scope)
  const { counts, tally } = reading
  const done: SyncCounters = {
    requests: counters.requests - before.requests,
    throttled: counters.throttled - before.throttled,
    new: counts.worklogs.new,
    changed: counts.worklogs.changed,
    deleted: tally.deleted,
    gone: tally.gone,
    drift: counts.worklogs.drift + tally.drift,
    suspects: tally.suspects,
    issues: counts.issues.new + counts.issues.changed,
    ms: reading.now() - begun,
  }
  await reading.commit({
    step: 'issues',
    sinceVersion: await reading.version(),
    state: {
      counters: done,
      lastCycleAt: reading.now(),
      lastError: null,
      stoppedReason: null,
      feedFailures: 0,
    },
  })
  await reading.store.connections.takeCensus(reading.siteId, reading.connection.id, reading.now())
  return done
}

/** The first look: Jira's own clock is where the feed of deletions begins, never ours. */
async function begin(reading: Reading): Promise<void> {
  const info = await reading.api.serverInfo()
  const me = await reading.api.myself()
  const serverTime = info.serverTime ?? reading.now()
  await reading.commit({
    step: 'worklogs',
    sinceVersion: await reading.version(),
    state: {
      phase: 'backfill',
      serverZone: info.zone,
      accountZone: me.timeZone,
      deletedCursor: serverTime - hourMs,
      issueCursor: reading.now(),
    },
  })
}

async function pullWorklogs(reading: Reading): Promise<void> {
  if (reading.state().mode === 'issue') {
    await pullByIssues(reading)
    await pullDeleted(reading).catch(unlessFeedFails)
    return
  }
  try {
    await pullUpdated(reading)
  } catch (error) {
    if (!isFeedFailure(error)) throw error
    const feedFailures = reading.state().feedFailures + 1
    const isHopeless = feedFailures >= mostFeedFailures
    await reading.commit({
      step: 'worklogs',
      sinceVersion: await reading.version(),
      state: isHopeless ? { mode: 'issue', feedFailures: 0, issueYear: 2001 } : { feedFailures },
      async alongside(tx) {
        if (!isHopeless) return
        await tx.sync.noteIncident(reading.siteId, {
          connectionId: reading.connection.id,
          kind: 'feed-fails',
          message:
            'Jira fails to list changed worklogs for this account, so issues are searched instead; give it the Browse permission on all projects, then run "hourbook sync --full"',
          details: { error: error instanceof Error ? error.message : String(error) },
          at: reading.now(),
        })
      },
    })
    if (!isHopeless) throw error
    await pullByIssues(reading)
    await pullDeleted(reading).catch(unlessFeedFails)
    return
  }
  await pullDeleted(reading)
}

/** With little access the feed runs into Jira's own time limit: a 500, or no answer at all. */
function isFeedFailure(error: unknown): boolean {
  const status = statusOf(error)
  return status === 500 || status === 503 || status === 504
}

function unlessFeedFails(error: unknown): void {
  if (!isFeedFailure(error)) throw error
}

async function runDueChores(reading: Reading, { isFull, acceptsGone }: RunScope): Promise<void> {
  const { catalogueAt, groupsCheckedAt, reconciledAt, censusAt } = reading.state()
  const now = reading.now()
  const isDue = (at: SyncState['censusAt'], after: number) => at === null || at + after <= now
  const isCatalogueDue = isFull || isDue(catalogueAt, dayMs)
  if (isCatalogueDue) await takeCatalogue(reading)
  if (isCatalogueDue) await takeGroups(reading, 'all')
  else if (isDue(groupsCheckedAt, hourMs)) await takeGroups(reading, 'restricting')
  const withCensus = isFull || (censusAt !== null && isDue(censusAt, 7 * dayMs))
  // What was just read whole needs no second look the same night.
  if (reconciledAt === null && !isFull) {
    await reading.commit({
      step: 'reconciliation',
      sinceVersion: await reading.version(),
      state: { reconciledAt: now, censusAt: now },
    })
    return
  }
  if (!isFull && !isDue(reconciledAt, dayMs)) return
  const scope: ReconcileScope = { isFull, withCensus, acceptsGone }
  await reconcile(reading, scope)
}

/** Why nothing goes on until an administrator acts, where an error means that. */
export function stopReason(error: unknown): string | undefined {
  if (!(error instanceof DomainError)) return undefined
  const { reason } = error.details
  const isFinal = reason === 'login' || reason === 'captcha' || reason === 'scope'
  return isFinal ? error.message : undefined
}
