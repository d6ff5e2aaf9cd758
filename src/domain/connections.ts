import type { JiraLink, LinkWish } from './jira-link.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { Connection, SiteId } from './site.ts'
import type { Incident, Lease, SyncState } from './sync-state.ts'

/** Which Jira answers. `serverTime` is its own clock. */
export type ServerInfo = {
  readonly kind: 'cloud' | 'dc'
  readonly serverTime: number | undefined
  readonly zone: string | null
  readonly version: string
  readonly title: string
}

/** As whom a login is known there. */
export type Myself = {
  readonly name: string
  readonly displayName: string
  readonly timeZone: string | null
  readonly accountId?: string
  readonly key?: string
  readonly username?: string
}

export type Probe = { readonly server: ServerInfo; readonly me: Myself }

/** A connection with everything an administrator asks of it; secrets are not among it. */
export type ConnectionView = Connection & {
  readonly link: Omit<JiraLink, 'secret' | 'hookSecret'> | null
  readonly state: SyncState | null
  readonly lease: Lease | null
  readonly incidents: readonly Incident[]
}

export type LoginWish = {
  readonly personId: PersonId
  readonly auth: string
  readonly login?: string
  readonly secret: string
}

/** Use cases on connections. */
export type Connections = {
  /** Probes the Jira before anything is kept. */
  add(actor: Actor, wish: LinkWish): Promise<{ connection: Connection; probe: Probe }>
  list(actor: Actor): Promise<readonly ConnectionView[]>
  /** Asks the Jira who we are; clears what had stopped the connection. */
  test(actor: Actor, name: string): Promise<Probe>
  /** Keeps somebody's own way into a Jira, once that Jira has confirmed it is theirs. */
  login(actor: Actor, name: string, wish: LoginWish): Promise<Myself>
  /** Forgets the way there; worklogs read from it stay. */
  remove(actor: Actor, name: string): Promise<void>
  find(siteId: SiteId, name: string): Promise<{ connection: Connection; link: JiraLink }>
  linked(siteId: SiteId): Promise<readonly { connection: Connection; link: JiraLink }[]>
}
