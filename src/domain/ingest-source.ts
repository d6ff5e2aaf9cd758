import type { Connection, SiteId } from './site.ts'
import type { Writing } from './store.ts'
import type { Visibility } from './worklog.ts'
import type { Instant, OffsetInstant } from './zone.ts'

/**
 * Somebody as a source names them; whatever it does not say is left out. Jira Cloud has accountId,
 * Server has username and key, old Servers only the username; none of the three is left when it has
 * forgotten the person.
 */
export type SourcePerson = {
  readonly accountId?: string
  readonly key?: string
  readonly username?: string
  readonly displayName: string
  readonly email?: string
  readonly timeZone?: string
  readonly isActive: boolean
  readonly accountType?: string
  readonly locale?: string
  readonly groups: readonly string[]
}

/** A project as far as worklogs need it; `category` is the project category's name. */
export type SourceProject = {
  readonly id?: string
  readonly key: string
  readonly name: string
  readonly category?: string
  readonly lead?: SourcePerson
}

/**
 * One entry of an issue's worklog. `started` keeps the offset the source wrote, which need not be
 * the author's; without an author the source has forgotten who it was.
 */
export type SourceWorklog = {
  readonly id: string
  readonly issueId?: string
  readonly author?: SourcePerson
  readonly updateAuthor?: SourcePerson
  readonly comment: string
  readonly started: OffsetInstant
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly timeSpentSeconds: number
  readonly visibility?: Visibility
  readonly properties?: Readonly<Record<string, unknown>>
}

/**
 * An issue with the worklogs that came inside it. `worklogTotal` above `worklogs.length` means that
 * the source gave only the first 20 or hid some; `timeSpentSeconds` is its own total and may differ
 * from the sum. The status' `category` is Jira's own key for it, never translated. `fields` holds
 * raw JSON: the custom fields and the objects JQL asks about.
 */
export type SourceIssue = {
  readonly id: string
  readonly key: string
  readonly summary: string
  readonly issueType?: { readonly name: string; readonly isSubtask: boolean }
  readonly status?: { readonly name: string; readonly category?: string }
  readonly priority?: string
  readonly resolution?: string
  readonly project: SourceProject
  readonly assignee?: SourcePerson
  readonly reporter?: SourcePerson
  readonly creator?: SourcePerson
  readonly parent?: { readonly id?: string }
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly fixVersions: readonly string[]
  readonly affectedVersions: readonly string[]
  readonly sprints: readonly string[]
  readonly originalEstimateSeconds?: number
  readonly remainingEstimateSeconds?: number
  readonly timeSpentSeconds?: number
  readonly worklogTotal?: number
  readonly createdAt?: Instant
  readonly updatedAt?: Instant
  readonly resolvedAt?: Instant
  readonly dueDay?: string
  readonly oldKeys: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
  readonly worklogs: readonly SourceWorklog[]
}

/** A saved search. */
export type SourceFilter = {
  readonly id: string
  readonly name: string
  readonly jql: string
  readonly description?: string
  readonly owner?: SourcePerson
  readonly isFavourite: boolean
}

/** A field of the source's catalogue; `clauseNames` are the names JQL knows it by. */
export type SourceField = {
  readonly id: string
  readonly name: string
  readonly isCustom: boolean
  readonly type?: string
  readonly clauseNames: readonly string[]
}

/** A group with all of its members, as its Jira has just listed them: who is not among them is out. */
export type SourceGroup = {
  readonly name: string
  readonly members: readonly SourcePerson[]
}

/** Some of what a source shows, of any size that fits one transaction. */
export type SourceBatch = {
  readonly issues: readonly SourceIssue[]
  /** Worklogs shown without their issue, as in the answer of a worklog list. */
  readonly worklogs: readonly SourceWorklog[]
  /** People a source lists as such: what it says there goes before what stands beside a worklog. */
  readonly people: readonly SourcePerson[]
  readonly projects: readonly SourceProject[]
  readonly filters: readonly SourceFilter[]
  readonly fields: readonly SourceField[]
}

export type IngestCounts = {
  readonly issues: { new: number; changed: number; unchanged: number }
  /** `drift`: differs from locked days and was kept beside them. */
  readonly worklogs: { new: number; changed: number; unchanged: number; drift: number }
  readonly people: { new: number; changed: number }
  readonly projects: { new: number; changed: number }
  /** Who came into a group or went out of it. */
  members: number
  /** Saved filters and field definitions that were new or differed. */
  catalogue: number
  /** Sum over the worklogs shown, whether new or not. */
  seconds: number
}

export type IngestContext = {
  readonly tx: Writing
  readonly siteId: SiteId
  readonly connection: Connection
  readonly counts: IngestCounts
  readonly at: Instant
  /** The batch was just read from the Jira itself: see `TakeOptions`. */
  readonly live?: LiveReading
}

/**
 * A reading of the Jira itself rather than of some export: ids are unique there, and a row it
 * shows lives, unless it was deleted here after the site stood at `sinceVersion`, when asked for.
 */
export type LiveReading = {
  readonly sinceVersion: number
  /** Groups that were read whole. */
  readonly groups?: readonly SourceGroup[]
}

export function noCounts(): IngestCounts {
  return {
    issues: { new: 0, changed: 0, unchanged: 0 },
    worklogs: { new: 0, changed: 0, unchanged: 0, drift: 0 },
    people: { new: 0, changed: 0 },
    projects: { new: 0, changed: 0 },
    members: 0,
    catalogue: 0,
    seconds: 0,
  }
}

/** Adds `more` to `sum`, number by number. */
export function addCounts(sum: IngestCounts, more: IngestCounts): void {
  for (const part of ['issues', 'worklogs', 'people', 'projects'] as const) {
    const into = sum[part] as Record<string, number>
    for (const [name, value] of Object.entries(more[part])) into[name] = (into[name] ?? 0) + value
  }
  sum.members += more.members
  sum.catalogue += more.catalogue
  sum.seconds += more.seconds
}
