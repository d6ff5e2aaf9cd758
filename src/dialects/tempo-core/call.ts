import type { Actor } from '../../domain/permission.ts'
import type { Face } from './face.ts'
import type { JiraAddresses } from './jira-addresses.ts'
import type { Links } from './links.ts'
import type { TempoNeeds } from './needs.ts'
import type { Query } from './query.ts'

/** One request as an operation sees it. */
export type Call = {
  readonly actor: Actor
  readonly face: Face
  readonly needs: TempoNeeds
  /** A parameter of the path, decoded. */
  param(name: string): string
  readonly query: Query
  /** What was sent, as JSON gave it; undefined where nothing was. */
  readonly body: unknown
  readonly links: Links
  /** An address of this version: `to('/worklogs/1')`. */
  to(path: string): string
  /** Where issues, people and projects are found in Jira. */
  readonly jira: JiraAddresses
}
