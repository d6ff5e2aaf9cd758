import type { ApprovalLogEntry, ApprovalLogId } from '../../domain/approval.ts'
import { can } from '../../domain/permission.ts'
import type { PersonId } from '../../domain/person.ts'
import { approvalKeys } from './approval-keys.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { renderCursor } from './cursor.ts'
import { pagedByToken, tokenRange } from './lists.ts'
import type { Operations } from './operations.ts'
import { readPeople } from './people.ts'
import { toUpdatedFrom } from './query.ts'
import { renderMoment } from './render.ts'
import { findAuthor } from './worklogs-body.ts'

/** Every step of timesheets, version 4 only: section 8 of the contract. */
export function approvalLogs({ face, search }: Operations): void {
  if (face.version === 4) search('/timesheet-approvals/logs/search', find)
}

async function find(call: Call): Promise<object> {
  const { actor, needs } = call
  const fields = fieldsOf(call.body)
  const updatedFrom = fields.text('updatedFrom')
  const accountIds = fields.texts('userAccountIds') ?? []
  fields.check()
  const since = updatedFrom === undefined ? undefined : toUpdatedFrom(updatedFrom)
  const { limit, after } = tokenRange(call, 50, 5_000)
  const entries = await needs.calendar.approvals.log(actor, {
    limit: limit + 1,
    ...(accountIds.length > 0 ? { personIds: await visibleOf(call, accountIds) } : {}),
    ...(since === undefined ? {} : { since }),
    ...(after ? { afterId: after.id as ApprovalLogId } : {}),
  })
  const page = entries.slice(0, limit)
  const last = page.at(-1)
  const next = entries.length > limit && last ? renderCursor(last.at, last.id) : undefined
  return pagedByToken(call, limit, next, await renderAll(call, page))
}

/** Those of the named whose timesheets the caller may see; the others are left out [C 1]. */
async function visibleOf(call: Call, accountIds: readonly string[]): Promise<PersonId[]> {
  const people = await Promise.all([...new Set(accountIds)].map((id) => findAuthor(call, id)))
  return people
    .flatMap((person) => person?.id ?? [])
    .filter((personId) => can(call.actor, 'read', { type: 'timesheet', personId }))
}

async function renderAll(call: Call, entries: readonly ApprovalLogEntry[]): Promise<object[]> {
  const show = await readPeople(
    call,
    entries.flatMap(({ personId, reviewerId, actorId }) => [personId, reviewerId, actorId]),
  )
  return entries.map((entry) => ({
    period: { from: entry.from, to: entry.to },
    ...(entry.reviewerId === null ? {} : { reviewer: show(entry.reviewerId) }),
    status: {
      key: approvalKeys[entry.after],
      comment: entry.comment,
      actor: show(entry.actorId),
      ...(entry.action === 'submit'
        ? {
            requiredSecondsAtSubmit: entry.requiredSeconds,
            timeSpentSecondsAtSubmit: entry.spentSeconds,
          }
        : {}),
      updatedAt: renderMoment(entry.at),
    },
    user: show(entry.personId),
  }))
}
