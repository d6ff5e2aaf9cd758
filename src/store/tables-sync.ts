import type { Generated } from 'kysely'
import type { Big, GeneratedBig, Json, Moment } from './tables.ts'

export type JiraLinkTable = {
  site_id: number
  connection_id: number
  kind: string
  base_url: string
  auth: string
  login: string | null
  secret: string
  mode: string
  writes_as: Generated<string>
  allows_private: Generated<boolean>
  hook_secret: string | null
  created_at: Moment
  estimates: Generated<string>
  horizon: string | null
  projects: Json | null
}

export type OAuthAttemptTable = {
  site_id: number
  state_hash: string
  payload: string
  expires_at: Moment
}

export type SyncStateTable = {
  site_id: number
  connection_id: number
  state: Json
  lease_owner: string | null
  lease_until: Moment | null
}

export type SyncSuspectTable = {
  site_id: number
  connection_id: number
  jira_id: Big
  cycles: number
}

export type SyncIssueTable = {
  site_id: number
  connection_id: number
  jira_id: Big
  is_wanted: boolean
  described_at: Moment | null
  gap_seconds: Big | null
  is_outside: Generated<boolean>
}

export type SyncHintTable = {
  site_id: number
  connection_id: number
  kind: string
  jira_id: Big
  received_at: Moment
}

export type HookDeliveryTable = {
  site_id: number
  connection_id: number
  delivery: string
  received_at: Moment
}

export type SyncIncidentTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  kind: string
  message: string
  details: Json
  at: Moment
}

export type MirrorIntentTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  uid: string
  kind: string
  state: string
  issue_jira_id: Big
  jira_id: Big | null
  person_id: Big
  payload: Json
  error: string | null
  created_at: Moment
  finished_at: Moment | null
  leased_until: Moment | null
}

export type SyncConflictTable = {
  site_id: number
  id: GeneratedBig
  connection_id: number
  worklog_id: Big | null
  jira_id: Big
  person_id: Big
  reason: string
  ours: Json
  theirs: Json | null
  created_at: Moment
  resolved_at: Moment | null
  resolution: string | null
}

export type PersonCredentialTable = {
  site_id: number
  connection_id: number
  person_id: Big
  auth: string
  login: string | null
  secret: string
}
