import type { Generated } from 'kysely'
import type { Big, GeneratedBig, Json, Moment } from './tables.ts'

export type ProgramTable = {
  site_id: number
  id: GeneratedBig
  name: string
  manager_id: Big | null
  version: Big
}

export type TeamTable = {
  site_id: number
  id: GeneratedBig
  name: string
  lead_id: Big | null
  summary: string | null
  program_id: Big | null
  is_administrative: Generated<boolean>
  is_public: Generated<boolean>
  version: GeneratedBig
}

export type TeamReportTable = {
  site_id: number
  team_id: Big
  report_id: Big
  shown_as: string
  pinned_by: Big
  pinned_at: Moment
}

export type TeamManagerTable = { site_id: number; team_id: Big; person_id: Big }

export type TeamRoleTable = {
  site_id: number
  id: GeneratedBig
  name: string
  is_default: Generated<boolean>
  version: GeneratedBig
}

export type TeamMembershipTable = {
  site_id: number
  id: GeneratedBig
  team_id: Big
  person_id: Big
  from_day: string | null
  to_day: string | null
  commitment_percent: Generated<number>
  role_id: Big
  version: GeneratedBig
}

export type TeamLinkTable = {
  site_id: number
  id: GeneratedBig
  team_id: Big
  project_id: Big | null
  board_id: Big | null
  version: Big
}

export type PermissionRoleTable = {
  site_id: number
  id: GeneratedBig
  name: string
  is_global: boolean
  rights: string[]
  version: Big
}

export type PermissionRolePersonTable = { site_id: number; role_id: Big; person_id: Big }

export type PermissionRoleTeamTable = { site_id: number; role_id: Big; team_id: Big }

export type GenericResourceTable = {
  site_id: number
  id: GeneratedBig
  name: string
  created_at: Moment
  created_by: Big
  updated_at: Moment
  updated_by: Big
  version: Big
}

export type GenericResourceTeamTable = {
  site_id: number
  team_id: Big
  resource_id: Big
  assigned_at: Moment
  assigned_by: Big
}

export type GenericResourceSkillTable = { site_id: number; resource_id: Big; skill_id: Big }

export type SkillTable = { site_id: number; id: GeneratedBig; name: string; version: Big }

export type SkillLevelTable = {
  site_id: number
  id: GeneratedBig
  name: string
  color: string
  is_default: boolean | null
  version: Big
}

export type PersonSkillTable = {
  site_id: number
  person_id: Big
  skill_id: Big
  level_id: Big | null
}

export type StaffPositionTable = {
  site_id: number
  id: GeneratedBig
  name: string
  description: string | null
  version: Big
}

export type PersonPositionTable = { site_id: number; person_id: Big; position_id: Big }

export type AllocationTable = {
  site_id: number
  id: GeneratedBig
  person_id: Big | null
  resource_id: Big | null
  issue_id: Big | null
  project_id: Big | null
  from_day: string
  to_day: string
  effort: string
  seconds: Big
  start_time: string | null
  includes_non_working_days: boolean
  rule: string
  recurs_until: string | null
  last_day: string
  exceptions: Json
  description: string | null
  approval_status: string | null
  requester_id: Big | null
  reviewer_id: Big | null
  approver_id: Big | null
  created_at: Moment
  created_by: Big
  updated_at: Moment
  version: Big
}
