import type { AccountLinkStore, AccountStore } from './account.ts'
import type { AccountCategoryStore } from './account-category.ts'
import type { AllocationStore } from './allocation.ts'
import type { ApprovalStore } from './approval.ts'
import type { AttributeStore } from './attribute.ts'
import type { AuditStore, NewAuditEntry } from './audit.ts'
import type { CustomerStore } from './customer.ts'
import type { EventStore } from './event.ts'
import type { EventTypeStore } from './event-type.ts'
import type { FavouriteStore } from './favourite.ts'
import type { FeedStore } from './feed.ts'
import type { FilterStore } from './filter.ts'
import type { GenericResourceStore } from './generic-resource.ts'
import type { GroupStore } from './group.ts'
import type { HandOverStore } from './hand-over.ts'
import type { DatabaseFigures } from './health.ts'
import type { HolidayStore } from './holiday.ts'
import type { CatalogueStore, IssueStore } from './issue.ts'
import type { IssueSearchStore } from './issue-query.ts'
import type { IssueWorklogStore } from './issue-worklogs.ts'
import type { JiraLinkStore } from './jira-link.ts'
import type { LockStore } from './lock.ts'
import type { LoginStore } from './login.ts'
import type { ManifestStore } from './manifest.ts'
import type { MembershipStore } from './membership.ts'
import type { MirrorStore } from './mirror.ts'
import type { NameStore } from './names.ts'
import type { OAuthStore } from './oauth-app.ts'
import type { PermissionRoleStore } from './permission-role.ts'
import type { PersonStore } from './person.ts'
import type { PlanDraftStore } from './plan-draft.ts'
import type { PlanningSettingsStore } from './planning-settings.ts'
import type { PositionStore } from './position.ts'
import type { PreferenceStore } from './preferences.ts'
import type { ProgramStore } from './program.ts'
import type { ProjectStore } from './project.ts'
import type { ReportStore } from './report.ts'
import type { WorkingTimeStore } from './required-time.ts'
import type { RuleStore } from './rules.ts'
import type { ScheduleStore } from './schedule.ts'
import type { SessionStore } from './session.ts'
import type { ConnectionStore, SiteId, SiteStore } from './site.ts'
import type { SkillLevelStore, SkillStore } from './skill.ts'
import type { SyncStore } from './sync-state.ts'
import type { TeamStore } from './team.ts'
import type { TeamReportStore } from './team-home.ts'
import type { TeamLinkStore } from './team-link.ts'
import type { TeamRoleStore } from './team-role.ts'
import type { TimerStore } from './timer.ts'
import type { TokenStore } from './token.ts'
import type { VacationStore } from './vacation.ts'
import type { WorklogStore } from './worklog.ts'
import type { WorklogApprovalStore } from './worklog-approval.ts'
import type { WorklogCategoryStore } from './worklog-category.ts'

/** What was answered to a write that carried an idempotency key. */
export type RememberedOutcome = { readonly requestHash: string; readonly outcome: unknown }

/** Remembers outcomes per owner and key, so that a repeated write answers the same and writes nothing. */
export interface IdempotencyStore {
  find(siteId: SiteId, owner: string, key: string): Promise<RememberedOutcome | undefined>
  keep(
    siteId: SiteId,
    entry: { owner: string; key: string; requestHash: string; outcome: unknown; at: number },
  ): Promise<void>
  forgetBefore(siteId: SiteId, at: number): Promise<void>
}

/** Everything the domain asks of a database, on one connection or in one transaction. */
export type Stores = {
  readonly sites: SiteStore
  readonly connections: ConnectionStore
  readonly people: PersonStore
  readonly groups: GroupStore
  readonly projects: ProjectStore
  readonly issues: IssueStore
  readonly catalogue: CatalogueStore
  readonly worklogs: WorklogStore
  readonly reports: ReportStore
  readonly tokens: TokenStore
  readonly oauth: OAuthStore
  readonly attributes: AttributeStore
  readonly customers: CustomerStore
  readonly accountCategories: AccountCategoryStore
  readonly accounts: AccountStore
  readonly accountLinks: AccountLinkStore
  readonly locks: LockStore
  readonly audit: AuditStore
  readonly teams: TeamStore
  readonly resources: GenericResourceStore
  readonly memberships: MembershipStore
  readonly allocations: AllocationStore
  readonly permissionRoles: PermissionRoleStore
  readonly positions: PositionStore
  readonly programs: ProgramStore
  readonly skillLevels: SkillLevelStore
  readonly skills: SkillStore
  readonly teamLinks: TeamLinkStore
  readonly teamReports: TeamReportStore
  readonly teamRoles: TeamRoleStore
  readonly events: EventStore
  readonly eventTypes: EventTypeStore
  readonly planDrafts: PlanDraftStore
  readonly planningSettings: PlanningSettingsStore
  readonly handOvers: HandOverStore
  readonly vacations: VacationStore
  readonly worklogCategories: WorklogCategoryStore
  readonly worklogApprovals: WorklogApprovalStore
  readonly idempotency: IdempotencyStore
  readonly links: JiraLinkStore
  readonly sync: SyncStore
  readonly mirror: MirrorStore
  readonly issueSearch: IssueSearchStore
  readonly issueWorklogs: IssueWorklogStore
  readonly names: NameStore
  readonly schedules: ScheduleStore
  readonly holidays: HolidayStore
  readonly workingTime: WorkingTimeStore
  readonly feeds: FeedStore
  readonly filters: FilterStore
  readonly logins: LoginStore
  readonly sessions: SessionStore
  readonly rules: RuleStore
  readonly approvals: ApprovalStore
  readonly manifests: ManifestStore
  readonly favourites: FavouriteStore
  readonly timers: TimerStore
  readonly preferences: PreferenceStore
}

/** A transaction that holds the site's row: its writers come one after the other. */
export type Writing = Stores & {
  /** Takes the next `count` versions of the change feed and returns the first of them. */
  takeVersions(count: number): number
  /** Takes ids from the site's own sequence of Jira ids and returns the first of them. */
  takeJiraIds(count: number): number
  /** Chained and written when the transaction commits. */
  note(entry: NewAuditEntry): void
}

export interface Store extends Stores {
  /** Runs `work` in one transaction, alone among the site's writers. A throw leaves nothing behind. */
  write<T>(siteId: SiteId, work: (tx: Writing) => Promise<T>): Promise<T>
  /** Resolves while the database answers. */
  ping(): Promise<void>
  /** What the database is, how big, and how much of this site it holds. */
  describe(siteId: SiteId): Promise<DatabaseFigures>
  /** Version of the newest migration applied. */
  schemaVersion(): Promise<number>
  /** Reclaims space and refreshes statistics, after much was written at once. */
  maintain(): Promise<void>
  /** Calls back after each committed write of a site in this process. */
  onWrite(listener: (siteId: SiteId, version: number) => void): () => void
  close(): Promise<void>
}
