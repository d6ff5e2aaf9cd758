import type { Big, GeneratedBig, Moment } from './tables.ts'

export type OAuthAppTable = {
  site_id: number
  id: GeneratedBig
  name: string
  client_id: string
  secret_hash: string
  redirect_uris: string[]
  created_at: Moment
}

export type OAuthGrantTable = {
  site_id: number
  id: GeneratedBig
  app_id: Big
  person_id: Big
  redirect_uri: string
  code_hash: string | null
  code_expires_at: Moment | null
  refresh_hash: string | null
  spent_hash: string | null
  token_id: Big | null
  created_at: Moment
}
