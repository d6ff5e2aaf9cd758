import type { Generated } from 'kysely'
import type { Big, GeneratedBig, GeneratedJson } from './tables.ts'

export type AttributeTable = {
  site_id: number
  id: GeneratedBig
  key: string
  name: string
  type: string
  is_required: boolean
  options: GeneratedJson
  version: Big
}

export type CustomerTable = {
  site_id: number
  id: GeneratedBig
  key: string
  name: string
  version: Big
}

export type AccountCategoryTable = {
  site_id: number
  id: GeneratedBig
  key: string
  name: string
  type: string | null
  version: Big
}

export type AccountTable = {
  site_id: number
  id: GeneratedBig
  key: string
  name: string
  status: string
  is_global: boolean
  monthly_budget: Big | null
  lead_id: Big
  contact_id: Big | null
  external_contact: string | null
  category_id: Big | null
  customer_id: Big | null
  version: Big
}

export type AccountLinkTable = {
  site_id: number
  id: GeneratedBig
  account_id: Big
  project_id: Big
  is_default: boolean
  version: Big
}

export type ExternalResultTable = {
  site_id: number
  worklog_id: Big
  external_id: string | null
  hours: string | null
  result: string
  at: string
  fingerprint: string
}

export type HandOverSettingTable = {
  site_id: number
  custom_fields: Generated<string[]>
  shows_start_time: Generated<boolean>
  keeps_tombstones: Generated<boolean>
  version: GeneratedBig
}
