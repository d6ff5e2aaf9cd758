import type { ApprovalAction } from '../../domain/approval.ts'
import type { Timesheet } from '../../domain/approvals.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { can } from '../../domain/permission.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { TeamId } from '../../domain/team.ts'
import { approvalKeys } from './approval-keys.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords } from './errors.ts'
import { escaped } from './links.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { findUser, userWith } from './people-find.ts'
import { dayIn } from './query.ts'
import { renderMoment, renderPerson } from './render.ts'
import { todayOf } from './scheme-members.ts'

const mostWaiting = 200

/** Timesheets on their way to approval: section 8 of the contract. */
export function timesheetApprovals({ get, post, face }: Operations): void {
  get('/timesheet-approvals/waiting', async (call) => {
    const since = addDays(await todayOf(call), -366)
    const { approvals } = call.needs.calendar
    const sheets = await approvals.inbox(call.actor, { limit: mostWaiting, since })
    return list(call, sheets)
  })

  get('/timesheet-approvals/user/:accountId', async (call) => {
    const { id } = await findUser(call)
    const sheets = await call.needs.calendar.approvals.get(call.actor, [id], dayOf(call))
    return (await renderAll(call, sheets))[0]
  })

  get('/timesheet-approvals/team/:teamId', async (call) => {
    const { store, calendar } = call.needs
    const { siteId } = call.actor
    const day = dayOf(call)
    const teamId = call.param('teamId') as TeamId
    const team = await inWords({ 'not-found': 'Team not found' }, () =>
      store.teams.get(siteId, teamId),
    )
    const members = await store.teams.membersDuring(
      siteId,
      [team.id],
      { from: day, to: day },
      1_000,
    )
    // Rows the caller may not see are left out without a word [C 1].
    const seen = [...new Set(members.map(({ personId }) => personId))].filter((personId) =>
      can(call.actor, 'read', { type: 'timesheet', personId }),
    )
    return list(call, await calendar.approvals.get(call.actor, seen, day))
  })

  get('/timesheet-approvals/user/:accountId/reviewers', async (call) => {
    const { id } = await findUser(call)
    const ids = await call.needs.calendar.approvals.reviewers(call.actor, id)
    const people = await peopleOf(call, ids)
    return whole(call, ids, (one) => renderPerson(call, people.get(one)!))
  })

  const actions = ['submit', 'approve', 'reject', 'reopen'] as const
  for (const action of face.version === 3 ? actions : ([...actions, 'recall'] as const))
    post(`/timesheet-approvals/user/:accountId/${action}`, async (call) => {
      const { id } = await findUser(call)
      const day = dayOf(call)
      const wish = await readWish(call, action)
      const sheet = await call.needs.calendar.approvals.step(call.actor, action, id, day, wish)
      return (await renderAll(call, [sheet]))[0]
    })
}

/** The period is the one that holds `from` [inferred]: connectors send months or weeks of their own. */
function dayOf({ query, face }: Call): Day {
  const from = dayIn(query, 'from')
  if (from === undefined) throw badRequest("'from' is required")
  if (dayIn(query, 'to') === undefined && face.version === 3) throw badRequest("'to' is required")
  return from
}

/** A missing body or unrelated JSON is no comment [C 1]. */
async function readWish(call: Call, action: ApprovalAction) {
  const { body } = call
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  const fields = fieldsOf(isObject ? body : undefined)
  const comment = fields.text('comment')
  const reviewerAccountId = action === 'submit' ? fields.text('reviewerAccountId') : undefined
  if (action === 'submit' && call.face.version === 3 && !fields.has('reviewerAccountId'))
    fields.wrong("'reviewerAccountId' is required")
  fields.check()
  const reviewer =
    reviewerAccountId === undefined ? undefined : await userWith(call, reviewerAccountId)
  if (reviewerAccountId !== undefined && !reviewer) throw badRequest('Reviewer not found')
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(reviewer ? { reviewerId: reviewer.id } : {}),
  }
}

async function list(call: Call, sheets: readonly Timesheet[]): Promise<object> {
  return whole(call, await renderAll(call, sheets), (one) => one)
}

async function renderAll(call: Call, sheets: readonly Timesheet[]): Promise<object[]> {
  const ids = sheets.flatMap(({ approval: { personId, reviewerId, actorId } }) =>
    [personId, reviewerId ?? [], actorId ?? []].flat(),
  )
  const people = await peopleOf(call, ids)
  return sheets.map((sheet) => renderSheet(call, sheet, people))
}

async function peopleOf({ needs, actor }: Call, ids: readonly PersonId[]) {
  const people = await needs.store.people.getMany(actor.siteId, [...new Set(ids)])
  return new Map(people.map((person) => [person.id, person]))
}

function renderSheet(
  call: Call,
  { approval, requiredSeconds, spentSeconds, actions }: Timesheet,
  people: ReadonlyMap<PersonId, Person>,
): object {
  const user = people.get(approval.personId)!
  const { from, to, actorId, reviewerId, updatedAt } = approval
  const range = `from=${from}&to=${to}`
  const sheet = `/timesheet-approvals/user/${escaped(user.accountId)}`
  const shown = actions.filter((action) => action !== 'recall' || call.face.version === 4)
  return {
    self: call.to(`${sheet}?${range}`),
    period: { from, to },
    requiredSeconds,
    timeSpentSeconds: spentSeconds,
    status: {
      key: approvalKeys[approval.status],
      ...(updatedAt === null ? {} : { comment: approval.comment }),
      ...(actorId === null ? {} : { actor: renderPerson(call, people.get(actorId)!) }),
      ...(approval.requiredSecondsAtSubmit === null
        ? {}
        : { requiredSecondsAtSubmit: approval.requiredSecondsAtSubmit }),
      ...(approval.spentSecondsAtSubmit === null
        ? {}
        : { timeSpentSecondsAtSubmit: approval.spentSecondsAtSubmit }),
      ...(updatedAt === null ? {} : { updatedAt: renderMoment(updatedAt) }),
    },
    user: renderPerson(call, user),
    ...(reviewerId === null ? {} : { reviewer: renderPerson(call, people.get(reviewerId)!) }),
    actions: Object.fromEntries(
      shown.map((action) => [action, { self: call.to(`${sheet}/${action}?${range}`) }]),
    ),
    worklogs: { self: call.to(`/worklogs/user/${escaped(user.accountId)}?${range}`) },
  }
}
