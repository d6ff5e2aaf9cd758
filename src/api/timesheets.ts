import type { FastifyInstance } from 'fastify'
import type { ApprovalLogId } from '../domain/approval.ts'
import type { StepWish, Timesheet } from '../domain/approvals.ts'
import { addDays, type Day, parseDay } from '../domain/day.ts'
import type { Actor } from '../domain/permission.ts'
import type { Person, PersonId } from '../domain/person.ts'
import { siteToday } from '../domain/site-day.ts'
import { formatInstant } from '../domain/zone.ts'
import {
  IdParams,
  InboxAnswer,
  PageOnlyQuery,
  ReviewersAnswer,
  ref,
  type TimesheetBody,
  TimesheetLogAnswer,
  TimesheetLogQuery,
  Timesheet as TimesheetSchema,
  TimesheetStep,
  TimesheetsAnswer,
  TimesheetsQuery,
} from './contract.ts'
import { idsOf } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { momentOrNull } from './render.ts'

export function registerTimesheets(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, now } = needs
  const { approvals } = needs.calendar
  scope.get<{ Querystring: TimesheetsQuery }>(
    '/timesheets',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listTimesheets',
        tag: 'Approval',
        summary: 'Timesheets that hold a day',
        description: 'One for each person named; of today and of you, if left out.',
        querystring: TimesheetsQuery,
        answers: { 200: answer('In the order asked for', ref(TimesheetsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { day, person } = request.query
      const ids = (await peopleNamed(needs, actor, 'person', person)) ?? [actor.personId]
      const on = day === undefined ? await siteToday(store, actor.siteId, now()) : parseDay(day)
      const sheets = await approvals.get(actor, [...new Set(ids)], on)
      return { timesheets: await renderAll(needs, actor, sheets) }
    },
  )

  scope.get<{ Querystring: PageOnlyQuery }>(
    '/timesheets/inbox',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listInbox',
        tag: 'Approval',
        summary: 'Timesheets that wait for you',
        description: 'Of those whose time you may approve, of the last year, oldest first.',
        querystring: PageOnlyQuery,
        answers: { 200: answer('A page', ref(InboxAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const limit = Math.min(limitOf(request.query), 200)
      const today = await siteToday(store, actor.siteId, now())
      const { afterId } = parseIdCursor(request.query.cursor)
      const sheets = await approvals.inbox(actor, {
        limit: limit + 1,
        since: addDays(today, -366),
        ...(afterId === undefined ? {} : { after: parsePlace(afterId) }),
      })
      const { page, next } = cutPage(sheets, limit, ({ approval }) =>
        renderIdCursor(renderPlace(approval)),
      )
      return { timesheets: await renderAll(needs, actor, page), next }
    },
  )

  scope.post<{ Body: TimesheetStep }>(
    '/timesheets/steps',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'stepTimesheet',
        tag: 'Approval',
        summary: 'Submit, approve, reject, recall or reopen a timesheet',
        description:
          'A step that the state does not allow: 409. Findings that block: 400, unless somebody who may approve gives a reason.',
        body: ref(TimesheetStep),
        answers: { 200: answer('As it is now', ref(TimesheetSchema)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { action, person, day, reviewer, comment, overrideReason } = request.body
      const [personId] = (await peopleNamed(needs, actor, 'person', person && [person])) ?? [
        actor.personId,
      ]
      const [reviewerId] =
        (await peopleNamed(needs, actor, 'reviewer', reviewer && [reviewer])) ?? []
      const wish: StepWish = {
        ...(comment === undefined ? {} : { comment }),
        ...(reviewerId === undefined ? {} : { reviewerId }),
        ...(overrideReason === undefined ? {} : { overrideReason }),
      }
      const sheet = await approvals.step(actor, action, personId!, parseDay(day), wish)
      return (await renderAll(needs, actor, [sheet]))[0]
    },
  )

  scope.get<{ Querystring: TimesheetLogQuery }>(
    '/timesheets/log',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listTimesheetLog',
        tag: 'Approval',
        summary: 'Every step of timesheets',
        description: 'Oldest first; of those named, else of you and those you lead.',
        querystring: TimesheetLogQuery,
        answers: { 200: answer('A page', ref(TimesheetLogAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const limit = limitOf(request.query)
      const personIds = await peopleNamed(needs, actor, 'person', request.query.person)
      const rows = await approvals.log(actor, {
        limit: limit + 1,
        ...(personIds ? { personIds } : {}),
        ...parseIdCursor<ApprovalLogId>(request.query.cursor),
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      const ids = page.flatMap((one) => [one.personId, one.actorId, one.reviewerId ?? []].flat())
      const somebody = await namesOf(needs, actor, ids)
      const entries = page.map((one) => ({
        id: one.id,
        person: somebody(one.personId),
        from: one.from,
        to: one.to,
        action: one.action,
        before: one.before,
        after: one.after,
        actor: somebody(one.actorId),
        at: formatInstant(one.at),
        comment: one.comment,
        reviewer: one.reviewerId && somebody(one.reviewerId),
        requiredSeconds: one.requiredSeconds,
        spentSeconds: one.spentSeconds,
        findings: one.findings,
        overrideReason: one.overrideReason,
      }))
      return { entries, next }
    },
  )

  scope.get<{ Params: { id: PersonId } }>(
    '/people/:id/reviewers',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listReviewers',
        tag: 'Approval',
        summary: 'Who may approve somebody’s time',
        description: 'Those who lead the person first, then those who approve everybody.',
        params: IdParams,
        answers: { 200: answer('Active people', ref(ReviewersAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { id } = await store.people.get(actor.siteId, request.params.id)
      const ids = await approvals.reviewers(actor, id)
      return { reviewers: ids.map(await namesOf(needs, actor, ids)) }
    },
  )
}

async function peopleNamed(
  { store }: ApiNeeds,
  { siteId }: Actor,
  field: string,
  names: readonly string[] | '' | undefined,
): Promise<readonly PersonId[] | undefined> {
  return idsOf(field, names || undefined, (asked) => store.people.findByNames(siteId, asked))
}

async function namesOf({ store }: ApiNeeds, { siteId }: Actor, ids: readonly PersonId[]) {
  const people = await store.people.getMany(siteId, [...new Set(ids)])
  const byId = new Map(people.map((person) => [person.id, person]))
  return (id: PersonId) => renderName(byId.get(id)!)
}

async function renderAll(
  needs: ApiNeeds,
  actor: Actor,
  sheets: readonly Timesheet[],
): Promise<TimesheetBody[]> {
  const ids = sheets.flatMap(({ approval: { personId, reviewerId, actorId } }) =>
    [personId, reviewerId ?? [], actorId ?? []].flat(),
  )
  const somebody = await namesOf(needs, actor, ids)
  return sheets.map(({ approval, requiredSeconds, spentSeconds, findings, actions }) => ({
    person: somebody(approval.personId),
    from: approval.from,
    to: approval.to,
    status: approval.status,
    reviewer: approval.reviewerId && somebody(approval.reviewerId),
    actor: approval.actorId && somebody(approval.actorId),
    updatedAt: momentOrNull(approval.updatedAt),
    comment: approval.comment,
    requiredSeconds,
    spentSeconds,
    requiredSecondsAtSubmit: approval.requiredSecondsAtSubmit,
    spentSecondsAtSubmit: approval.spentSecondsAtSubmit,
    findings: [...findings],
    actions: [...actions],
  }))
}

function renderName({ id, accountId, displayName }: Person) {
  return { id, accountId, displayName }
}

/** The place of a timesheet in the inbox as one number: its first day, then the person. */
function renderPlace({ from, personId }: { from: Day; personId: PersonId }): string {
  return `${from.replaceAll('-', '')}${personId.padStart(10, '0')}`
}

function parsePlace(id: string): { from: Day; personId: PersonId } {
  const day = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}`
  const personId = id.slice(8).replace(/^0+/, '') as PersonId
  return { from: parseDay(day, 'cursor'), personId }
}
