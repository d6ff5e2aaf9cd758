import type { Brand } from './brand.ts'
import type { Instant } from './zone.ts'

export type SiteId = Brand<number, 'SiteId'>

/** `own`: Hourbook is the book. `mirror`: Jira is the book, writes go there first. */
export type BookMode = 'own' | 'mirror'

/** One Jira, or one company without Jira. Everything else belongs to exactly one site. */
export type Site = {
  readonly id: SiteId
  readonly name: string
  /** IANA zone used where a person has none. */
  readonly timeZone: string
  /** ISO weekday a week begins with: 1 Monday or 7 Sunday. */
  readonly firstWeekday: 1 | 7
  readonly bookMode: BookMode
  /** What `1d` means in a duration, and below how many days make a `1w`. */
  readonly workingHoursPerDay: number
  readonly workingDaysPerWeek: number
  /** Number of the last change of the site's change feed. */
  readonly version: number
}

/** What a week and a day of work are. */
export type SiteWeek = Pick<Site, 'firstWeekday' | 'workingHoursPerDay' | 'workingDaysPerWeek'>

export type ConnectionId = Brand<number, 'ConnectionId'>

/** Rows born in Hourbook itself belong to this connection. */
export const ownConnection = 0 as ConnectionId

/** Where rows come from: a Jira known by its base URL. Jira's ids are unique only within one. */
export type Connection = {
  readonly id: ConnectionId
  readonly name: string
  readonly baseUrl: string | null
  readonly createdAt: Instant
  /** When rows last arrived, and what the source announced against what is held (census). */
  readonly syncedAt: Instant | null
  readonly worklogsAnnounced: number | null
  readonly worklogsHeld: number | null
}

export interface SiteStore {
  get(id: SiteId): Promise<Site>
  /** The only site, or the first one: what a server without a site in its address works on. */
  findFirst(): Promise<Site | undefined>
  list(): Promise<readonly Site[]>
  setWeek(id: SiteId, week: SiteWeek): Promise<void>
  create(site: { name: string; timeZone: string }): Promise<Site>
}

export interface ConnectionStore {
  list(siteId: SiteId): Promise<readonly Connection[]>
  findByName(siteId: SiteId, name: string): Promise<Connection | undefined>
  create(siteId: SiteId, connection: { name: string; baseUrl: string | null }): Promise<Connection>
  /** Gives a connection its name and address: a file's source may become a link later. */
  rename(
    siteId: SiteId,
    id: ConnectionId,
    to: { name: string; baseUrl: string | null },
  ): Promise<void>
  /** Recounts announced and held worklogs and stamps the time of the last arrival. */
  takeCensus(siteId: SiteId, id: ConnectionId, at: Instant): Promise<void>
}
