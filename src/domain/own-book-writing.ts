import { checkMay } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import { keepAnswered } from './idempotency.ts'
import { applyTimeEffects, type TimeEffect } from './issue-time.ts'
import { checkUnlocked, type Lock, lockOver } from './lock.ts'
import { prepareWriting, type WritingContext } from './own-book-context.ts'
import { type Actor, can, seesWorklog, viewerOf } from './permission.ts'
import type { Person } from './person.ts'
import { checkEstimate } from './rules.ts'
import { ownConnection, type SiteId } from './site.ts'
import type { Writing } from './store.ts'
import {
  checkedProperties,
  checkWorklogValues,
  type Worklog,
  type WorklogId,
  type WorklogValues,
} from './worklog.ts'
import {
  type EntryChange,
  type EstimateChange,
  type NewEntry,
  notAlone,
  type WriteCommand,
  type WriteOutcome,
  type WriteRequest,
} from './worklog-book.ts'
import type { Instant } from './zone.ts'

/** A row on its way to the store; `id` is known only once a new row is written. */
type Pending = {
  worklog: Worklog
  readonly before: Worklog | undefined
  readonly actor: Actor
  readonly estimate: EstimateChange | undefined
  /** A lock the write passed over. */
  readonly passed: Lock | undefined
  readonly place: { outcomes: WriteOutcome[]; at: number }
}

/** Writes requests one after the other inside a transaction that holds the site. */
export async function applyRequests(
  tx: Writing,
  siteId: SiteId,
  requests: readonly WriteRequest[],
  now: Instant,
): Promise<readonly (readonly WriteOutcome[])[]> {
  const context = await prepareWriting(tx, siteId, requests)
  const pending: Pending[] = []
  const answers: (readonly WriteOutcome[])[] = []
  const toKeep: { request: WriteRequest; outcomes: WriteOutcome[] }[] = []
  for (const request of requests) {
    const earlier = context.remembered(request)
    if (earlier) {
      answers.push(earlier)
      continue
    }
    const outcomes: WriteOutcome[] = []
    const first = pending.length
    request.commands.forEach((command, at) => {
      try {
        const { worklog, before, passed } = applyCommand(context, request.actor, command, now)
        context.guard.note(before, worklog)
        if (before) context.current.set(worklog.id, worklog)
        const { actor } = request
        pending.push({
          worklog,
          before,
          actor,
          estimate: command.estimate,
          passed,
          place: { outcomes, at },
        })
        // A new row is shown once it has its number.
        if (before) outcomes[at] = { ok: true, worklog: context.view(worklog) }
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        const { code, message, details } = error
        outcomes[at] = { ok: false, refusal: { code, message, details } }
      }
    })
    if (request.isAtomic && outcomes.some((outcome) => outcome && !outcome.ok)) {
      for (const { before } of pending.splice(first).reverse())
        if (before) context.current.set(before.id, before)
      request.commands.forEach((_, at) => {
        if (outcomes[at]?.ok !== false) outcomes[at] = notAlone
      })
    }
    context.remember(request, outcomes)
    answers.push(outcomes)
    if (request.idempotency) toKeep.push({ request, outcomes })
  }
  await writePending(tx, siteId, context, pending, now)
  for (const { request, outcomes } of toKeep)
    await keepAnswered(tx, request.actor, request.idempotency!, { outcome: outcomes, at: now })
  return answers
}

function applyCommand(
  context: WritingContext,
  actor: Actor,
  command: WriteCommand,
  now: Instant,
): { worklog: Worklog; before: Worklog | undefined; passed?: Lock | undefined } {
  if (command.passesLocks) {
    const { personId } = actor
    checkMay(
      actor,
      'override-lock',
      { type: 'worklog', personId },
      'change closed or approved days',
    )
    const free = { ...command, passesLocks: false }
    const applied = applyCommand({ ...context, locks: [] }, actor, free, now)
    return { ...applied, passed: lockPassed(context.locks, applied) }
  }
  if (command.kind === 'log') checkEstimate(context.guard.rules, command.estimate)
  if (command.kind === 'log')
    return { worklog: newWorklog(context, actor, command.entry, now), before: undefined }
  const before = findWritable(context, actor, command)
  checkUnlocked(context.locks, before.authorId, before.day, before.id)
  const worklog =
    command.kind === 'remove'
      ? { ...before, deletedAt: now, updatedAt: now, updateAuthorId: actor.personId }
      : changedWorklog(context, actor, before, command.change, now)
  return { worklog: { ...worklog, version: context.tx.takeVersions(1) }, before }
}

/** The lock that would have held the row as it was, or as it is now. */
function lockPassed(
  locks: readonly Lock[],
  { worklog, before }: { worklog: Worklog; before: Worklog | undefined },
): Lock | undefined {
  const held = before && lockOver(locks, before.authorId, before.day, before.id)
  return held ?? lockOver(locks, worklog.authorId, worklog.day)
}

function newWorklog(context: WritingContext, actor: Actor, entry: NewEntry, now: Instant): Worklog {
  const author =
    entry.author === undefined ? context.person(actor.personId) : context.findAuthor(entry.author)
  checkLogsFor(actor, author)
  const issue = context.findIssue(entry.issue)
  const beginning = context.beginningOf(entry, author, undefined)
  const values: WorklogValues = {
    timeSpentSeconds: entry.timeSpentSeconds,
    billableSeconds: entry.billableSeconds ?? null,
    comment: entry.comment ?? '',
    category: entry.category ?? null,
    visibility: entry.visibility ?? null,
    attributes: context.attributesOf(entry.attributes ?? {}, {}, issue.projectId),
  }
  context.checkVisibility(values.visibility)
  checkWorklogValues(values, beginning.day)
  checkUnlocked(context.locks, author.id, beginning.day)
  const row = { authorId: author.id, day: beginning.day, deletedAt: null, ...values }
  context.guard.checkNew(author, row, now)
  const version = context.tx.takeVersions(1)
  return {
    // Stands in until the store gives the row its number.
    id: `new ${version}` as WorklogId,
    connectionId: ownConnection,
    jiraId: String(context.tx.takeJiraIds(1)),
    copy: 0,
    issueId: issue.id,
    projectId: issue.projectId,
    authorId: author.id,
    updateAuthorId: actor.personId,
    ...beginning,
    ...values,
    properties: checkedProperties(entry.properties ?? {}),
    createdAt: now,
    updatedAt: now,
    version,
    createdVersion: version,
    deletedAt: null,
    deletedReason: null,
  }
}

function changedWorklog(
  context: WritingContext,
  actor: Actor,
  before: Worklog,
  change: EntryChange,
  now: Instant,
): Worklog {
  const author =
    change.author === undefined
      ? context.person(before.authorId)
      : context.findAuthor(change.author)
  if (author.id !== before.authorId) checkLogsFor(actor, author)
  const issue = change.issue === undefined ? undefined : context.findIssue(change.issue)
  const beginning = context.beginningOf(change, author, before)
  const values: WorklogValues = {
    timeSpentSeconds: change.timeSpentSeconds ?? before.timeSpentSeconds,
    billableSeconds:
      change.billableSeconds === undefined ? before.billableSeconds : change.billableSeconds,
    comment: change.comment ?? before.comment,
    category: change.category === undefined ? before.category : change.category,
    visibility: change.visibility === undefined ? before.visibility : change.visibility,
    attributes:
      change.attributes === undefined
        ? before.attributes
        : context.attributesOf(
            change.attributes,
            before.attributes,
            issue?.projectId ?? before.projectId,
          ),
  }
  if (change.visibility !== undefined) context.checkVisibility(values.visibility)
  checkWorklogValues(values, beginning.day)
  checkUnlocked(context.locks, author.id, beginning.day)
  const row = { authorId: author.id, day: beginning.day, deletedAt: null, ...values }
  context.guard.checkChange(change, author, before, row, now)
  return {
    ...before,
    authorId: author.id,
    ...(issue ? { issueId: issue.id, projectId: issue.projectId } : {}),
    ...beginning,
    ...values,
    ...(change.properties ? { properties: checkedProperties(change.properties) } : {}),
    updateAuthorId: actor.personId,
    updatedAt: now,
  }
}

/** Whether the actor may put time into this person's book, and anybody still may. */
function checkLogsFor(actor: Actor, author: Person): void {
  if (!can(actor, 'log', { type: 'worklog', personId: author.id }))
    throw new DomainError('forbidden', `You may not log time for ${author.displayName}`)
  if (!author.isActive)
    throw new DomainError('invalid', `${author.displayName} is not active`, {
      problems: [{ field: 'author', message: 'is not active' }],
    })
}

function findWritable(
  context: WritingContext,
  actor: Actor,
  command: WriteCommand & { kind: 'change' | 'remove' },
): Worklog {
  const before = context.current.get(command.id)
  if (!before || before.deletedAt !== null || !seesWorklog(viewerOf(actor), before))
    throw new DomainError('not-found', `There is no worklog ${command.id}`)
  const action = command.kind === 'remove' ? 'remove' : 'change'
  if (!can(actor, action, { type: 'worklog', personId: before.authorId }))
    throw new DomainError('forbidden', `You may not ${action} worklog ${command.id}`)
  if (command.ifVersion !== undefined && command.ifVersion !== before.version)
    throw new DomainError(
      'conflict',
      `Worklog ${command.id} has changed meanwhile: it is at version ${before.version}`,
      { reason: 'stale-version', currentVersion: before.version },
    )
  return before
}

async function writePending(
  tx: Writing,
  siteId: SiteId,
  context: WritingContext,
  pending: readonly Pending[],
  now: Instant,
): Promise<void> {
  const added = pending.filter((row) => row.before === undefined)
  const ids = await tx.worklogs.insert(
    siteId,
    added.map((row) => row.worklog),
  )
  added.forEach((row, at) => {
    row.worklog = { ...row.worklog, id: ids[at]! }
    row.place.outcomes[row.place.at] = { ok: true, worklog: context.view(row.worklog) }
  })
  // A row changed twice in one batch is written once, as it ended.
  const changed = new Map<WorklogId, Worklog>()
  for (const row of pending) if (row.before) changed.set(row.worklog.id, row.worklog)
  await tx.worklogs.update(siteId, [...changed.values()])
  await applyTimeEffects(tx, siteId, context.issue, pending.flatMap(effectsOf), now)
  for (const row of pending)
    tx.note({
      at: now,
      actorId: row.actor.personId,
      via: row.actor.via,
      action: actionOf(row),
      objectType: 'worklog',
      objectId: row.worklog.id,
      before: row.before ?? null,
      after: row.worklog.deletedAt === null ? row.worklog : null,
    })
  for (const { actor, worklog, passed } of pending)
    if (passed)
      tx.note({
        at: now,
        actorId: actor.personId,
        via: actor.via,
        action: 'worklog.override-lock',
        objectType: 'worklog',
        objectId: worklog.id,
        before: null,
        after: { authorId: worklog.authorId, issueId: worklog.issueId, ...passed },
      })
}

/** The time of a row that moved leaves one issue and comes to another. */
function effectsOf({ worklog, before, estimate }: Pending): TimeEffect[] {
  const isRemoval = worklog.deletedAt !== null
  const after = isRemoval ? 0 : worklog.timeSpentSeconds
  const { issueId } = worklog
  const effect = { issueId, estimate, isRemoval }
  if (!before) return [{ ...effect, spentSeconds: after }]
  if (before.issueId === issueId)
    return [{ ...effect, spentSeconds: after - before.timeSpentSeconds }]
  return [
    { ...effect, issueId: before.issueId, spentSeconds: -before.timeSpentSeconds },
    { ...effect, spentSeconds: after },
  ]
}

function actionOf(row: Pending): string {
  if (!row.before) return 'worklog.create'
  return row.worklog.deletedAt === null ? 'worklog.update' : 'worklog.delete'
}
