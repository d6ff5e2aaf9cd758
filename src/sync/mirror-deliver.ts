import { DomainError } from '../domain/errors.ts'
import type { JiraLink } from '../domain/jira-link.ts'
import { type Intent, type MirrorFields, mergeFields, wholeMinutes } from '../domain/mirror.ts'
import type { Actor } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { Worklog, WorklogView } from '../domain/worklog.ts'
import type { Instant } from '../domain/zone.ts'
import type { JiraWorklog } from '../jira/read.ts'
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
  readonly newUid: () => string
  /** Runs what touches one issue's worklogs in a row, a breath apart. */
  readonly inLine: <T>(
    issue: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ) => Promise<T>
}

type Home = { readonly link: JiraLink; readonly issueJiraId: string }

type Sending = DeliverNeeds & {
  readonly api: JiraApi
  readonly actor: Actor
  readonly siteId: SiteId
  readonly intent: Intent
  readonly authors: AuthorNames
  readonly isByService: boolean
}

const mostAttempts = 3

/**
 * Takes one row to its Jira and stores the answer. The intent is on disk before anything is sent,
 * and ends only when it is known whether the write was done.
 */
export async function deliver(
  needs: DeliverNeeds,
  actor: Actor,
  kind: Intent['kind'],
  { link, issueJiraId }: Home,
  wished: Worklog,
  before: Worklog | undefined,
): Promise<WorklogView | undefined> {
  const { store, now } = needs
  const { siteId } = actor
  const timeSpentSeconds =
    before?.timeSpentSeconds === wished.timeSpentSeconds
      ? wished.timeSpentSeconds
      : wholeMinutes(wished.timeSpentSeconds)
  const wanted = { ...wished, timeSpentSeconds }
  const { api, authors } = await openFor(needs, siteId, link, wanted)
  try {
    const intent: Intent = {
      uid: needs.newUid(),
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
    }
    await store.mirror.open(siteId, intent)
    return await needs.inLine(`${link.connectionId} ${issueJiraId}`, undefined, () =>
      before ? (kind === 'remove' ? remove(sending) : change(sending, before)) : create(sending),
    )
  } finally {
    await api.client.close()
  }
}

async function create(sending: Sending): Promise<WorklogView> {
  const { api, intent, authors, store, siteId, wait } = sending
  const { issueJiraId, wanted, uid, connectionId } = intent
  for (let tries = 1; ; tries += 1) {
    try {
      return await land(sending, await postWorklog(api, issueJiraId, wanted, uid))
    } catch (error) {
      if (!isAmbiguous(error)) throw await undo(sending, error)
      // It may have landed: to send it again unseen would book the time twice.
      const landed = await findLanded(api, intent, authors, (ids) =>
        store.mirror.findLinked(siteId, connectionId, ids),
      ).catch((reason: unknown) => {
        throw unsettled(reason)
      })
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
): Promise<JiraWorklog> {
  const { api, intent, wait } = sending
  for (let tries = 1; ; tries += 1) {
    try {
      return await putWorklog(api, intent.issueJiraId, jiraId, send, intent.wanted.offsetSeconds)
    } catch (error) {
      if (!isAmbiguous(error)) throw await undo(sending, error)
      if (tries >= mostAttempts) throw unsettled(error)
      await wait(1_000 * 2 ** tries, undefined)
    }
  }
}

async function remove(sending: Sending): Promise<undefined> {
  const { api, intent, store, siteId, wait } = sending
  for (let tries = 1; ; tries += 1) {
    try {
      await deleteWorklog(api, intent.issueJiraId, intent.jiraId!)
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

function land(sending: Sending, row: JiraWorklog): Promise<WorklogView> {
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
