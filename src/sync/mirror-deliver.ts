import { DomainError } from '../domain/errors.ts'
import type { SourceWorklog } from '../domain/ingest-source.ts'
import type { JiraLink } from '../domain/jira-link.ts'
import { type Intent, type MirrorFields, mergeFields, wholeMinutes } from '../domain/mirror.ts'
import type { Actor } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { Worklog, WorklogView } from '../domain/worklog.ts'
import type { EstimateChange } from '../domain/worklog-book.ts'
import type { Instant } from '../domain/zone.ts'
import type { JiraApi } from './jira-api.ts'
import type { JiraDoor } from './jira-door.ts'
import {
  type AuthorNames,
  asRefusal,
  deleteWorklog,
  fieldsOf,
  findLanded,
  isAmbiguous,
  postWorklog,
  putWorklog,
} from './mirror-jira.ts'
import { openFor } from './mirror-login.ts'
import { storeLanded, storeRemoved } from './mirror-store.ts'
import type { Wait } from './pacer.ts'

export type DeliverNeeds = {
  readonly store: Store
  readonly door: JiraDoor
  readonly now: () => Instant
  readonly wait: Wait
  /** How long after its last sign of life a sender of a write is taken for dead. */
  readonly leaseMs?: number
  /** Runs what touches one issue's worklogs in a row, a breath apart. */
  readonly inLine: <T>(
    issue: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ) => Promise<T>
}

type Home = { readonly link: JiraLink; readonly issueJiraId: string }

/** What is to be done: `uid` is the same each time the same thing is asked for. */
export type Delivery = {
  readonly uid: string
  readonly kind: Intent['kind']
  readonly estimate: EstimateChange
  readonly wished: Worklog
  readonly before: Worklog | undefined
}

type Sending = DeliverNeeds & {
  readonly api: JiraApi
  readonly actor: Actor
  readonly siteId: SiteId
  readonly intent: Intent
  readonly authors: AuthorNames
  readonly isByService: boolean
  readonly estimate: EstimateChange
  /** An earlier sender of the same write died, or never heard what became of it. */
  readonly isTakenOver: boolean
}

const mostAttempts = 3
const usualLeaseMs = 60_000

/**
 * Takes one row to its Jira and stores the answer. The intent is on disk before anything is sent,
 * and ends only when it is known whether the write was done. What was done before is not done again.
 */
export async function deliver(
  needs: DeliverNeeds,
  actor: Actor,
  { link, issueJiraId }: Home,
  { uid, kind, estimate, wished, before }: Delivery,
): Promise<WorklogView | undefined> {
  const { store, now, leaseMs = usualLeaseMs } = needs
  const { siteId } = actor
  if (estimate.mode === 'manual' && kind === 'change')
    throw new DomainError('invalid', 'A change of a worklog cannot adjust the estimate by hand')
  const known = await store.mirror.find(siteId, uid)
  const timeSpentSeconds =
    before?.timeSpentSeconds === wished.timeSpentSeconds
      ? wished.timeSpentSeconds
      : wholeMinutes(wished.timeSpentSeconds)
  const wanted = { ...wished, timeSpentSeconds }
  const { api, authors } = await openFor(needs, siteId, link, wanted)
  let heartbeat: NodeJS.Timeout | undefined
  try {
    const intent: Intent = known?.intent ?? {
      uid,
      connectionId: link.connectionId,
      kind,
      issueJiraId,
      jiraId: before?.jiraId ?? null,
      personId: wanted.authorId,
      wanted,
      createdAt: now(),
    }
    const sending: Sending = {
      ...needs,
      api,
      actor,
      siteId,
      intent,
      authors,
      isByService: link.writesAs === 'service',
      estimate,
      isTakenOver: known !== undefined,
    }
    if (!known) await store.mirror.open(siteId, intent, now() + leaseMs)
    else if (!(await store.mirror.takeOver(siteId, uid, now(), now() + leaseMs))) throw underWay()
    heartbeat = setInterval(() => {
      store.mirror.renew(siteId, uid, now() + leaseMs).catch(() => {})
    }, leaseMs / 4)
    heartbeat.unref()
    return await needs.inLine(`${link.connectionId} ${issueJiraId}`, undefined, () =>
      before ? (kind === 'remove' ? remove(sending) : change(sending, before)) : create(sending),
    )
  } catch (error) {
    // Nobody is at it any more: whoever asks again, or the next sync, finds out at once.
    if (isUnsettled(error)) await store.mirror.renew(siteId, uid, now())
    throw error
  } finally {
    clearInterval(heartbeat)
    await api.client.close()
  }
}

async function create(sending: Sending): Promise<WorklogView> {
  const { api, intent, authors, store, siteId, wait, estimate } = sending
  const { issueJiraId, wanted, uid, connectionId } = intent
  // It may have landed: to send it again unseen would book the time twice.
  const lookForIt = () =>
    findLanded(api, intent, authors, (ids) =>
      store.mirror.findLinked(siteId, connectionId, ids),
    ).catch((reason: unknown) => {
      throw unsettled(reason)
    })
  if (sending.isTakenOver) {
    const landed = await lookForIt()
    if (landed) return land(sending, landed)
  }
  for (let tries = 1; ; tries += 1) {
    try {
      return await land(sending, await postWorklog(api, issueJiraId, wanted, uid, estimate))
    } catch (error) {
      if (!isAmbiguous(error)) throw await undo(sending, error)
      const landed = await lookForIt()
      if (landed) return land(sending, landed)
      if (tries >= mostAttempts) throw await undo(sending, error)
      await wait(1_000 * 2 ** tries, undefined)
    }
  }
}

async function change(sending: Sending, before: Worklog): Promise<WorklogView> {
  const { api, intent, store, siteId } = sending
  const { issueJiraId, wanted } = intent
  const there = await api.worklog(issueJiraId, before.jiraId).catch(async (error: unknown) => {
    throw await undo(sending, error)
  })
  if (!there) throw await undo(sending, await deletedThere(sending, before))
  const merge = mergeFields(before, wanted, fieldsOf(there))
  if (Object.keys(merge.ours).length > 0)
    await store.mirror.addConflict(siteId, {
      connectionId: intent.connectionId,
      worklogId: before.id,
      jiraId: before.jiraId,
      personId: intent.personId,
      reason: 'changed',
      ours: merge.ours,
      theirs: merge.theirs,
      createdAt: sending.now(),
    })
  if (Object.keys(merge.send).length === 0) return land(sending, there)
  return land(sending, await putUntilSure(sending, before.jiraId, merge.send))
}

/** A change may be sent again: it sets the same values. */
async function putUntilSure(
  sending: Sending,
  jiraId: string,
  send: Partial<MirrorFields>,
): Promise<SourceWorklog> {
  const { api, intent, wait, estimate } = sending
  const { issueJiraId, wanted } = intent
  for (let tries = 1; ; tries += 1) {
    try {
      return await putWorklog(api, issueJiraId, jiraId, send, wanted.offsetSeconds, estimate)
    } catch (error) {
      if (!isAmbiguous(error)) throw await undo(sending, error)
      if (tries >= mostAttempts) throw unsettled(error)
      await wait(1_000 * 2 ** tries, undefined)
    }
  }
}

async function remove(sending: Sending): Promise<undefined> {
  const { api, intent, store, siteId, wait, estimate } = sending
  for (let tries = 1; ; tries += 1) {
    try {
      await deleteWorklog(api, intent.issueJiraId, intent.jiraId!, estimate)
      break
    } catch (error) {
      const isGone = error instanceof DomainError && error.details.status === 404
      // Gone already, by our own lost request or by somebody else: what was asked for.
      if (isGone && !(await api.worklog(intent.issueJiraId, intent.jiraId!))) break
      if (!isAmbiguous(error)) throw await undo(sending, error)
      if (tries >= mostAttempts) throw unsettled(error)
      await wait(1_000 * 2 ** tries, undefined)
    }
  }
  await storeRemoved(store, siteId, ended(sending))
  return undefined
}

function land(sending: Sending, row: SourceWorklog): Promise<WorklogView> {
  const { isByService } = sending
  return storeLanded(sending.store, sending.siteId, { ...ended(sending), row, isByService })
}

function ended({ intent, actor, now }: Sending) {
  return { intent, via: actor.via, actorId: actor.personId, at: now() }
}

/** Ends an intent that came to nothing, and returns the refusal to throw. */
async function undo(sending: Sending, error: unknown): Promise<DomainError> {
  const refusal = asRefusal(error)
  const { store, siteId, intent, now } = sending
  const { jiraId, uid } = intent
  const end = { state: 'undone', jiraId, error: refusal.message, at: now() } as const
  await store.mirror.finish(siteId, uid, end)
  return refusal
}

async function deletedThere(sending: Sending, before: Worklog): Promise<DomainError> {
  const { store, siteId, intent, now } = sending
  const { startedAt, timeSpentSeconds, comment, visibility } = intent.wanted
  await store.mirror.addConflict(siteId, {
    connectionId: intent.connectionId,
    worklogId: before.id,
    jiraId: before.jiraId,
    personId: intent.personId,
    reason: 'deleted',
    ours: { startedAt, timeSpentSeconds, comment, visibility },
    theirs: null,
    createdAt: now(),
  })
  return new DomainError('conflict', 'Jira no longer has this worklog; your change is kept aside', {
    reason: 'deleted-remotely',
  })
}

function unsettled(error: unknown): DomainError {
  const message = error instanceof Error ? error.message : String(error)
  return new DomainError(
    'upstream',
    `Jira did not say whether the write was done; the next sync finds out: ${message}`,
    { reason: 'unsettled' },
  )
}

function isUnsettled(error: unknown): boolean {
  return error instanceof DomainError && error.details.reason === 'unsettled'
}

function underWay(): DomainError {
  return new DomainError('unavailable', 'This write is still on its way to Jira: ask again soon', {
    reason: 'under-way',
    retryAfterSeconds: 5,
  })
}
