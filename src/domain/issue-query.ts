import type { Day } from './day.ts'
import type { GroupId } from './group.ts'
import type { Issue, IssueId } from './issue.ts'
import type { Viewer } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { Instant } from './zone.ts'

/** Values between bounds, all of which hold: `from` and `to` inclusive, `after` and `before` not. */
export type Span<T> = {
  readonly from?: T
  readonly after?: T
  readonly to?: T
  readonly before?: T
}

/** Some people: those listed and the members of those groups. */
export type People = {
  readonly personIds: readonly PersonId[]
  readonly groupIds: readonly GroupId[]
}

/**
 * What a text must hold, over its words: what lies between letters and digits separates, case does
 * not count. In a `pattern`, `*` stands for any letters and `?` for one; it covers a whole word.
 */
export type TextQuery =
  | { readonly kind: 'word' | 'prefix' | 'pattern'; readonly word: string }
  /** Words right behind each other; the last may be the beginning of a word. */
  | { readonly kind: 'phrase'; readonly words: readonly string[]; readonly isPrefix: boolean }
  | { readonly kind: 'all' | 'any'; readonly queries: readonly TextQuery[] }
  | { readonly kind: 'none'; readonly query: TextQuery }

/** Fields with names in them, one or many; compared as stored. */
export type IssueNameField =
  | 'status'
  | 'statusCategory'
  | 'issueType'
  | 'priority'
  | 'resolution'
  | 'labels'
  | 'components'
  | 'fixVersions'
  | 'affectedVersions'
  | 'sprints'
  | 'securityLevel'
  | 'projectCategory'

export type IssuePersonField = 'assignee' | 'reporter' | 'creator'
export type IssueInstantField = 'createdAt' | 'updatedAt' | 'resolvedAt'
export type IssueNumberField =
  | 'originalEstimateSeconds'
  | 'remainingEstimateSeconds'
  | 'timeSpentSeconds'
  | 'workRatioPercent'

/** A value under one of these ids in `Issue.fields`: one id per source that knows the field. */
export type CustomField = { readonly customFieldIds: readonly string[] }

/**
 * Which issues: plain data. In every kind with `not`, true means: the field has a value and none of
 * its values is among those named, so that an empty field matches neither way.
 */
export type IssueCondition =
  | { readonly kind: 'everything' | 'nothing' }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly IssueCondition[] }
  /** Whatever the inner condition does not match, empty fields included. */
  | { readonly kind: 'complement'; readonly condition: IssueCondition }
  | { readonly kind: 'issues'; readonly issueIds: readonly IssueId[]; readonly not: boolean }
  /** Issues of one project by the number in their key. */
  | { readonly kind: 'keys'; readonly projectId: ProjectId; readonly span: Span<number> }
  | { readonly kind: 'projects'; readonly projectIds: readonly ProjectId[]; readonly not: boolean }
  | { readonly kind: 'parents'; readonly parents: readonly ParentRef[]; readonly not: boolean }
  | { readonly kind: 'subtask'; readonly is: boolean }
  /** Whether it lies on anybody's timeline. */
  | { readonly kind: 'scheduled'; readonly is: boolean }
  | {
      readonly kind: 'people'
      readonly field: IssuePersonField | CustomField
      readonly people: People
      readonly not: boolean
    }
  | {
      readonly kind: 'names'
      readonly field: IssueNameField
      readonly names: readonly string[]
      readonly not: boolean
    }
  /** A custom field by the value, name, key or id of what it holds; `values` in lower case. */
  | {
      readonly kind: 'options'
      readonly field: CustomField
      readonly values: readonly string[]
      readonly not: boolean
    }
  | {
      readonly kind: 'instants'
      readonly field: IssueInstantField | CustomField
      readonly spans: readonly Span<Instant>[]
      readonly not: boolean
    }
  | {
      readonly kind: 'days'
      readonly field: 'dueDay' | CustomField
      readonly spans: readonly Span<Day>[]
      readonly not: boolean
    }
  | {
      readonly kind: 'numbers'
      readonly field: IssueNumberField | CustomField
      readonly spans: readonly Span<number>[]
      readonly not: boolean
    }
  /** Any of the fields; `not`: at least one has words, and none of them matches. */
  | {
      readonly kind: 'text'
      readonly fields: readonly ('summary' | CustomField)[]
      readonly query: TextQuery
      readonly not: boolean
    }
  | { readonly kind: 'empty'; readonly field: IssueEmptyField; readonly not: boolean }
  /** There is a worklog the viewer sees of which all of this holds; none asked means any worklog. */
  | { readonly kind: 'workedOn'; readonly worklog: readonly WorklogCondition[] }

export type ParentRef = { readonly connectionId: ConnectionId; readonly jiraId: string }

export type IssueEmptyField =
  | IssueNameField
  | IssuePersonField
  | IssueInstantField
  | IssueNumberField
  | 'dueDay'
  | 'parent'
  | 'summary'
  | CustomField

/** One thing asked of a worklog; `not` needs a value as it does for issues. */
export type WorklogCondition =
  | {
      readonly kind: 'started'
      /** By the instant the work began. */
      readonly spans: readonly Span<Instant>[]
      readonly not: boolean
    }
  /** By the day in the author's own zone. */
  | { readonly kind: 'days'; readonly spans: readonly Span<Day>[]; readonly not: boolean }
  | { readonly kind: 'author'; readonly people: People; readonly not: boolean }
  | { readonly kind: 'comment'; readonly query: TextQuery; readonly not: boolean }

export type IssueOrderField =
  | Exclude<IssueNameField, 'priority'>
  | IssuePersonField
  | IssueInstantField
  | IssueNumberField
  | 'dueDay'
  | 'key'
  | 'project'
  | 'parent'
  | 'summary'

/** One level of the order. Empty comes last ascending and first descending; ids decide ties, newest first. */
export type IssueOrder = {
  readonly by:
    | IssueOrderField
    /** Priorities have a rank; `names` lists them from the lowest. */
    | { readonly priorityNames: readonly string[] }
    | (CustomField & { readonly type: 'text' | 'number' | 'day' | 'instant' })
  readonly direction: 'asc' | 'desc'
}

/** A search as one viewer makes it: hidden worklogs count for nothing. */
export type IssueSearch = {
  readonly siteId: SiteId
  readonly viewer: Viewer
  readonly condition: IssueCondition
  readonly order: readonly IssueOrder[]
}

/** The row a page ended with: the values it was sorted by, null where empty, and its id. */
export type IssueBookmark = { readonly values: readonly (string | null)[]; readonly id: IssueId }

export type IssueSearchPage = {
  readonly limit: number
  readonly offset?: number
  readonly after?: IssueBookmark
}

/** `next` is absent where nothing follows. */
export type FoundIssues = { readonly issues: readonly Issue[]; readonly next?: IssueBookmark }

export interface IssueSearchStore {
  search(search: IssueSearch, page: IssueSearchPage): Promise<FoundIssues>
  /**
   * A page by offset, and how many there are in all: it begins behind the row that the page before
   * ended with, and what was counted for that one holds until somebody begins anew.
   */
  page(
    search: IssueSearch,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly issues: readonly Issue[]; readonly total: number }>
  count(search: IssueSearch): Promise<number>
}
