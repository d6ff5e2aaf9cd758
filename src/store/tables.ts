import type { ColumnType, Generated } from 'kysely'
import type {
  AccountCategoryTable,
  AccountLinkTable,
  AccountTable,
  AttributeTable,
  CustomerTable,
  ExternalResultTable,
  HandOverSettingTable,
} from './tables-accounting.ts'
import type {
  PeriodManifestTable,
  PeriodSnapshotTable,
  PeriodTable,
  TimeRulesTable,
  TimesheetApprovalLogTable,
  TimesheetApprovalTable,
  WorklogDriftTable,
} from './tables-approvals.ts'
import type { OAuthAppTable, OAuthGrantTable } from './tables-oauth.ts'
import type { PlanningTables } from './tables-planning.ts'
import type {
  HookDeliveryTable,
  JiraLinkTable,
  MirrorIntentTable,
  OAuthAttemptTable,
  PersonCredentialTable,
  SyncConflictTable,
  SyncHintTable,
  SyncIncidentTable,
  SyncIssueTable,
  SyncStateTable,
  SyncSuspectTable,
} from './tables-sync.ts'
import type {
  AllocationTable,
  GenericResourceSkillTable,
  GenericResourceTable,
  GenericResourceTeamTable,
  PermissionRolePersonTable,
  PermissionRoleTable,
  PermissionRoleTeamTable,
  PersonPositionTable,
  PersonSkillTable,
  ProgramTable,
  SkillLevelTable,
  SkillTable,
  StaffPositionTable,
  TeamLinkTable,
  TeamManagerTable,
  TeamMembershipTable,
  TeamReportTable,
  TeamRoleTable,
  TeamTable,
} from './tables-teams.ts'

/** 64-bit numbers, dates and times travel as the text PostgreSQL sends and takes. */
export type Big = ColumnType<string, string | number, string | number>
export type GeneratedBig = ColumnType<string, string | number | undefined, string | number>
export type Moment = ColumnType<string, string, string>
export type Json = ColumnType<unknown, string, string>
export type GeneratedJson = ColumnType<unknown, string | undefined, string>

export type SiteTable = {
  id: Generated<number>
  name: string
  time_zone: Generated<string>
  first_weekday: Generated<number>
  book_mode: Generated<string>
  working_hours_per_day: ColumnType<string, string | undefined, string>
  working_days_per_week: ColumnType<string, string | undefined, string>
  version: GeneratedBig
  next_jira_id: GeneratedBig
  audit_seq: GeneratedBig
  audit_hash: Generated<string>
  created_at: ColumnType<string, string | undefined, string>
}

export type ConnectionTable = {
  site_id: number
  id: number
  name: string
  base_url: string | null
  created_at: ColumnType<string, string | undefined, string>
  synced_at: Moment | null
  worklogs_announced: Big | null
  worklogs_held: Big | null
}

export type PersonTable = {
  site_id: number
  id: GeneratedBig
  account_id: string
  username: string | null
  key: string | null
  display_name: string
  email: string | null
  time_zone: string | null
  locale: string | null
  account_type: string | null
  is_active: Generated<boolean>
  is_ghost: Generated<boolean>
  staff_id: string | null
  role: Generated<string>
  version: Big
}

export type PersonIdentityTable = {
  site_id: number
  connection_id: number
  kind: string
  value: string
  person_id: Big
}

export type PersonGroupTable = { site_id: number; id: GeneratedBig; name: string }

export type GroupMemberTable = {
  site_id: number
  group_id: Big
  person_id: Big
  connection_id: Generated<number>
}

export type LoginTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big
  kind: string
  subject: string
  created_at: ColumnType<string, string | undefined, string>
  secret: string | null
}

export type SessionTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big
  hash: string
  csrf_token: string
  created_at: Moment
  expires_at: Moment
  last_used_at: Moment
  last_used_from: string | null
  user_agent: string
}

export type FavouriteIssueTable = {
  site_id: number
  person_id: Big
  issue_id: Big
  added_at: Moment
}

export type TimerTable = {
  site_id: number
  person_id: Big
  issue_id: Big
  started_at: Moment
  comment: string
}

export type PersonPreferenceTable = {
  site_id: number
  person_id: Big
  preferences: Json
}

export type LoginLinkTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big
  purpose: string
  hash: string
  created_at: Moment
  expires_at: Moment
}

export type TokenTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big
  name: string
  hint: string
  hash: string
  scopes: string[]
  networks: string[]
  created_at: Moment
  expires_at: Moment | null
  last_used_at: Moment | null
  last_used_from: string | null
  revoked_at: Moment | null
}

export type ProjectTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  jira_id: Big
  key: string
  name: string
  category: string | null
  lead_id: Big | null
  is_active: Generated<boolean>
  is_ghost: Generated<boolean>
  last_issue_number: GeneratedBig
  version: Big
}

export type IssueTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  jira_id: Big
  project_id: Big
  key: string
  summary: string
  issue_type: string | null
  is_subtask: Generated<boolean>
  status: string | null
  status_category: string | null
  priority: string | null
  resolution: string | null
  assignee_id: Big | null
  reporter_id: Big | null
  creator_id: Big | null
  parent_jira_id: Big | null
  labels: Generated<string[]>
  components: Generated<string[]>
  fix_versions: Generated<string[]>
  affected_versions: Generated<string[]>
  sprints: Generated<string[]>
  original_estimate_seconds: Big | null
  remaining_estimate_seconds: Big | null
  reported_time_spent_seconds: Big | null
  reported_worklog_count: number | null
  due_day: string | null
  created_at: Moment | null
  updated_at: Moment | null
  resolved_at: Moment | null
  fields: GeneratedJson
  is_ghost: Generated<boolean>
  version: Big
}

export type IssueOldKeyTable = { site_id: number; key: string; issue_id: Big }

export type SavedFilterTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  jira_id: Big
  name: string
  jql: string
  description: string | null
  owner_id: Big | null
  is_favourite: Generated<boolean>
  is_shared: Generated<boolean>
}

export type FilterFavouriteTable = {
  site_id: number
  filter_id: Big
  person_id: Big
}

export type FeedStampTable = {
  site_id: number
  first_version: Big
  at_ms: Big
}

export type FieldDefinitionTable = {
  site_id: number
  connection_id: number
  id: string
  name: string
  is_custom: boolean
  type: string | null
  clause_names: Generated<string[]>
}

export type WorklogTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  jira_id: Big
  copy: Generated<number>
  issue_id: Big
  project_id: Big
  author_id: Big
  update_author_id: Big | null
  started_at: Moment
  day: string
  start_time: string
  offset_seconds: number
  time_spent_seconds: number
  billable_seconds: number | null
  comment: string
  category: string | null
  visibility_type: string | null
  visibility_value: string | null
  attributes: GeneratedJson
  properties: GeneratedJson
  created_at: Moment
  updated_at: Moment
  version: Big
  created_version: Big
  deleted_at: Moment | null
  deleted_reason: string | null
}

export type ReportTable = {
  site_id: number
  id: GeneratedBig
  owner_id: Big
  name: string
  definition: Json
  is_shared: Generated<boolean>
  created_at: Moment
  updated_at: Moment
  version: Big
}

export type ReportLinkTable = {
  site_id: number
  id: GeneratedBig
  report_id: Big
  maker_id: Big
  hash: string
  allows: string
  created_at: Moment
  expires_at: Moment
  revoked_at: Moment | null
}

export type AuditTable = {
  site_id: number
  seq: Big
  at: Moment
  actor_id: Big | null
  via: string
  action: string
  object_type: string
  object_id: string
  before: Json | null
  after: Json | null
  hash: string
}

export type IdempotencyTable = {
  site_id: number
  owner: string
  key: string
  request_hash: string
  outcome: Json
  created_at: Moment
}

export type ScheduleTable = {
  site_id: number
  id: GeneratedBig
  name: string
  description: Generated<string>
  is_default: Generated<boolean>
  week_seconds: number[]
  version: GeneratedBig
  is_removed: Generated<boolean>
}

/** What a person follows from a day on; the same shape for schedules and holiday schemes. */
export type ChoiceTable = {
  site_id: number
  person_id: Big
  from_day: string
  scheme_id: Big | null
}

export type HolidaySchemeTable = {
  site_id: number
  id: GeneratedBig
  name: string
  description: Generated<string>
  is_default: Generated<boolean>
  version: GeneratedBig
  is_removed: Generated<boolean>
}

export type HolidayTable = {
  site_id: number
  id: GeneratedBig
  scheme_id: Big
  kind: string
  name: string
  description: Generated<string>
  day: string
  seconds: number
}

export type SchemaMigrationTable = {
  number: number
  name: string
  checksum: string
  applied_at: ColumnType<string, string | undefined, string>
}

/** Every table, as Kysely checks queries against it; a test compares this with the schema itself. */
export type Tables = PlanningTables & {
  site: SiteTable
  connection: ConnectionTable
  person: PersonTable
  person_identity: PersonIdentityTable
  person_group: PersonGroupTable
  group_member: GroupMemberTable
  team: TeamTable
  team_membership: TeamMembershipTable
  login: LoginTable
  session: SessionTable
  login_link: LoginLinkTable
  favourite_issue: FavouriteIssueTable
  timer: TimerTable
  person_preference: PersonPreferenceTable
  token: TokenTable
  project: ProjectTable
  issue: IssueTable
  issue_old_key: IssueOldKeyTable
  saved_filter: SavedFilterTable
  filter_favourite: FilterFavouriteTable
  feed_stamp: FeedStampTable
  field_definition: FieldDefinitionTable
  report: ReportTable
  report_link: ReportLinkTable
  worklog: WorklogTable
  attribute: AttributeTable
  customer: CustomerTable
  account_category: AccountCategoryTable
  account: AccountTable
  account_link: AccountLinkTable
  period: PeriodTable
  timesheet_approval: TimesheetApprovalTable
  timesheet_approval_log: TimesheetApprovalLogTable
  time_rules: TimeRulesTable
  period_manifest: PeriodManifestTable
  period_snapshot: PeriodSnapshotTable
  worklog_drift: WorklogDriftTable
  audit: AuditTable
  idempotency: IdempotencyTable
  jira_link: JiraLinkTable
  oauth_attempt: OAuthAttemptTable
  oauth_app: OAuthAppTable
  oauth_grant: OAuthGrantTable
  sync_state: SyncStateTable
  sync_suspect: SyncSuspectTable
  sync_issue: SyncIssueTable
  sync_hint: SyncHintTable
  hook_delivery: HookDeliveryTable
  sync_incident: SyncIncidentTable
  mirror_intent: MirrorIntentTable
  sync_conflict: SyncConflictTable
  person_credential: PersonCredentialTable
  schedule: ScheduleTable
  schedule_member: ChoiceTable
  holiday_scheme: HolidaySchemeTable
  holiday_scheme_member: ChoiceTable
  holiday: HolidayTable
  program: ProgramTable
  team_manager: TeamManagerTable
  team_report: TeamReportTable
  team_role: TeamRoleTable
  team_link: TeamLinkTable
  permission_role: PermissionRoleTable
  permission_role_person: PermissionRolePersonTable
  permission_role_team: PermissionRoleTeamTable
  generic_resource: GenericResourceTable
  generic_resource_team: GenericResourceTeamTable
  generic_resource_skill: GenericResourceSkillTable
  skill: SkillTable
  skill_level: SkillLevelTable
  person_skill: PersonSkillTable
  staff_position: StaffPositionTable
  person_position: PersonPositionTable
  external_result: ExternalResultTable
  hand_over_setting: HandOverSettingTable
  allocation: AllocationTable
  schema_migration: SchemaMigrationTable
}
