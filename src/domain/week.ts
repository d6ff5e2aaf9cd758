import { addDays, type Day, daysOf } from './day.ts'
import { type Divergence, readDivergences } from './divergence.ts'
import { DomainError } from './errors.ts'
import { absenceKinds, type EventKind, type PlannedEvent } from './event.ts'
import type { Issue, IssueId, IssueRef } from './issue.ts'
import { lockOver, type ToldLock } from './lock.ts'
import { type Actor, can, viewerOf } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import { requiredTime } from './required-time.ts'
import type { Store } from './store.ts'
import type { WorklogQuery, WorklogTally, WorklogView } from './worklog.ts'
import type { WorklogApproval } from './worklog-approval.ts'

/** A day as somebody filling in a week needs to know it. */
export type WeekDay = {
  readonly day: Day
  readonly requiredSeconds: number
  readonly holiday: string | null
  readonly absence: { readonly kind: EventKind; readonly title: string } | null
  readonly lock: ToldLock | null
}

export type Week = {
  readonly person: Person
  readonly days: readonly WeekDay[]
  readonly worklogs: readonly WorklogView[]
  /** Those of the worklogs that are approved one by one, and so stand still. */
  readonly approvals: readonly WorklogApproval[]
  /** Where a Jira has other versions of what lies, or would lie, on these days. */
  readonly divergences: readonly Divergence[]
  /** Issues and people that `approvals` and `divergences` speak of, by id. */
  readonly issues: ReadonlyMap<IssueId, IssueRef>
  readonly people: ReadonlyMap<PersonId, Person>
  readonly tally: WorklogTally
  readonly favourites: readonly Issue[]
  /** Logged on in the four weeks before or planned for these days, and not in this week yet. */
  readonly suggestions: readonly Issue[]
  /** Whether the actor may log this person's time. */
  readonly canLog: boolean
}

export const weekLimits = { worklogs: 1_000, suggestions: 8, events: 500 } as const

/** Everything about seven days of one person, as the actor may see it. */
export async function readWeek(
  store: Store,
  actor: Actor,
  personId: PersonId,
  from: Day,
): Promise<Week> {
  if (!can(actor, 'read', { type: 'worklog', personId }))
    throw new DomainError('forbidden', `You may not see the time of person ${personId}`)
  const { siteId } = actor
  const period = { from, to: addDays(from, 6) }
  const viewer = viewerOf(actor)
  const query: WorklogQuery = { siteId, viewer, period, authorIds: [personId], order: 'day' }
  const before = { ...query, period: { from: addDays(from, -28), to: addDays(from, -1) } }
  const person = await store.people.get(siteId, personId)
  const facts = await store.workingTime.read(siteId, [personId], period)
  const worklogs = await store.worklogs.find(query, { limit: weekLimits.worklogs })
  const tally = await store.worklogs.tally(query)
  const recent = await store.worklogs.sum(before, ['issue'], 200)
  const approvals = await store.worklogApprovals.find(
    siteId,
    worklogs.map(({ id }) => id),
  )
  const divergences = await readDivergences(store, actor, personId, period, worklogs)
  const versions = divergences.flatMap(({ ours, theirs }) => [ours ?? [], theirs ?? []].flat())
  const peopleIds = [
    ...approvals.flatMap(({ approvedById }) => approvedById ?? []),
    ...versions.map(({ authorId }) => authorId),
  ]
  const people = await store.people.getMany(siteId, [...new Set(peopleIds)])
  const locks = await store.locks.tell(siteId, personId, period.from, period.to)
  const events = await store.events.find(
    { siteId, viewer, period, personIds: [personId] },
    { limit: weekLimits.events },
  )
  const favouriteIds = await store.favourites.list(siteId, personId)
  const inWeek = new Set<IssueId>([...worklogs.map(({ issueId }) => issueId), ...favouriteIds])
  const planned = events.flatMap(({ issueId }) => (issueId === null ? [] : [issueId]))
  const lately = [...recent]
    .sort((a, b) => b.timeSpentSeconds - a.timeSpentSeconds)
    .map(({ groups }) => groups[0]!.key as IssueId)
  const suggestedIds = [...new Set([...planned, ...lately])]
    .filter((id) => !inWeek.has(id))
    .slice(0, weekLimits.suggestions)
  const issueIds = [
    ...favouriteIds,
    ...suggestedIds,
    ...divergences.map(({ issueId }) => issueId),
    ...versions.map(({ issueId }) => issueId),
  ]
  const issues = new Map(
    (await store.issues.getMany(siteId, [...new Set(issueIds)])).map((issue) => [issue.id, issue]),
  )
  const pick = (ids: readonly IssueId[]) => ids.flatMap((id) => issues.get(id) ?? [])
  const required = requiredTime(facts, [personId], period)[0]?.days ?? []
  return {
    person,
    days: [...daysOf(period)].map((day, at) => ({
      day,
      requiredSeconds: required[at]?.requiredSeconds ?? 0,
      holiday: required[at]?.holiday?.name ?? null,
      absence: absenceOn(events, day),
      lock: lockOver(locks, personId, day) ?? null,
    })),
    worklogs,
    approvals,
    divergences,
    issues,
    people: new Map(people.map((one) => [one.id, one])),
    tally,
    favourites: pick(favouriteIds),
    suggestions: pick(suggestedIds),
    canLog: can(actor, 'log', { type: 'worklog', personId }),
  }
}

function absenceOn(events: readonly PlannedEvent[], day: Day): WeekDay['absence'] {
  const found = events.find(
    ({ kind, from, to }) => absenceKinds.includes(kind) && from <= day && day <= to,
  )
  return found && found.kind !== 'issue' ? { kind: found.kind, title: found.title } : null
}
