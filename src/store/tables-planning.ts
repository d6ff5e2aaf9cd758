import type { ColumnType, Generated } from 'kysely'

type Big = ColumnType<string, string | number, string | number>
type Moment = ColumnType<string, string, string>
type Json = ColumnType<unknown, string, string>
type Numeric = ColumnType<string, string | number, string | number>

export type EventTypeTable = {
  site_id: number
  id: Big
  kind: string
  name: string
  is_system: Generated<boolean>
  is_milestone: Generated<boolean>
  version: ColumnType<string, string | number | undefined, string | number>
}

export type PlannedEventTable = {
  site_id: number
  id: Big
  kind: string
  person_id: Big | null
  from_day: string
  to_day: string
  title: string
  type_id: Big | null
  team_id: Big | null
  issue_id: Big | null
  project_id: Big | null
  seconds_per_day: number | null
  original_seconds: Big | null
  remaining_seconds: Big | null
  color: string | null
  uid: Generated<string>
  link: Generated<string>
  approved_by: Big | null
  approved_at: Moment | null
  created_by: Big | null
  created_at: ColumnType<string, string | undefined, string>
  updated_at: ColumnType<string, string | undefined, string>
  version: ColumnType<string, string | number | undefined, string | number>
}

export type PlannedEventChangeTable = {
  site_id: number
  version: Big
  event_id: Big
  actor_id: Big
  at: Moment
  before: Json | null
  after: Json | null
}

export type PlanningSettingTable = {
  site_id: number
  spread: Generated<string>
  scope: Generated<string>
  counts_unapproved_absence: Generated<boolean>
  approves_worklogs: Generated<boolean>
  vacation_days: Numeric | null
  is_activity_timeline_on: Generated<boolean>
  activity_timeline_window: Generated<string>
  activity_timeline_extended: Generated<boolean>
  version: ColumnType<string, string | number | undefined, string | number>
}

export type VacationAllowanceTable = {
  site_id: number
  person_id: Big
  year: number
  days: Numeric
}

export type WorklogCategoryTable = {
  site_id: number
  id: number
  name: string
  is_billable: boolean
  is_active: Generated<boolean>
  version: ColumnType<string, string | number | undefined, string | number>
}

export type WorklogApprovalTable = {
  site_id: number
  worklog_id: Big
  approved_by: Big | null
  approved_at: Moment
}

export type PlanDraftTable = {
  site_id: number
  id: ColumnType<string, string | number | undefined, string | number>
  owner_id: Big
  name: string
  steps: Json
  changes: number
  created_at: Moment
  updated_at: Moment
  version: Big
}

export type PlanningTables = {
  plan_draft: PlanDraftTable
  event_type: EventTypeTable
  planned_event: PlannedEventTable
  planned_event_change: PlannedEventChangeTable
  planning_setting: PlanningSettingTable
  vacation_allowance: VacationAllowanceTable
  worklog_category: WorklogCategoryTable
  worklog_approval: WorklogApprovalTable
}
