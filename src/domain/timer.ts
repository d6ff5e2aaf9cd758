import { DomainError, invalidField } from './errors.ts'
import type { Issue, IssueId } from './issue.ts'
import { type Actor, can } from './permission.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Store, Writing } from './store.ts'
import { textProblem } from './text.ts'
import type { Timesheets } from './timesheets.ts'
import { type WorklogView, worklogLimits } from './worklog.ts'
import type { Instant } from './zone.ts'

/** The clock a person has running; there is one at most. */
export type Timer = {
  readonly personId: PersonId
  readonly issueId: IssueId
  readonly startedAt: Instant
  readonly comment: string
}

export type TimerWish = { readonly issue: string; readonly comment?: string }

export interface TimerStore {
  find(siteId: SiteId, personId: PersonId): Promise<Timer | undefined>
  put(siteId: SiteId, timer: Timer): Promise<void>
  /** Whether this very timer was there to be removed. */
  remove(siteId: SiteId, timer: Pick<Timer, 'personId' | 'startedAt'>): Promise<boolean>
}

export type RunningTimer = Timer & { readonly issue: Issue }

/** Use cases on the timer; `personId` is whose, the actor's own where left out. */
export type Timers = {
  find(actor: Actor, personId?: PersonId): Promise<RunningTimer | undefined>
  /** What ran before is stopped and logged first. */
  start(
    actor: Actor,
    wish: TimerWish,
    personId?: PersonId,
  ): Promise<{ timer: RunningTimer; logged: WorklogView | undefined }>
  /** Logs what the timer measured, in whole minutes and at least one. */
  stop(actor: Actor, comment?: string, personId?: PersonId): Promise<WorklogView>
  /** Stops without logging. */
  discard(actor: Actor, personId?: PersonId): Promise<void>
}

export function makeTimers({
  store,
  timesheets,
  now,
}: {
  readonly store: Store
  readonly timesheets: Timesheets
  readonly now: () => Instant
}): Timers {
  const whose = (actor: Actor, personId: PersonId = actor.personId) => personId

  async function find(actor: Actor, personId?: PersonId): Promise<RunningTimer | undefined> {
    const person = whose(actor, personId)
    check(actor, 'read', person)
    const timer = await store.timers.find(actor.siteId, person)
    return timer && { ...timer, issue: await store.issues.get(actor.siteId, timer.issueId) }
  }

  async function running(actor: Actor, personId?: PersonId): Promise<RunningTimer> {
    check(actor, 'log', whose(actor, personId))
    const timer = await find(actor, personId)
    if (!timer) throw new DomainError('not-found', 'No timer runs')
    return timer
  }

  async function stop(actor: Actor, comment?: string, personId?: PersonId): Promise<WorklogView> {
    const timer = await running(actor, personId)
    const minutes = Math.max(1, Math.floor((now() - timer.startedAt) / 60_000))
    const { siteId } = actor
    const entry = {
      issue: timer.issueId,
      ...(timer.personId === actor.personId ? {} : { author: timer.personId }),
      startedAt: timer.startedAt,
      timeSpentSeconds: Math.min(minutes * 60, worklogLimits.timeSpentSeconds),
      comment: comment ?? timer.comment,
    }
    // The same timer logs once, also when the answer was lost and it is stopped again.
    const key = `timer ${timer.personId} ${timer.startedAt}`
    const worklog = await timesheets.log(actor, entry, { key, requestHash: key })
    await store.write(siteId, async (tx) => {
      if (await tx.timers.remove(siteId, timer)) note(tx, now(), actor, 'timer.stop', timer)
    })
    return worklog
  }

  return {
    find,
    stop,
    async start(actor, { issue: name, comment = '' }, personId) {
      const person = whose(actor, personId)
      check(actor, 'log', person)
      const problem = textProblem(comment, worklogLimits.commentLength)
      if (problem) throw invalidField('comment', problem)
      const { siteId } = actor
      const found = (await store.issues.findByNames(siteId, [name])).get(name) ?? []
      const issue = found.find(({ id }) => id === name) ?? found[0]
      if (!issue) throw invalidField('issue', `nothing is known under "${name}"`)
      const before = await store.timers.find(siteId, person)
      const logged = before && (await stop(actor, undefined, personId))
      const timer = { personId: person, issueId: issue.id, startedAt: now(), comment }
      await store.write(siteId, async (tx) => {
        await tx.timers.put(siteId, timer)
        note(tx, now(), actor, 'timer.start', timer)
      })
      return { timer: { ...timer, issue }, logged }
    },
    async discard(actor, personId) {
      const timer = await running(actor, personId)
      await store.write(actor.siteId, async (tx) => {
        await tx.timers.remove(actor.siteId, timer)
        note(tx, now(), actor, 'timer.discard', timer)
      })
    },
  }
}

function check(actor: Actor, action: 'read' | 'log', personId: PersonId): void {
  if (!can(actor, action, { type: 'worklog', personId }))
    throw new DomainError('forbidden', `You may not ${action} the time of person ${personId}`)
}

function note(tx: Writing, at: Instant, actor: Actor, action: string, timer: Timer): void {
  const { personId, issueId, startedAt, comment } = timer
  const { via } = actor
  tx.note({
    at,
    actorId: actor.personId,
    via,
    action,
    objectType: 'timer',
    objectId: personId,
    before: null,
    after: { issueId, startedAt, comment },
  })
}
