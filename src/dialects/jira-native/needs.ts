import type { Filters } from '../../domain/filters.ts'
import type { Person } from '../../domain/person.ts'
import type { Sessions } from '../../domain/sessions.ts'
import type { Site, SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { WorklogBook } from '../../domain/worklog-book.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'
import type { SessionIdentity } from '../../http/session-identity.ts'
import type { Jql } from '../../jira/jql/search.ts'
import type { Box } from './page-token.ts'

/** What an administrator may set about the Jira that this server is to its clients. */
export type JiraNativeSettings = {
  /** Clients choose their way by it: usernames or account ids, old search or new. */
  readonly deploymentType: 'Server' | 'Cloud'
  /** Most issues in one page of a search. */
  readonly searchMax: number
  /** How young a change must not be to show in the feeds; a real Jira holds back the last minute. */
  readonly feedLagSeconds: number
  /** Most worklogs on one issue where Cloud's rules hold; 0 for no limit. */
  readonly worklogsPerIssue: number
}

/** What this dialect is wired to. */
export type JiraNativeNeeds = {
  readonly store: Store
  readonly book: WorklogBook
  readonly identity: Identity
  /** Logins with a password, and the sessions they begin. */
  readonly entering: {
    readonly siteId: SiteId
    readonly identity: SessionIdentity
    readonly sessions: Pick<Sessions, 'signIn' | 'end'>
  }
  readonly jql: Jql
  readonly filters: Filters
  /** Opened on first need: the key may have to be made. */
  readonly box: () => Box
  readonly site: Pick<Site, 'id'>
  readonly now: () => Instant
  /** Where clients reach this server; the request's own host where unset. */
  readonly publicUrl: string | undefined
  /** Below which everything is served too, and every Jira by itself below its name. */
  readonly contextPath: string
  readonly settings: JiraNativeSettings
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The person behind the request, as the routes of a Jira show and name them. */
    jiraCaller: Person | null
  }
}
