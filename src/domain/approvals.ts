import {
  type Approval,
  type ApprovalAction,
  type ApprovalLogEntry,
  type ApprovalLogQuery,
  approvalActions,
  approvalSteps,
  type DayTotal,
} from './approval.ts'
import type { Day, Period } from './day.ts'
import { checkMay, type DirectoryWriting, noteChange } from './directory-checks.ts'
import { applyDrift } from './drift.ts'
import { DomainError, invalidField } from './errors.ts'
import { periodOn } from './period-plan.ts'
import { type Action, type Actor, can, has } from './permission.ts'
import type { PersonId } from './person.ts'
import { checkRequiredBounds, requiredTime } from './required-time.ts'
import { siteToday } from './site-day.ts'
import type { Store, Stores } from './store.ts'
import { textProblem } from './text.ts'
import { checkTimesheet, type Finding } from './timesheet-check.ts'
import type { Instant } from './zone.ts'

/** A timesheet with what a reviewer wants to know of it. */
export type Timesheet = {
  readonly approval: Approval
  readonly requiredSeconds: number
  readonly spentSeconds: number
  readonly findings: readonly Finding[]
  /** What this actor may do now. */
  readonly actions: readonly ApprovalAction[]
}

export type StepWish = {
  readonly comment?: string
  /** At submit: whom it is handed to; the first who leads the person where left out. */
  readonly reviewerId?: PersonId
  /** At submit: why findings that block are passed over; only whoever may approve can. */
  readonly overrideReason?: string
}

export type InboxPage = {
  readonly limit: number
  readonly after?: { readonly from: Day; readonly personId: PersonId }
  /** Timesheets that end on that day or later. */
  readonly since?: Day
}

/** Use cases on handing in and approving timesheets. */
export type Approvals = {
  /** The timesheets that hold the day, one for each person, in the order asked for. */
  get(actor: Actor, personIds: readonly PersonId[], day: Day): Promise<readonly Timesheet[]>
  /** What waits for somebody whom the actor may approve. */
  inbox(actor: Actor, page: InboxPage): Promise<readonly Timesheet[]>
  /** Who may approve this person's time: leads first. */
  reviewers(actor: Actor, personId: PersonId): Promise<readonly PersonId[]>
  /** One step of the timesheet that holds the day. */
  step(
    actor: Actor,
    action: ApprovalAction,
    personId: PersonId,
    day: Day,
    wish?: StepWish,
  ): Promise<Timesheet>
  log(actor: Actor, query: ApprovalLogQuery): Promise<readonly ApprovalLogEntry[]>
}

const mostPeople = 1_000

export function makeApprovals({ store, now }: { store: Store; now: () => Instant }): Approvals {
  return {
    async get(actor, personIds, day) {
      if (personIds.length > mostPeople) throw invalidField('person', `at most ${mostPeople}`)
      for (const personId of personIds)
        checkMay(actor, 'read', { type: 'timesheet', personId }, 'see this timesheet')
      return findTimesheets(store, actor, await approvalsOn(store, actor, personIds, day), now())
    },
    async inbox(actor, { limit, after, since }) {
      const granted = actor.grants?.['approve-time'] ?? []
      const approvesAll =
        has(actor, 'administer') || actor.role === 'manager' || granted === 'everybody'
      const rows = await store.approvals.find(actor.siteId, {
        statuses: ['waiting'],
        limit,
        ...(approvesAll ? {} : { personIds: [...actor.ledIds, ...granted] }),
        ...(after ? { after } : {}),
        ...(since ? { period: { from: since } } : {}),
      })
      const mine = rows.filter(({ personId }) =>
        can(actor, 'approve', { type: 'timesheet', personId }),
      )
      return findTimesheets(store, actor, mine, now())
    },
    async reviewers(actor, personId) {
      checkMay(actor, 'read', { type: 'timesheet', personId }, 'see this timesheet')
      const today = await siteToday(store, actor.siteId, now())
      return store.approvals.reviewers(actor.siteId, personId, today)
    },
    step: (actor, action, personId, day, wish = {}) =>
      store.write(actor.siteId, (tx) =>
        takeStep({ tx, actor, now: now() }, action, personId, day, wish),
      ),
    async log(actor, query) {
      const personIds = query.personIds ?? visiblePeople(actor)
      for (const personId of query.personIds ?? [])
        checkMay(actor, 'read', { type: 'timesheet', personId }, 'see this timesheet')
      return store.approvals.listLog(actor.siteId, {
        ...query,
        ...(personIds ? { personIds } : {}),
      })
    },
  }
}

async function takeStep(
  writing: DirectoryWriting,
  action: ApprovalAction,
  personId: PersonId,
  day: Day,
  wish: StepWish,
): Promise<Timesheet> {
  const { tx, actor, now } = writing
  const { siteId } = actor
  checkTexts(wish)
  await tx.people.get(siteId, personId)
  checkMay(actor, needed(action), { type: 'timesheet', personId }, `${action} this timesheet`)
  const [before] = await approvalsOn(tx, actor, [personId], day)
  const status = approvalSteps[before!.status][action]
  if (!status)
    throw new DomainError(
      'conflict',
      `A timesheet that is ${before!.status} cannot be ${pastOf[action]}`,
      { reason: 'wrong-status', status: before!.status },
    )
  const [seen] = await findTimesheets(tx, actor, [before!], now)
  const { requiredSeconds, spentSeconds, findings } = seen!
  const isSubmit = action === 'submit'
  if (isSubmit) {
    await checkAlone(writing, before!)
    checkFindings(actor, personId, findings, wish.overrideReason)
  }
  const reviewerId = isSubmit ? await reviewerFor(writing, personId, wish) : before!.reviewerId
  const comment = wish.comment ?? ''
  const after: Approval = {
    ...before!,
    status,
    reviewerId,
    actorId: actor.personId,
    updatedAt: now,
    comment,
    ...(isSubmit
      ? { requiredSecondsAtSubmit: requiredSeconds, spentSecondsAtSubmit: spentSeconds }
      : {}),
  }
  await tx.approvals.put(siteId, after)
  const { from, to } = after
  const isBlocked = findings.some(({ severity }) => severity === 'block')
  await tx.approvals.addLog(siteId, {
    personId,
    from,
    to,
    action,
    before: before!.status,
    after: status,
    actorId: actor.personId,
    at: now,
    comment,
    reviewerId,
    requiredSeconds,
    spentSeconds,
    findings: isSubmit ? findings : [],
    overrideReason: isSubmit && isBlocked ? (wish.overrideReason ?? null) : null,
  })
  tx.takeVersions(1)
  noteChange(writing, `timesheet.${action}`, `${personId} ${from} ${to}`, before, after)
  if (before!.status === 'approved') await applyDrift(writing, { from, to }, personId)
  return (await findTimesheets(tx, actor, [after], now))[0]!
}

const pastOf: Readonly<Record<ApprovalAction, string>> = {
  submit: 'submitted',
  approve: 'approved',
  reject: 'rejected',
  recall: 'recalled',
  reopen: 'reopened',
}

/** What the policy asks for: handing in and taking back is the owner's, the rest the reviewer's. */
function needed(action: ApprovalAction): Action {
  return action === 'submit' || action === 'recall' ? 'submit' : 'approve'
}

/** Of each person the timesheet that holds the day: one that was handed in, else by the rule. */
async function approvalsOn(
  stores: Pick<Stores, 'approvals' | 'rules'>,
  { siteId }: Actor,
  personIds: readonly PersonId[],
  day: Day,
): Promise<readonly Approval[]> {
  const { rules } = await stores.rules.get(siteId)
  const usual = periodOn(rules.period, day)
  const period = { from: day, to: day }
  const limit = mostPeople * 10
  const found = await stores.approvals.find(siteId, { personIds, period, limit })
  return personIds.map((personId) => {
    const own = found.filter((one) => one.personId === personId)
    return (
      own.find(({ status }) => status !== 'open') ??
      own.find(({ from, to }) => from === usual.from && to === usual.to) ?? {
        ...untouched,
        personId,
        from: usual.from,
        to: usual.to,
      }
    )
  })
}

const untouched = {
  status: 'open',
  reviewerId: null,
  actorId: null,
  updatedAt: null,
  comment: '',
  requiredSecondsAtSubmit: null,
  spentSecondsAtSubmit: null,
} as const

/** Reads what belongs to timesheets in a handful of queries. */
async function findTimesheets(
  stores: Pick<Stores, 'approvals' | 'rules' | 'workingTime' | 'sites' | 'events'>,
  actor: Actor,
  approvals: readonly Approval[],
  now: Instant,
): Promise<readonly Timesheet[]> {
  if (approvals.length === 0) return []
  const { siteId } = actor
  const personIds = [...new Set(approvals.map(({ personId }) => personId))]
  const all = unionOf(approvals)
  checkRequiredBounds(personIds.length, all)
  const { rules } = await stores.rules.get(siteId)
  const today = await siteToday(stores, siteId, now)
  const facts = await stores.workingTime.read(siteId, personIds, all)
  const totals = groupBy(await stores.approvals.dayTotals(siteId, personIds, all))
  const absences = groupBy(await stores.events.absencesOf(siteId, personIds, all))
  return approvals.map((approval) => {
    const { personId, from, to } = approval
    const [required] = requiredTime(facts, [personId], { from, to })
    const days = (totals.get(personId) ?? []).filter(({ day }) => from <= day && day <= to)
    return {
      approval,
      requiredSeconds: required!.requiredSeconds,
      spentSeconds: sumOf(days),
      findings: checkTimesheet(rules.submit, required!, days, absences.get(personId) ?? [], today),
      actions: approvalActions.filter(
        (action) =>
          approvalSteps[approval.status][action] !== undefined &&
          can(actor, needed(action), { type: 'timesheet', personId }),
      ),
    }
  })
}

/** A timesheet of another length, handed in under an earlier rule, may hold some of the days. */
async function checkAlone({ tx, actor }: DirectoryWriting, approval: Approval): Promise<void> {
  const { personId, from, to } = approval
  const query = { personIds: [personId], period: { from, to }, limit: 1_000 }
  const others = await tx.approvals.find(actor.siteId, query)
  const other = others.find((one) => one.status !== 'open' && (one.from !== from || one.to !== to))
  if (other)
    throw new DomainError(
      'conflict',
      `The timesheet of ${other.from} to ${other.to}, which is ${other.status}, holds some of these days`,
      { reason: 'overlap' },
    )
}

function checkFindings(
  actor: Actor,
  personId: PersonId,
  findings: readonly Finding[],
  overrideReason: string | undefined,
): void {
  const blocking = findings.filter(({ severity }) => severity === 'block')
  if (blocking.length === 0) return
  if (overrideReason === undefined) {
    const problems = blocking.slice(0, 100).map(({ code, day }) => ({ field: day, message: code }))
    throw new DomainError(
      'invalid',
      `The timesheet has ${blocking.length} findings that block it`,
      {
        reason: 'findings',
        problems,
        findings,
      },
    )
  }
  const object = { type: 'timesheet', personId } as const
  checkMay(actor, 'approve', object, 'pass over findings of this timesheet')
}

async function reviewerFor(
  { tx, actor, now }: DirectoryWriting,
  personId: PersonId,
  { reviewerId }: StepWish,
): Promise<PersonId | null> {
  const today = await siteToday(tx, actor.siteId, now)
  const reviewers = await tx.approvals.reviewers(actor.siteId, personId, today)
  if (reviewerId === undefined) return reviewers[0] ?? null
  if (!reviewers.includes(reviewerId))
    throw invalidField('reviewer', 'may not approve the time of this person')
  return reviewerId
}

function checkTexts({ comment, overrideReason }: StepWish): void {
  for (const [field, text] of Object.entries({ comment, overrideReason })) {
    const problem = text === undefined ? undefined : textProblem(text, 4_000)
    if (problem) throw invalidField(field, problem)
  }
  if (overrideReason?.trim() === '') throw invalidField('overrideReason', 'must not be blank')
}

/** Whose log an actor sees without naming people; undefined: everybody's. */
function visiblePeople(actor: Actor): readonly PersonId[] | undefined {
  if (has(actor, 'view-all')) return undefined
  return [actor.personId, ...actor.ledIds]
}

function unionOf(periods: readonly Period[]): Period {
  const froms = periods.map(({ from }) => from).sort()
  const tos = periods.map(({ to }) => to).sort()
  return { from: froms[0]!, to: tos.at(-1)! }
}

function groupBy<T extends { readonly personId: PersonId }>(rows: readonly T[]) {
  const groups = new Map<PersonId, T[]>()
  for (const row of rows) groups.set(row.personId, [...(groups.get(row.personId) ?? []), row])
  return groups as ReadonlyMap<PersonId, readonly T[]>
}

function sumOf(days: readonly DayTotal[]): number {
  return days.reduce((sum, { seconds }) => sum + seconds, 0)
}
