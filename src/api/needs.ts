import type { FastifyRequest } from 'fastify'
import type { Accounting } from '../domain/accounting.ts'
import type { Allocations } from '../domain/allocations.ts'
import type { Calendar } from '../domain/calendar.ts'
import type { Connections, OAuthConsent } from '../domain/connections.ts'
import type { Directory } from '../domain/directory.ts'
import { DomainError } from '../domain/errors.ts'
import type { FirstStart } from '../domain/first-start.ts'
import type { HandOvers } from '../domain/hand-overs.ts'
import type { Health } from '../domain/health.ts'
import type { IssueCondition } from '../domain/issue-query.ts'
import type { Conflicts } from '../domain/mirror.ts'
import type { OAuthApps } from '../domain/oauth-apps.ts'
import type { Actor } from '../domain/permission.ts'
import type { PlanDrafts } from '../domain/plan-drafts.ts'
import type { Planning } from '../domain/planning.ts'
import type { PlanningCatalogue } from '../domain/planning-catalogue.ts'
import type { Reports } from '../domain/reports.ts'
import type { Sessions } from '../domain/sessions.ts'
import type { SiteId } from '../domain/site.ts'
import type { Staffing } from '../domain/staffing.ts'
import type { Store } from '../domain/store.ts'
import type { SyncDesk } from '../domain/sync-state.ts'
import type { TeamHomes } from '../domain/team-home.ts'
import type { Teams } from '../domain/teams.ts'
import type { Timers } from '../domain/timer.ts'
import type { Timesheets } from '../domain/timesheets.ts'
import type { Tokens } from '../domain/tokens.ts'
import type { WorklogField, WorklogQuery } from '../domain/worklog.ts'
import type { WorklogApprovals } from '../domain/worklog-approvals.ts'
import type { WorklogBook } from '../domain/worklog-book.ts'
import type { Instant } from '../domain/zone.ts'
import type { FormatName, FormatOptions } from '../formats/formats.ts'
import type { Identity } from '../http/identity.ts'
import type { SessionIdentity } from '../http/session-identity.ts'
import type { SingleSignOn } from '../http/single-sign-on.ts'

/** A file on its way out. */
export type Export = {
  readonly contentType: string
  readonly extension: string
  readonly chunks: AsyncIterable<Buffer>
}

/** How browsers enter. */
export type Entering = {
  /** The site people sign in to: its address does not name one. */
  readonly siteId: SiteId
  readonly sessions: Sessions
  readonly identity: SessionIdentity
  readonly singleSignOn: SingleSignOn | undefined
}

/** What our own API is wired to. */
export type ApiNeeds = {
  readonly store: Store
  readonly book: WorklogBook
  readonly timesheets: Timesheets
  readonly directory: Directory
  readonly calendar: Calendar
  readonly teams: Teams
  readonly teamHomes: TeamHomes
  readonly staffing: Staffing
  readonly accounting: Accounting
  readonly allocations: Allocations
  readonly identity: Identity
  /** Sessions of browsers; a server without them takes tokens only. */
  readonly entering?: Entering
  readonly timers?: Timers
  /** A server without them makes tokens on the command line only. */
  readonly tokens?: Tokens
  /** Programs that act for people. */
  readonly oauth?: OAuthApps
  /** Ways to a Jira; a server without them offers no such routes. */
  readonly connections?: Connections
  readonly consent?: OAuthConsent
  readonly conflicts?: Conflicts
  /** Looks at readings of connections and begins them; not without connections. */
  readonly syncDesk?: SyncDesk
  /** A server without it says less of itself. */
  readonly readHealth?: () => Promise<Health>
  readonly firstStart?: FirstStart
  /** Without it the API offers no settings of it. */
  readonly handOvers?: HandOvers
  readonly planning: Planning
  readonly drafts: PlanDrafts
  readonly planningCatalogue: PlanningCatalogue
  readonly worklogApprovals: WorklogApprovals
  /** Reports that people keep; a server without them offers no such routes. */
  readonly reports?: Reports
  /** The issues a JQL query finds, as this caller means its names; throws `invalid`. */
  readonly findIssues: (actor: Actor, jql: string) => Promise<IssueCondition>
  readonly now: () => Instant
  readonly version: string
  /** Where clients reach this server, for the OpenAPI document. */
  readonly publicUrl: string | undefined
  readonly exportWorklogs: (
    query: WorklogQuery,
    fields: readonly WorklogField[],
    format: FormatName,
    options: FormatOptions,
  ) => Export
}

/** Who is asking; routes that are not public always have somebody. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) return request.actor
  throw new DomainError('unauthenticated', 'A token is needed: Authorization: Bearer …')
}
