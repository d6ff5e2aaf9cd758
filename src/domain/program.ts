import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'

export type ProgramId = Brand<string, 'ProgramId'>

/** Teams that pursue one goal. A team belongs to one program at most. */
export type Program = {
  readonly id: ProgramId
  readonly name: string
  readonly managerId: PersonId | null
  readonly version: number
}

export interface ProgramStore {
  get(siteId: SiteId, id: ProgramId): Promise<Program>
  getMany(siteId: SiteId, ids: readonly ProgramId[]): Promise<readonly Program[]>
  /** In id order. */
  list(siteId: SiteId, page: { limit: number; afterId?: ProgramId }): Promise<readonly Program[]>
  insert(siteId: SiteId, program: Omit<Program, 'id'>): Promise<ProgramId>
  update(siteId: SiteId, program: Program): Promise<void>
  /** Makes exactly these teams the program's. */
  setTeams(siteId: SiteId, id: ProgramId, teamIds: readonly TeamId[]): Promise<void>
  /** Its teams stay, without a program. */
  remove(siteId: SiteId, id: ProgramId): Promise<void>
}
