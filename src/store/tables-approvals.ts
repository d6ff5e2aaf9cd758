import type { Generated } from 'kysely'
import type { Big, GeneratedBig, Json, Moment } from './tables.ts'

export type PeriodTable = {
  site_id: number
  from_day: string
  to_day: string
  is_closed: boolean
  closed_at: Moment | null
}

export type TimesheetApprovalTable = {
  site_id: number
  person_id: Big
  from_day: string
  to_day: string
  status: string
  reviewer_id: Big | null
  actor_id: Big | null
  updated_at: Moment | null
  comment: Generated<string>
  required_seconds_at_submit: number | null
  spent_seconds_at_submit: number | null
}

export type TimesheetApprovalLogTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big
  from_day: string
  to_day: string
  action: string
  before: string
  after: string
  actor_id: Big
  at: Moment
  comment: string
  reviewer_id: Big | null
  required_seconds: number
  spent_seconds: number
  findings: Json
  override_reason: string | null
}

export type TimeRulesTable = { site_id: number; rules: Json; version: Big }

export type PeriodManifestTable = {
  site_id: number
  seq: Big
  kind: string
  from_day: string
  to_day: string
  at: Moment
  actor_id: Big | null
  comment: string
  worklog_count: Big
  time_spent_seconds: Big
  billable_seconds: Big
  content_hash: string
  hash: string
}

export type PeriodSnapshotTable = {
  site_id: number
  seq: Big
  worklog_id: Big
  content: Json
}

export type WorklogDriftTable = {
  site_id: number
  connection_id: number
  jira_id: Big
  copy: number
  worklog_id: Big | null
  person_id: Big
  day: string
  incoming: Json | null
  seen_at: Moment
  settled_at: Moment | null
  settled_by: Big | null
  settlement: string | null
  settle_comment: string | null
}
