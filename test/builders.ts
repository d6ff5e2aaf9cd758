import type { Attribute } from '../src/domain/attribute.ts'
import { type Day, parseDay } from '../src/domain/day.ts'
import { bareEvent, type EventId, type PlannedEvent } from '../src/domain/event.ts'
import { type EventTypeId, systemTypeIds } from '../src/domain/event-type.ts'
import { bareIssue, type Issue, type NewIssue } from '../src/domain/issue.ts'
import type { Actor, Role, Scope } from '../src/domain/permission.ts'
import type { NewPerson, Person, PersonId } from '../src/domain/person.ts'
import type { NewProject, Project } from '../src/domain/project.ts'
import { ownConnection, type Site } from '../src/domain/site.ts'
import type { Store, Writing } from '../src/domain/store.ts'
import type { Worklog } from '../src/domain/worklog.ts'
import { instantOf } from '../src/domain/zone.ts'

/** What a test may say of a worklog; the rest is plain: one hour at nine, UTC. */
export type WorklogWish = Partial<Omit<Worklog, 'day' | 'id'>> & {
  readonly day?: string
  readonly issue?: Issue
  readonly author?: Person
}

/** A site of its own, and builders that create its rows through the store. */
export type SiteBuilder = {
  readonly site: Site
  readonly siteId: Site['id']
  readonly store: Store
  aPerson(wish?: Partial<NewPerson>): Promise<Person>
  people(wishes: readonly Partial<NewPerson>[]): Promise<Person[]>
  aProject(wish?: Partial<NewProject>): Promise<Project>
  anIssue(wish?: Partial<NewIssue> & { project?: Project }): Promise<Issue>
  /** A text field of worklogs, unless another type is wished for. */
  anAttribute(wish?: Partial<Omit<Attribute, 'id' | 'version'>>): Promise<Attribute>
  aWorklog(wish?: WorklogWish): Promise<Worklog>
  /** All in one transaction and one statement, in this order. */
  worklogs(wishes: readonly WorklogWish[]): Promise<Worklog[]>
  changeWorklog(worklog: Worklog, change: Partial<Worklog>): Promise<Worklog>
}

let sites = 0

/** A fresh site with nothing in it. */
export async function aSite(
  store: Store,
  { name, timeZone = 'UTC' }: { name?: string; timeZone?: string } = {},
): Promise<SiteBuilder> {
  sites += 1
  const site = await store.sites.create({ name: name ?? `Site ${sites}`, timeZone })
  const siteId = site.id
  let made = 0
  const defaults: { person?: Promise<Person>; project?: Promise<Project>; issue?: Promise<Issue> } =
    {}
  const write = <T>(work: (tx: Writing) => Promise<T>) => store.write(siteId, work)

  const builder: SiteBuilder = {
    site,
    siteId,
    store,
    async aPerson(wish = {}) {
      return (await builder.people([wish]))[0]!
    },
    people: (wishes) =>
      write(async (tx) => {
        const rows = wishes.map((wish) => {
          made += 1
          return { ...plainPerson(made), ...wish, version: tx.takeVersions(1) }
        })
        const ids = await tx.people.insert(siteId, rows)
        return rows.map((row, at) => ({ ...row, id: ids[at]! }))
      }),
    aProject: (wish = {}) =>
      write(async (tx) => {
        made += 1
        const row = { ...plainProject(made), ...wish, version: tx.takeVersions(1) }
        return { ...row, id: (await tx.projects.insert(siteId, [row]))[0]! }
      }),
    async anIssue({ project: given, ...wish } = {}) {
      if (!given) defaults.project ??= builder.aProject()
      const project = given ?? (await defaults.project!)
      return write(async (tx) => {
        made += 1
        const row = { ...plainIssue(made, project), ...wish, version: tx.takeVersions(1) }
        return { ...row, id: (await tx.issues.insert(siteId, [row]))[0]! }
      })
    },
    anAttribute: (wish = {}) =>
      write(async (tx) => {
        made += 1
        const row = {
          key: `_Field${made}_`,
          name: `Field ${made}`,
          type: 'input-field' as const,
          isRequired: false,
          options: [],
          ...wish,
          version: tx.takeVersions(1),
        }
        return { ...row, id: await tx.attributes.insert(siteId, row) }
      }),
    async aWorklog(wish = {}) {
      return (await builder.worklogs([wish]))[0]!
    },
    async worklogs(wishes) {
      if (wishes.some((wish) => !wish.author)) defaults.person ??= builder.aPerson()
      if (wishes.some((wish) => !wish.issue)) defaults.issue ??= builder.anIssue()
      const [person, issue] = [await defaults.person, await defaults.issue]
      return write(async (tx) => {
        const rows = wishes.map((wish) => {
          const version = tx.takeVersions(1)
          const jiraId = String(tx.takeJiraIds(1))
          return plainWorklog(wish, wish.author ?? person!, wish.issue ?? issue!, version, jiraId)
        })
        const ids = await tx.worklogs.insert(siteId, rows)
        return rows.map((row, at) => ({ ...row, id: ids[at]! }))
      })
    },
    changeWorklog: (worklog, change) =>
      write(async (tx) => {
        const changed = { ...worklog, ...change, version: tx.takeVersions(1) }
        await tx.worklogs.update(siteId, [changed])
        return changed
      }),
  }
  return builder
}

/** Somebody asking: by default an employee with a token that may read and write. */
export function anActor(
  site: { readonly siteId: Site['id'] },
  person: { readonly id: PersonId },
  role: Role = 'employee',
  scopes: readonly Scope[] = ['read', 'write'],
  more: Partial<Actor> = {},
): Actor {
  return {
    siteId: site.siteId,
    personId: person.id,
    role,
    scopes,
    groupNames: [],
    teammateIds: [],
    ledIds: [],
    via: `test ${person.id}`,
    ...more,
  }
}

/** What a test may say of an event; the rest is plain: a booking of one day. */
export type EventWish = Partial<Omit<PlannedEvent, 'from' | 'to' | 'id'>> & {
  readonly id?: string
  readonly from?: string
  readonly to?: string
}

let events = 9_007_199_254_740_993n

/** An event of a person, with an id beyond 2^53; not stored yet. */
export function anEvent(
  person: { readonly id: PersonId },
  { id, from = '2026-03-02', to = from, ...wish }: EventWish = {},
): PlannedEvent {
  events += 1n
  const kind = wish.kind ?? 'booking'
  return {
    ...bareEvent,
    id: (id ?? String(events)) as EventId,
    kind,
    typeId: kind === 'issue' ? null : (systemTypeIds[kind] as string as EventTypeId),
    personId: person.id,
    from: parseDay(from),
    to: parseDay(to),
    title: 'Something',
    uid: `00000000-0000-4000-8000-${String(events).slice(-12)}`,
    createdAt: 0,
    updatedAt: 0,
    ...wish,
  }
}

/** Text known to be a day. */
export function day(text: string): Day {
  return parseDay(text)
}

function plainPerson(number: number): NewPerson {
  return {
    accountId: `account-${number}`,
    username: `user${number}`,
    key: `key-${number}`,
    displayName: `Person ${number}`,
    email: `user${number}@example.org`,
    timeZone: null,
    locale: null,
    accountType: null,
    isActive: true,
    isGhost: false,
    staffId: null,
    role: 'employee',
  }
}

function plainProject(number: number): Omit<NewProject, 'version'> {
  return {
    connectionId: ownConnection,
    jiraId: String(10_000 + number),
    key: `P${number}`,
    name: `Project ${number}`,
    category: null,
    leadId: null,
    isActive: true,
    isGhost: false,
  }
}

function plainIssue(number: number, project: Project): Omit<NewIssue, 'version'> {
  return {
    ...bareIssue,
    connectionId: project.connectionId,
    jiraId: String(20_000 + number),
    projectId: project.id,
    key: `${project.key}-${number}`,
    summary: `Issue ${number}`,
  }
}

function plainWorklog(
  { day: wishedDay, issue: _issue, author: _author, ...wish }: WorklogWish,
  author: Person,
  issue: Issue,
  version: number,
  jiraId: string,
): Omit<Worklog, 'id'> {
  const onDay = parseDay(wishedDay ?? '2026-03-02')
  const startTime = wish.startTime ?? '09:00:00'
  const { instant } = instantOf(onDay, startTime, 'UTC')
  return {
    connectionId: ownConnection,
    jiraId,
    copy: 0,
    issueId: issue.id,
    projectId: issue.projectId,
    authorId: author.id,
    updateAuthorId: null,
    startedAt: instant,
    day: onDay,
    startTime,
    offsetSeconds: 0,
    timeSpentSeconds: 3600,
    billableSeconds: null,
    comment: '',
    category: null,
    visibility: null,
    attributes: {},
    properties: {},
    createdAt: instant,
    updatedAt: instant,
    version,
    createdVersion: version,
    deletedAt: null,
    deletedReason: null,
    ...wish,
  }
}
