import type { HandClock } from '../clock.ts'

/** A person of the fake, with the names of both dialects; a Jira shows those of its own. */
export type Person = {
  /** Names the person inside the world; the first `accountId`. */
  readonly id: string
  /** The first `name`: tokens and passwords are made of it, so that a renamed person keeps them. */
  readonly handle: string
  accountId: string
  key: string
  name: string
  displayName: string
  emailAddress: string | undefined
  active: boolean
  timeZone: string | undefined
  accountType: 'atlassian' | 'app' | 'customer'
  locale: string | undefined
  /** May see members of groups and edit the worklogs of others. */
  isAdmin: boolean
  /** A ghost writes worklogs and is found by no user search, like somebody deleted. */
  isGhost: boolean
}

/** A group; `name` on Data Center, `groupId` on Cloud. */
export type Group = { readonly id: string; name: string; readonly members: Set<string> }

/** A project; roles hold person ids. */
export type Project = {
  readonly id: string
  key: string
  name: string
  category: { readonly id: string; readonly name: string } | undefined
  leadId: string | undefined
  readonly roles: Map<string, Set<string>>
  /** Number of the last issue created here. */
  lastNumber: number
}

/** An issue. `fields` holds whatever else Jira shows of it, in Jira's own JSON. */
export type Issue = {
  readonly id: string
  key: string
  projectId: string
  created: number
  updated: number
  originalEstimate: number | undefined
  remainingEstimate: number | undefined
  /** Seconds in `timespent` that no worklog accounts for: real Jiras have such issues. */
  timeSpentElsewhere: number
  /** A closed issue takes no worklogs. */
  isEditable: boolean
  fields: Readonly<Record<string, unknown>>
}

/** A document of Atlassian's format, as version 3 of the API exchanges comments. */
export type AdfDocument = {
  readonly type: 'doc'
  readonly version: number
  readonly content: readonly unknown[]
}

/** Who alone may see a worklog. */
export type Visibility = { readonly type: 'group' | 'role'; readonly value: string }

/** One worklog. Times are epoch ms; `updated` is also the feed's `updatedTime`. */
export type Worklog = {
  readonly id: number
  issueId: string
  authorId: string | undefined
  updateAuthorId: string | undefined
  comment: string | AdfDocument | undefined
  started: number
  created: number
  updated: number
  timeSpentSeconds: number
  visibility: Visibility | undefined
  properties: readonly { readonly key: string; readonly value: unknown }[]
}

/** A saved filter. */
export type SavedFilter = {
  readonly id: string
  name: string
  jql: string
  ownerId: string
  readonly favouriteOf: Set<string>
}

/** What happened in the world: webhooks are made of it. */
export type WorldEvent =
  | {
      readonly kind: 'worklog_created' | 'worklog_updated' | 'worklog_deleted'
      readonly at: number
      readonly worklog: Worklog
      readonly actorId: string | undefined
    }
  | {
      readonly kind: 'jira:issue_created' | 'jira:issue_updated' | 'jira:issue_deleted'
      readonly at: number
      readonly issue: Issue
      readonly changes: readonly FieldChange[]
    }

/** One item of an issue event's changelog. */
export type FieldChange = { readonly field: string; readonly from: string; readonly to: string }

/** Everything a Jira holds, as plain maps. Read freely; change it through the world's functions. */
export type WorldState = {
  readonly clock: HandClock
  readonly people: Map<string, Person>
  readonly groups: Map<string, Group>
  readonly projects: Map<string, Project>
  readonly issues: Map<string, Issue>
  /** Current and former keys in capitals, to issue ids. */
  readonly issueIdByKey: Map<string, string>
  readonly worklogs: Map<number, Worklog>
  readonly worklogIdsByIssue: Map<string, Set<number>>
  /** Deleted rows by id, with what they were and when they went. */
  readonly tombstones: Map<number, Tombstone>
  readonly filters: Map<string, SavedFilter>
  /** Person ids that may not browse a project; `*` is everybody. */
  readonly hiddenFrom: Map<string, Set<string>>
  /** Projects that let nobody, or these people, log work. */
  readonly noLogging: Map<string, Set<string>>
  readonly credentials: { readonly revoked: Set<string>; captcha: Map<string, number> }
  readonly fieldNames: Map<string, string>
  readonly settings: JiraSettings
}

/** What was deleted and when; `isListed` says whether the deleted feed tells. */
export type Tombstone = { readonly worklog: Worklog; deletedAt: number; isListed: boolean }

/** How this Jira counts time and where it stands. */
export type JiraSettings = {
  hoursPerDay: number
  daysPerWeek: number
  timeFormat: 'pretty' | 'days' | 'hours'
  defaultUnit: 'minute' | 'hour' | 'day' | 'week'
  timeZone: string
}
