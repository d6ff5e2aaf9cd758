import { type AttributeContext, checkedAttributes } from './attribute.ts'
import { addDays, type Day, parseDay } from './day.ts'
import { DomainError, invalidField } from './errors.ts'
import { keyOwner, keyReused } from './idempotency.ts'
import type { Issue, IssueId } from './issue.ts'
import type { Lock } from './lock.ts'
import { prepareRules, type RuleGuard } from './own-book-rules.ts'
import type { Person, PersonId } from './person.ts'
import type { Project, ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { RememberedOutcome, Writing } from './store.ts'
import type { Visibility, Worklog, WorklogId, WorklogView } from './worklog.ts'
import { approvedLocks } from './worklog-approval.ts'
import type { Beginning, WriteOutcome, WriteRequest } from './worklog-book.ts'
import { instantOf, localIn, localOf } from './zone.ts'

/** Milliseconds from 1970 to well past the days a worklog may have, and far from Date's own end. */
const furthestInstant = 8e12

/** Where a day's work begins when nobody says a time. */
const usualStartTime = '09:00:00'

type StoredBeginning = Pick<Worklog, 'startedAt' | 'day' | 'startTime' | 'offsetSeconds'>

type Attributes = Readonly<Record<string, string>>

/** Everything a batch of writes needs to know, read in a handful of queries before the first row. */
export type WritingContext = {
  readonly tx: Writing
  /** Rows as they stand within the batch, by id. */
  readonly current: Map<WorklogId, Worklog>
  readonly locks: readonly Lock[]
  readonly guard: RuleGuard
  findIssue(name: string): Issue
  issue(id: IssueId): Issue
  person(id: PersonId): Person
  findAuthor(name: string): Person
  checkVisibility(visibility: Visibility | null): void
  /** Attribute values as they are stored; `before` is what the row holds. */
  attributesOf(
    given: Attributes,
    before: Attributes,
    projectId: ProjectId,
  ): Readonly<Record<string, string>>
  beginningOf(beginning: Beginning, author: Person, before: Worklog | undefined): StoredBeginning
  view(worklog: Worklog): WorklogView
  /** Outcomes answered before under the request's key; refusals of `conflict` for another body. */
  remembered(request: WriteRequest): readonly WriteOutcome[] | undefined
  remember(request: WriteRequest, outcomes: readonly WriteOutcome[]): void
}

export async function prepareWriting(
  tx: Writing,
  siteId: SiteId,
  requests: readonly WriteRequest[],
): Promise<WritingContext> {
  const commands = requests.flatMap((request) => request.commands)
  const ids = commands.flatMap((command) => (command.kind === 'log' ? [] : [command.id]))
  const site = await tx.sites.get(siteId)
  const rows = await tx.worklogs.getMany(siteId, unique(ids.filter(isNumber)))
  const current = new Map(rows.map((row) => [row.id, row]))

  const entries = commands.flatMap((command) =>
    command.kind === 'log' ? [command.entry] : command.kind === 'change' ? [command.change] : [],
  )
  const issuesByName = await tx.issues.findByNames(
    siteId,
    unique(entries.flatMap((entry) => (entry.issue === undefined ? [] : [entry.issue]))),
  )
  const otherIssues = await tx.issues.getMany(siteId, unique(rows.map((row) => row.issueId)))
  const issues = new Map<IssueId, Issue>()
  for (const issue of [...otherIssues, ...[...issuesByName.values()].flat()])
    issues.set(issue.id, issue)
  const projects = new Map<ProjectId, Project>()
  const projectIds = unique([...issues.values()].map((issue) => issue.projectId))
  for (const project of await tx.projects.getMany(siteId, projectIds))
    projects.set(project.id, project)

  const named = commands.flatMap((command) =>
    command.kind === 'log' && command.entry.author !== undefined
      ? [command.entry.author]
      : command.kind === 'change' && command.change.author !== undefined
        ? [command.change.author]
        : [],
  )
  const peopleByName = await tx.people.findByNames(siteId, unique(named))
  const knownPeople = await tx.people.getMany(
    siteId,
    unique([
      ...requests.map((request) => request.actor.personId),
      ...rows.map((row) => row.authorId),
    ]),
  )
  const groupNames = unique(
    entries.flatMap((entry) =>
      entry.visibility?.type === 'group' ? [entry.visibility.value] : [],
    ),
  )
  const knownGroups = new Set(
    (await tx.groups.findByNames(siteId, groupNames)).map((group) => group.name),
  )
  const days = [...rows.map((row) => row.day), ...entries.flatMap((entry) => possibleDays(entry))]
  const locks = [...(await findLocks(tx, siteId, days)), ...(await approvedLocks(tx, siteId, rows))]
  const outcomes = await findRemembered(tx, siteId, requests)

  const people = new Map<PersonId, Person>()
  for (const person of [...knownPeople, ...[...peopleByName.values()].flat()])
    people.set(person.id, person)
  const personIds = [...people.keys()]
  const guard = await prepareRules(tx, siteId, { siteZone: site.timeZone, personIds, days })
  const { allowsClosedAccounts } = guard.rules
  const attributes = await findAttributes(
    tx,
    siteId,
    entries,
    [...projects.keys()],
    allowsClosedAccounts,
  )

  return {
    tx,
    current,
    locks,
    issue: (id) => issues.get(id)!,
    guard,
    findIssue: (name) => single(issuesByName.get(name), 'issue', name),
    person: (id) => people.get(id)!,
    findAuthor: (name) => single(peopleByName.get(name), 'author', name),
    checkVisibility(visibility) {
      if (visibility?.type === 'group' && !knownGroups.has(visibility.value))
        throw invalidField('visibility.value', `there is no group ${visibility.value}`)
    },
    attributesOf: (given, before, projectId) =>
      checkedAttributes(given, before, attributes(projectId)),
    beginningOf: (beginning, author, before) =>
      beginningOf(beginning, author.timeZone ?? site.timeZone, before),
    view(worklog) {
      const issue = issues.get(worklog.issueId)!
      const project = projects.get(issue.projectId)!
      const author = people.get(worklog.authorId)!
      return {
        ...worklog,
        issue: { id: issue.id, jiraId: issue.jiraId, key: issue.key, summary: issue.summary },
        project: { id: project.id, jiraId: project.jiraId, key: project.key, name: project.name },
        author: {
          id: author.id,
          accountId: author.accountId,
          username: author.username,
          key: author.key,
          displayName: author.displayName,
          email: author.email,
          timeZone: author.timeZone,
          isActive: author.isActive,
        },
      }
    },
    remembered(request) {
      const found = outcomes.get(ownKey(request) ?? '')
      if (!found) return undefined
      if (found.requestHash !== request.idempotency?.requestHash)
        return request.commands.map(refusedKey)
      return found.outcome as readonly WriteOutcome[]
    },
    remember(request, answered) {
      const key = ownKey(request)
      if (key !== undefined && request.idempotency)
        outcomes.set(key, { requestHash: request.idempotency.requestHash, outcome: answered })
    },
  }
}

function refusedKey(): WriteOutcome {
  const { code, message, details } = keyReused()
  return { ok: false, refusal: { code, message, details } }
}

function beginningOf(
  beginning: Beginning,
  zone: string,
  before: StoredBeginning | undefined,
): StoredBeginning {
  const { startedAt, day, startTime, offsetSeconds } = beginning
  if (startedAt !== undefined) {
    if (day !== undefined || startTime !== undefined)
      throw invalidField('startedAt', 'give either startedAt, or day and startTime, not both')
    if (!Number.isSafeInteger(startedAt) || Math.abs(startedAt) > furthestInstant)
      throw invalidField('startedAt', 'must be whole epoch milliseconds, from 1900 to 2199')
    if (offsetSeconds === undefined) return { startedAt, ...localIn(zone, startedAt) }
    if (!Number.isInteger(offsetSeconds) || Math.abs(offsetSeconds) > 64_800)
      throw invalidField('offsetSeconds', 'must be whole seconds, at most 18 hours')
    return { startedAt, ...localOf(startedAt, offsetSeconds), offsetSeconds }
  }
  if (day === undefined && startTime === undefined) {
    if (before) {
      return {
        startedAt: before.startedAt,
        day: before.day,
        startTime: before.startTime,
        offsetSeconds: before.offsetSeconds,
      }
    }
    throw invalidField('day', 'say when the work began: startedAt, or day and startTime')
  }
  const localDay = day === undefined ? before?.day : parseDay(day)
  if (localDay === undefined) throw invalidField('day', 'is missing')
  const begun = instantOf(localDay, startTime ?? before?.startTime ?? usualStartTime, zone)
  // A wall clock that the zone skips that day moves on; what is stored is what the clock showed.
  const local = localIn(zone, begun.instant)
  return { startedAt: begun.instant, ...local }
}

/**
 * Days a write may touch, generously: one day either side covers every zone, and a zone that skips
 * a whole day moves on to the next. What is no day at all is refused later, row by row.
 */
function possibleDays({ startedAt, day }: Beginning): Day[] {
  try {
    if (startedAt === undefined && day === undefined) return []
    const near = startedAt === undefined ? parseDay(day!) : localOf(startedAt, 0).day
    return [addDays(near, -1), addDays(near, 1)]
  } catch {
    return []
  }
}

/** What attribute values are checked against, by project; reads accounts only where one is named. */
async function findAttributes(
  tx: Writing,
  siteId: SiteId,
  entries: readonly { readonly attributes?: Attributes }[],
  projectIds: readonly ProjectId[],
  allowsClosedAccounts: boolean,
): Promise<(projectId: ProjectId) => AttributeContext> {
  const definitions = await tx.attributes.list(siteId)
  const ofAccounts = definitions.filter(({ type }) => type === 'account')
  const keys = unique(
    entries.flatMap(({ attributes = {} }) => ofAccounts.map(({ key }) => attributes[key] ?? '')),
  ).filter((key) => key !== '')
  const found = keys.length > 0 ? await tx.accounts.find(siteId, { keys, limit: keys.length }) : []
  const accounts = new Map(found.map((account) => [account.key, account]))
  const links = ofAccounts.some(({ isRequired }) => isRequired)
    ? await tx.accountLinks.find(siteId, { projectIds, isDefault: true, limit: projectIds.length })
    : []
  const usable = links.filter(({ account }) => account.status === 'open')
  const defaults = new Map(usable.map((link) => [link.projectId, link.account.key]))
  return (projectId) => ({
    definitions,
    accounts,
    allowsClosedAccounts,
    defaultAccount: defaults.get(projectId),
  })
}

async function findLocks(
  tx: Writing,
  siteId: SiteId,
  days: readonly Day[],
): Promise<readonly Lock[]> {
  if (days.length === 0) return []
  let [from, to] = [days[0]!, days[0]!]
  for (const day of days) {
    if (day < from) from = day
    if (day > to) to = day
  }
  return tx.locks.find(siteId, from, to)
}

async function findRemembered(
  tx: Writing,
  siteId: SiteId,
  requests: readonly WriteRequest[],
): Promise<Map<string, RememberedOutcome>> {
  const found = new Map<string, RememberedOutcome>()
  for (const request of requests) {
    const key = ownKey(request)
    if (key === undefined || !request.idempotency) continue
    const { actor, idempotency } = request
    const earlier = await tx.idempotency.find(siteId, keyOwner(actor), idempotency.key)
    if (earlier) found.set(key, earlier)
  }
  return found
}

function ownKey({ actor, idempotency }: WriteRequest): string | undefined {
  return idempotency && `${keyOwner(actor)} ${idempotency.key}`
}

/** The one thing a name means; an id means itself, whatever else is called so. */
function single<T extends { readonly id: string }>(
  found: readonly T[] | undefined,
  field: string,
  name: string,
): T {
  const exact = found?.find((one) => one.id === name)
  if (exact) return exact
  const [first, second] = found ?? []
  if (first === undefined)
    throw invalidField(field, `nothing is known under "${name.slice(0, 100)}"`)
  if (second !== undefined)
    throw new DomainError('invalid', `${field}: "${name}" means more than one; use the id`, {
      problems: [{ field, message: 'is ambiguous' }],
    })
  return first
}

function isNumber(id: string): boolean {
  return /^[1-9]\d{0,17}$/.test(id)
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
