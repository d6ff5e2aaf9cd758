import { createHash } from 'node:crypto'
import { DomainError } from '../domain/errors.ts'
import { findAnswered, keepAnswered, keyOwner } from '../domain/idempotency.ts'
import { isChosen, type JiraLink } from '../domain/jira-link.ts'
import { applyRequests } from '../domain/own-book-writing.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { WorklogId, WorklogView } from '../domain/worklog.ts'
import type {
  WorklogBook,
  WriteCommand,
  WriteOutcome,
  WriteRequest,
} from '../domain/worklog-book.ts'
import type { Instant } from '../domain/zone.ts'
import { type DeliverNeeds, deliver } from './mirror-deliver.ts'

export type MirrorBookNeeds = DeliverNeeds & {
  readonly newUid: () => string
  /** Writes what belongs to no mirrored Jira. */
  readonly own: WorklogBook
}

/** Thrown to leave nothing of a transaction behind. */
const rehearsed = Symbol('rehearsed')

/**
 * The book of a site whose Jiras are books themselves: each row goes to its Jira first, and is
 * stored as that answers. Rows of other issues are written as in the own book.
 */
export function makeMirrorBook(needs: MirrorBookNeeds): WorklogBook {
  const { store, own, now } = needs
  return {
    async write(request) {
      const { siteId } = request.actor
      const links = await mirrored(store, siteId)
      if (links.size === 0) return own.write(request)
      const homes = await homesOf(store, siteId, request.commands)
      const linkOf = (at: number) => links.get(homes[at] ?? (-1 as ConnectionId))
      if (request.commands.every((_, at) => linkOf(at) === undefined)) return own.write(request)
      const earlier = await findRemembered(store, request)
      if (earlier) return earlier
      if (request.isAtomic) {
        const rehearsal = (await rehearse(needs, request)).map((outcome, at) =>
          unlessUnchosen(outcome, linkOf(at)),
        )
        if (rehearsal.some(({ ok }) => !ok)) return rehearsal
      }
      const outcomes: WriteOutcome[] = []
      const { idempotency, ...rest } = request
      // One after the other: commands of a request may build on each other.
      for (const [at, command] of request.commands.entries()) {
        const key = idempotency && { ...idempotency, key: `${idempotency.key} ${at}` }
        const alone = { ...rest, commands: [command], ...(key ? { idempotency: key } : {}) }
        const link = linkOf(at)
        outcomes.push(
          link ? await writeOne(needs, alone, command, link) : (await own.write(alone))[0]!,
        )
      }
      // What Jira did not answer may be answered next time: only what is certain is kept.
      if (!outcomes.some(isPassing)) await remember(store, request, outcomes, now())
      return outcomes
    },
  }
}

/** Checks as the own book would, without writing; then Jira; then the store. */
async function writeOne(
  needs: MirrorBookNeeds,
  request: WriteRequest,
  command: WriteCommand,
  link: JiraLink,
): Promise<WriteOutcome> {
  try {
    const { siteId } = request.actor
    const uid = uidOf(needs, request)
    const done = request.idempotency && (await findDone(needs.store, siteId, uid))
    if (done) return { ok: true, worklog: done }
    const outcome = unlessUnchosen((await rehearse(needs, request))[0]!, link)
    if (!outcome.ok) return outcome
    const before =
      command.kind === 'log'
        ? undefined
        : (await needs.store.worklogs.getMany(siteId, [command.id]))[0]
    const { issue, project, author, ...wanted } = outcome.worklog
    if (before && before.issueId !== wanted.issueId)
      throw new DomainError('invalid', 'A worklog of a Jira is moved in that Jira', {
        problems: [{ field: 'issue', message: 'cannot be changed here' }],
      })
    if (before && before.authorId !== wanted.authorId)
      throw new DomainError('invalid', 'A worklog of a Jira keeps its author', {
        problems: [{ field: 'author', message: 'cannot be changed here' }],
      })
    const { connectionId } = link
    const isAuto = link.estimates === 'auto' && request.isByHand === true
    const worklog = await deliver(
      needs,
      request.actor,
      { link, issueJiraId: issue.jiraId },
      {
        uid,
        kind: command.kind,
        estimate: command.estimate ?? { mode: isAuto ? 'auto' : 'leave' },
        wished: { ...wanted, connectionId },
        before,
      },
    )
    return { ok: true, worklog: worklog ?? outcome.worklog }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, message, details } = error
    return { ok: false, refusal: { code, message, details } }
  }
}

/** The same for the same key: a client that never got an answer asks again, and no row is doubled. */
function uidOf({ newUid }: MirrorBookNeeds, { actor, idempotency }: WriteRequest): string {
  if (!idempotency) return newUid()
  const { key, requestHash } = idempotency
  const parts = [actor.siteId, keyOwner(actor), key, requestHash]
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}

/** The row as an earlier sender of the same write left it, should it have come to its end. */
async function findDone(
  store: Store,
  siteId: SiteId,
  uid: string,
): Promise<WorklogView | undefined> {
  const known = await store.mirror.find(siteId, uid)
  if (known?.state !== 'done' || known.intent.jiraId === null) return undefined
  const { connectionId, jiraId } = known.intent
  const [row] = await store.worklogs.findByJiraIds(siteId, connectionId, [jiraId])
  return row && store.worklogs.get(siteId, row.id)
}

/** What lies outside the chosen projects is not held here, so it is not written from here either. */
function unlessUnchosen(outcome: WriteOutcome, link: JiraLink | undefined): WriteOutcome {
  if (!outcome.ok || !link) return outcome
  const { project } = outcome.worklog
  if (isChosen(link, project.jiraId)) return outcome
  const message = `Project ${project.key} is not among those that are read from its Jira: log there, or have it chosen under Connections`
  const details = { reason: 'not-chosen', problems: [{ field: 'issue', message }] }
  return { ok: false, refusal: { code: 'invalid', message, details } }
}

function isPassing(outcome: WriteOutcome): boolean {
  return !outcome.ok && ['upstream', 'unavailable'].includes(outcome.refusal.code)
}

async function rehearse(
  { store, now }: MirrorBookNeeds,
  request: WriteRequest,
): Promise<readonly WriteOutcome[]> {
  const { siteId } = request.actor
  let outcomes: readonly WriteOutcome[] = []
  try {
    await store.write(siteId, async (tx) => {
      outcomes = (await applyRequests(tx, siteId, [request], now()))[0] ?? []
      throw rehearsed
    })
  } catch (error) {
    if (error !== rehearsed) throw error
  }
  return outcomes
}

async function mirrored(
  store: Store,
  siteId: SiteId,
): Promise<ReadonlyMap<ConnectionId, JiraLink>> {
  const links = await store.links.list(siteId)
  return new Map(
    links.filter((link) => link.mode === 'mirror').map((link) => [link.connectionId, link]),
  )
}

/** Which connection each command's row belongs to: its issue's, or the stored row's. */
async function homesOf(
  store: Store,
  siteId: SiteId,
  commands: readonly WriteCommand[],
): Promise<readonly (ConnectionId | undefined)[]> {
  const names = commands.flatMap((one) => (one.kind === 'log' ? [one.entry.issue] : []))
  const ids = commands.flatMap((one): WorklogId[] => (one.kind === 'log' ? [] : [one.id]))
  const issues = await store.issues.findByNames(siteId, [...new Set(names)])
  const rows = await store.worklogs.getMany(siteId, [...new Set(ids)])
  return commands.map((command) =>
    command.kind === 'log'
      ? issues.get(command.entry.issue)?.[0]?.connectionId
      : rows.find((row) => row.id === command.id)?.connectionId,
  )
}

async function findRemembered(
  store: Store,
  { actor, idempotency }: WriteRequest,
): Promise<readonly WriteOutcome[] | undefined> {
  const found = idempotency && (await findAnswered(store, actor, idempotency))
  return found?.outcome as readonly WriteOutcome[] | undefined
}

async function remember(
  store: Store,
  { actor, idempotency }: WriteRequest,
  outcome: readonly WriteOutcome[],
  at: Instant,
): Promise<void> {
  if (idempotency) await keepAnswered(store, actor, idempotency, { outcome, at })
}
